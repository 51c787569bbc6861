import Foundation
import HTTPTypes

/// The description of the programming interface in OpenAPI 3.1, made from the list of routes.
enum Description {
  /// A part of a JSON document.
  indirect enum Part: Encodable, Sendable {
    case text(String)
    case flag(Bool)
    case list([Part])
    case object([String: Part])

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .text(let text): try container.encode(text)
      case .flag(let flag): try container.encode(flag)
      case .list(let parts): try container.encode(parts)
      case .object(let parts): try container.encode(parts)
      }
    }
  }

  static func document() -> Part {
    var paths: [String: [String: Part]] = [:]
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
        "schemas": .object(schemas),
      ]),
    ])
  }

  private static func operation(_ route: Route) -> Part {
    let names = route.path.matches(of: /:(\w+)/).map { String($0.output.1) }
    let reply = route.reply ?? "File"
    let type = reply == "File" ? "application/octet-stream" : "application/json"
    let good = route.path == "/api/v1/requests" && route.method == .post ? "201" : "200"
    var responses: [String: Part] = [
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
    var operation: [String: Part] = [
      "operationId": .text(
        route.method.rawValue.lowercased() + route.path.replacing(/[^A-Za-z]+/, with: "_")),
      "responses": .object(responses),
      "parameters": .list(
        names.map { name in
          .object([
            "name": .text(name), "in": .text("path"), "required": .flag(true),
            "schema": .object(["type": .text("string")]),
          ])
        }),
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

  private static let file = Part.object(["type": .text("string"), "format": .text("binary")])

  private static func content(_ type: String, _ schema: Part, _ why: String) -> Part {
    .object([
      "description": .text(why), "content": .object([type: .object(["schema": schema])]),
    ])
  }

  private static func reference(_ name: String) -> Part {
    .object(["$ref": .text("#/components/schemas/\(name)")])
  }

  // MARK: Schemas

  private static let text = type("string")
  private static let whole = type("integer")

  private static func type(_ name: String) -> Part { .object(["type": .text(name)]) }

  private static func array(_ items: Part) -> Part {
    .object(["type": .text("array"), "items": items])
  }

  /// An object of some properties; those that end in `?` need not be there.
  private static func object(_ properties: [String: Part], isClosed: Bool = false) -> Part {
    let required = properties.keys.filter { !$0.hasSuffix("?") }.sorted()
    var parts: [String: Part] = [
      "type": .text("object"),
      "properties": .object(
        Dictionary(
          uniqueKeysWithValues: properties.map { ($0.key.replacing("?", with: ""), $0.value) })),
      "required": .list(required.map { .text($0) }),
    ]
    if isClosed { parts["additionalProperties"] = .flag(false) }
    return .object(parts)
  }

  private static func list(of name: String) -> Part { object(["items": array(reference(name))]) }

  private static let schemas: [String: Part] = [
    "Problem": object(["type": text, "title": text, "status": whole, "detail": text]),
    "Me": object(["account": text, "fullName": text, "roles": array(text)]),
    "DataSet": object([
      "id": text, "title": text, "summary": text, "conditions": array(text), "agreement": text,
      "schema": text, "isOpen": type("boolean"), "furtherEpsilon?": type("number"),
    ]),
    "Project": object([
      "id": text, "title": text, "purpose": text, "dataset": text, "lead": text, "stage": text,
      "until": whole, "units": whole, "unitsUsed": whole, "agreement": text,
      "members": array(object(["account": text, "hasAccepted": type("boolean")])),
    ]),
    "Request": object([
      "id": text, "kind": text, "summary": text, "stage": text, "version": whole, "author": text,
      "dataset": text, "project?": text, "spec": reference("Spec"), "approvals": whole,
      "answeredBy?": text, "epsilon?": type("number"),
    ]),
    "Event": object(["time": whole, "who": text, "what": text, "text?": text]),
    "ResultFile": object(["name": text, "bytes": whole]),
    "DataSets": list(of: "DataSet"), "Projects": list(of: "Project"),
    "Requests": list(of: "Request"), "Events": list(of: "Event"),
    "ResultFiles": list(of: "ResultFile"),
    "Comment": object(["text": text], isClosed: true),
    "Draft": object(
      ["dataset?": text, "project?": text, "spec": reference("Spec")], isClosed: true),
    "Spec": .object([
      "oneOf": .list([
        object(["access": object(["title": text, "purpose": text, "units": whole, "days": whole])]),
        object(["release": object(["units": whole, "targets": array(text), "rows?": whole])]),
        object([
          "analysis": object([
            "question": reference("Question"), "release": text, "units": whole,
          ])
        ]),
        object(["budget": object(["epsilon": type("number"), "reason": text])]),
      ])
    ]),
    "Question": object([
      "kind": text, "outcome?": text, "value?": text, "by": array(text), "terms": array(text),
      "time?": text, "event?": text,
      "conditions": .object([
        "type": .text("object"), "additionalProperties": array(text),
      ]),
      "level": type("number"),
    ]),
  ]
}
