import Foundation
import HTTPTypes
import HubLog
import HubRecords
import HubRights
import HubServer
import HubStore
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

/// Programs that act for a person with a token.
extension ServerTests {
  /// Programs with a token meet the same table; a cookie opens nothing there.
  @Test func programsMeetTheSameTable() async throws {
    let stages = try fillStages()
    let state = try hub.store.state()
    let (cookies, now, store) = (cookies, hub.clock.now, hub.store)
    var tokens: [String: String] = [:]
    for (name, _) in TestHub.roles {
      tokens[name] = try store.makeToken(for: name, name: "test", at: now)
    }
    let bearers = tokens
    let routes = Routes.all.filter { $0.path.hasPrefix("/api/v1/requests/:id") }
    #expect(routes.count == 13)
    try await withClient { client in
      for (name, _) in TestHub.roles {
        let sight = try #require(Sight(state, account: name, now: now))
        let headers: HTTPFields = [.authorization: "Bearer \(bearers[name] ?? "")"]
        for (id, stage) in stages {
          let request = try #require(state.requests[id])
          for route in routes {
            let key = "\(route.method.rawValue) \(route.path)"
            let command = try #require(Self.commands[key])
            let expected = Self.status(of: command, on: request, for: sight)
            guard route.method == .get || expected != .ok else { continue }
            let path = route.path.replacing(":id", with: id)
              .replacing(":name", with: "synthetic.csv")
            let response = try await client.execute(
              uri: path, method: route.method, headers: headers,
              body: ByteBuffer(string: #"{"text": "x"}"#))
            #expect(response.status == expected, "\(name) \(key) \(stage) \(response.status)")
            if expected != .ok {
              #expect(response.headers[.contentType] == "application/problem+json")
            } else if key == "GET /api/v1/requests/:id" {
              #expect(
                String(buffer: response.body).contains("epsilon")
                  == sight.may(.seeEpsilon, on: request))
            }
          }
        }
      }
      let byCookie = try await client.execute(
        uri: "/api/v1/me", method: .get, headers: Self.headers(cookies["rosa"]))
      #expect(byCookie.status == .unauthorized)
      let page = try await client.execute(
        uri: "/datasets", method: .get,
        headers: [.authorization: "Bearer \(bearers["rosa"] ?? "")"])
      #expect(page.status == .seeOther)
    }
    try store.endTokens(of: "rosa", at: now)
    #expect(try store.account(ofToken: bearers["rosa"] ?? "") == nil)
    #expect(try store.account(ofToken: bearers["rudi"] ?? "") == "rudi")
    try hub.act("adam", .disableAccount("rudi"))
    #expect(try store.account(ofToken: bearers["rudi"] ?? "") == nil)
  }

  /// Every route of programs at large opens by role alone, and every one of a project by role,
  /// relation and stage.
  @Test func programsMeetTheSameTableAtLargeAndInProjects() async throws {
    let state = try hub.store.state()
    let (now, store) = (hub.clock.now, hub.store)
    let bearers = try TestHub.roles.reduce(into: [String: String]()) {
      $0[$1.name] = try store.makeToken(for: $1.name, name: "test", at: now)
    }
    let project = try #require(state.projects["study"])
    try await withClient { client in
      var tried = 0
      for (name, _) in TestHub.roles {
        let sight = try #require(Sight(state, account: name, now: now))
        let headers: HTTPFields = [.authorization: "Bearer \(bearers[name] ?? "")"]
        for route in Routes.all where route.path.hasPrefix("/api/") {
          let key = "\(route.method.rawValue) \(route.path)"
          let expected: HTTPResponse.Status
          if case .person(let command?) = route.needs {
            expected = sight.may(command) ? .ok : .forbidden
          } else if route.path.hasPrefix("/api/v1/projects/:id") {
            let verdict = sight.verdict(try #require(Self.commands[key]), on: project)
            expected =
              !sight.may(.seeProject, on: project)
              ? .notFound : verdict == .forbidden ? .forbidden : .ok
          } else {
            continue
          }
          guard route.method == .get || expected != .ok else { continue }
          let id = route.path.contains("projects") ? "study" : "clinic"
          let response = try await client.execute(
            uri: route.path.replacing(":id", with: id), method: route.method, headers: headers,
            body: ByteBuffer(string: "{}"))
          #expect(response.status == expected, "\(name) \(key) \(response.status)")
          tried += 1
        }
      }
      #expect(tried > 60)
    }
  }

  /// What no handler answers is a problem detail too, and a method that no route takes is named so.
  @Test func programsGetProblemDetailsFromEveryPath() async throws {
    try await withClient { client in
      let missing = try await client.execute(uri: "/api/v1/none", method: .get)
      #expect(missing.status == .notFound)
      #expect(missing.headers[.contentType] == "application/problem+json")
      let method = try await client.execute(uri: "/api/v1/requests/x/submit", method: .get)
      #expect(method.status == .methodNotAllowed && method.headers[.allow] == "POST")
      let page = try await client.execute(uri: "/none", method: .get)
      #expect(
        page.status == .notFound && page.headers[.contentType]?.hasPrefix("text/plain") == true)
    }
  }

  /// A key that the interface does not know is refused: a misspelled `columns` would ask for all.
  @Test func programsMisspellNothing() async throws {
    let token = try hub.store.makeToken(for: "rosa", name: "test", at: hub.clock.now)
    try await withClient { client in
      func status(_ release: String) async throws -> HTTPResponse.Status {
        try await client.execute(
          uri: "/api/v1/requests", method: .post, headers: [.authorization: "Bearer \(token)"],
          body: ByteBuffer(string: #"{"project": "study", "spec": {"release": \#(release)}}"#)
        ).status
      }
      for right in [
        #"{"units": 4, "targets": []}"#, #"{"units": 4, "targets": [], "rows": null}"#,
        #"{"units": 4, "targets": [], "columns": ["age", "ill"]}"#,
      ] {
        let found = try await status(right)
        #expect(found == .created, "\(right)")
      }
      for wrong in [
        #"{"units": 4, "targets": [], "column": ["age"]}"#,
        #"{"units": 4, "targets": [], "columns": []}"#,
        #"{"units": 4, "targets": [], "columns": ["age", "age"]}"#,
        #"{"units": 4, "targets": [], "columns": ["none"]}"#,
        #"{"units": 4, "targets": ["ill"], "columns": ["age"]}"#,
      ] {
        let found = try await status(wrong)
        #expect(found == .unprocessableContent, "\(wrong)")
      }
    }
  }

  /// The reply that the table asks for.
  private static func status(of command: Command, on request: RequestRecord, for sight: Sight)
    -> HTTPResponse.Status
  {
    guard sight.may(.seeRequest, on: request) else { return .notFound }
    guard sight.verdict(command, on: request) != .forbidden else { return .forbidden }
    return sight.may(command, on: request) ? .ok : .conflict
  }

  @Test func aProgramDraftsAndSubmits() async throws {
    let token = try hub.store.makeToken(for: "rosa", name: "test", at: hub.clock.now)
    let store = hub.store
    try await withClient { client in
      func post(_ path: String, _ body: String) async throws -> TestResponse {
        try await client.execute(
          uri: "/api/v1/\(path)", method: .post, headers: [.authorization: "Bearer \(token)"],
          body: ByteBuffer(string: body))
      }
      let misshapen = [
        "", "[]", "{}", #"{"dataset": 4}"#, #"{"dataset": "clinic", "spec": {"none": {}}}"#,
        #"{"spec": {"budget": {"epsilon": 1, "reason": "x"}}}"#,
      ]
      for body in misshapen {
        #expect(try await post("requests", body).status == .unprocessableContent, "\(body)")
      }
      let made = try await post(
        "requests",
        #"{"dataset": "clinic", "spec": {"access": {"title": "T", "purpose": "P", "units": 3, "days": 9}}}"#
      )
      #expect(made.status == .created)
      let found = String(buffer: made.body).firstMatch(of: /"id":"([a-z0-9]+)"/)
      let id = String(try #require(found).output.1)
      #expect(try await post("requests/\(id)/submit", "").status == .ok)
      #expect(try store.state().requests[id]?.stage == .submitted)
      #expect(try await post("requests/\(id)/submit", "").status == .conflict)
      let large = String(repeating: "x", count: 1 << 20)
      #expect(try await post("requests/\(id)/comment", large).status == .contentTooLarge)
    }
  }

  /// The description names the routes of programs, and no others; what it refers to is there.
  @Test func theInterfaceDescribesItself() async throws {
    try await withClient { client in
      let response = try await client.execute(uri: "/api/openapi.json", method: .get)
      let text = String(buffer: response.body)
      let json = try #require(
        try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
      let paths = try #require(json["paths"] as? [String: [String: Any]])
      let described = Set(
        paths.flatMap { path, operations in operations.keys.map { "\($0.uppercased()) \(path)" } })
      let routed = Routes.all.filter {
        $0.path.hasPrefix("/api/") && $0.path != "/api/openapi.json"
      }.map {
        "\($0.method.rawValue) " + $0.path.replacing(/:(\w+)/) { "{\($0.output.1)}" }
      }
      #expect(described == Set(routed))
      let components = try #require(json["components"] as? [String: [String: Any]])
      let schemas = try #require(components["schemas"])
      let used = Set(text.matches(of: /#\/components\/schemas\/(\w+)/).map { String($0.output.1) })
      #expect(used == Set(schemas.keys))
    }
  }
}
