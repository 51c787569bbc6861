import Foundation
import HTTPTypes

/// The description of the programming interface in OpenAPI 3.1, made from the list of routes.
enum Description {
  static func document() -> JSONPart {
    var paths: [String: [String: JSONPart]] = [:]
    for route in Routes.api {
      let path = route.path.replacing(/:(\w+)/) { "{\($0.output.1)}" }
      paths[path, default: [:]][route.method.rawValue.lowercased()] = operation(route)
    }
    return .object([
      "openapi": .text("3.1.0"),
      "info": .object([
        "title": .text("Understudy hub"), "version": .text("1"),
        "description": .text(
          "What a program can do for a person. Decisions need a fresh code of the second factor, so they are made on the pages alone."
        ),
      ]),
      "servers": .list([.object(["url": .text("/")])]),
      "security": .list([.object(["token": .list([])])]),
      "paths": .object(paths.mapValues { .object($0) }),
      "components": .object([
        "securitySchemes": .object([
          "token": .object(["type": .text("http"), "scheme": .text("bearer")])
        ]),
        "schemas": .object(Schemas.all),
      ]),
    ])
  }

  private static func operation(_ route: Route) -> JSONPart {
    let names = route.path.matches(of: /:(\w+)/).map { String($0.output.1) }
    let reply = route.reply ?? "File"
    let type = route.type ?? (reply == "File" ? "application/octet-stream" : "application/json")
    let good = route.path == "/api/v1/requests" && route.method == .post ? "201" : "200"
    var responses: [String: JSONPart] = [
      good: content(type, reply == "File" ? file : reference(reply), "The reply.")
    ]
    for (code, why) in [
      ("401", "No token, or one that has ended."), ("403", "The roles do not allow it."),
      ("404", "There is no such thing, or it is not for this person."),
      ("409", "It is not in a stage for this."), ("413", "The body is too large."),
      ("422", "The body is not as described."), ("429", "Too many requests at once."),
    ] {
      responses[code] = content("application/problem+json", reference("Problem"), why)
    }
    var operation: [String: JSONPart] = [
      "operationId": .text(
        route.method.rawValue.lowercased() + route.path.replacing(/[^A-Za-z]+/, with: "_")),
      "responses": .object(responses),
      "parameters": .list(names.map { parameter($0, in: "path") } + query(of: route)),
    ]
    if let body = route.body {
      operation["requestBody"] = .object([
        "required": .flag(true),
        "content": .object([
          "application/json": .object(["schema": reference(body)])
        ]),
      ])
    }
    return .object(operation)
  }

  private static func parameter(_ name: String, in place: String) -> JSONPart {
    [
      "name": .text(name), "in": .text(place), "required": .flag(place == "path"),
      "schema": ["type": place == "path" ? "string" : "integer"],
    ]
  }

  private static func query(of route: Route) -> [JSONPart] {
    route.path == "/api/v1/log" ? [parameter("before", in: "query")] : []
  }

  private static let file = JSONPart.object(["type": .text("string"), "format": .text("binary")])

  private static func content(_ type: String, _ schema: JSONPart, _ why: String) -> JSONPart {
    .object([
      "description": .text(why), "content": .object([type: .object(["schema": schema])]),
    ])
  }

  static func reference(_ name: String) -> JSONPart {
    .object(["$ref": .text("#/components/schemas/\(name)")])
  }
}
