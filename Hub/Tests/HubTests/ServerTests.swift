import Foundation
import GRDB
import HTTPTypes
import HubAccounts
import HubLog
import HubRecords
import HubRights
import HubServer
import HubStore
import HubWork
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

/// The pages over HTTP: every route for everybody in every stage, and forged forms.
@Suite(.serialized) struct ServerTests {
  /// The commands that routes of requests and projects stand for. A route that is not here, and
  /// names no command itself, fails the test.
  static let commands: [String: Command] = [
    "GET /requests/:id": .seeRequest, "GET /requests/:id/progress": .seeRequest,
    "GET /requests/:id/result": .readResult, "GET /requests/:id/files/:name": .readResult,
    "POST /requests/:id/edit": .edit, "POST /requests/:id/submit": .submit,
    "POST /requests/:id/withdraw": .withdraw, "POST /requests/:id/comment": .comment,
    "POST /requests/:id/cancel": .cancel,
    "POST /requests/:id/approve": .approve, "POST /requests/:id/return": .sendBack,
    "POST /requests/:id/refuse": .refuse, "POST /requests/:id/pass": .passGate,
    "POST /requests/:id/stop": .stopAtGate, "POST /requests/:id/revoke": .revoke,
    "GET /projects/:id": .seeProject, "POST /projects/:id/accept": .acceptAgreement,
    "POST /projects/:id/invite": .invite, "POST /projects/:id/remove": .invite,
    "POST /projects/:id/close": .closeProject, "GET /projects/:id/release": .askInProject,
    "POST /projects/:id/release": .askInProject, "GET /projects/:id/analysis": .askInProject,
    "POST /projects/:id/analysis": .askInProject,
    "GET /api/v1/projects/:id": .seeProject, "GET /api/v1/requests/:id": .seeRequest,
    "GET /api/v1/requests/:id/events": .seeRequest,
    "POST /api/v1/requests/:id/submit": .submit,
    "POST /api/v1/requests/:id/withdraw": .withdraw,
    "POST /api/v1/requests/:id/comment": .comment,
    "GET /api/v1/requests/:id/files": .readResult,
    "GET /api/v1/requests/:id/files/:name": .readResult,
  ].merging(commandsForPrograms) { one, _ in one }

  /// Those of the routes of `Routes.moreForPrograms`, and of the crate.
  private static let commandsForPrograms: [String: Command] = [
    "GET /requests/:id/crate.zip": .readResult, "GET /api/v1/requests/:id/crate": .readResult,
    "GET /api/v1/requests/:id/croissant": .readResult,
    "GET /api/v1/requests/:id/estimate": .seeRequest,
    "GET /api/v1/requests/:id/progress": .seeRequest, "POST /api/v1/requests/:id/edit": .edit,
    "POST /api/v1/requests/:id/return": .sendBack,
    "POST /api/v1/projects/:id/invite": .invite, "POST /api/v1/projects/:id/remove": .invite,
    "POST /api/v1/projects/:id/accept": .acceptAgreement,
  ]

  /// Routes of one's own account, which every account has.
  private static let own: Set<String> = [
    "POST /sign-out", "GET /confirm", "POST /confirm", "GET /me", "POST /me/end-sessions",
    "POST /me/token", "POST /me/end-tokens", "GET /api/v1/me", "POST /me/end-session",
    "POST /me/password", "POST /me/address", "POST /me/feed", "POST /me/end-feed",
  ]

  let hub: TestHub
  private(set) var cookies: [String: String] = [:]

  init() throws {
    hub = try TestHub()
    try hub.enter()
    try hub.register()
    try hub.pretendBalance(50)
    try hub.openProject(units: 100)
    for (name, _) in TestHub.roles { cookies[name] = try session(name) }
  }

  /// A session as sign-in makes it.
  func session(_ name: String, confirmed: Bool = true) throws -> String {
    let secret = RandomToken.secret()
    let now = hub.clock.now
    let database = try DatabaseQueue(path: hub.store.folder.database.path)
    try database.write { db in
      try db.execute(
        sql: "INSERT INTO sessions VALUES (?, ?, ?, ?, ?, 'test')",
        arguments: [RandomToken.digest(secret), name, now, now, confirmed ? now : 0])
    }
    return "__Host-hub=\(secret)"
  }

  func withClient(_ work: @Sendable (any TestClientProtocol) async throws -> Void)
    async throws
  {
    let clock = hub.clock
    let application = Application(
      router: try HubServer(hub.store, clock: { clock.now }).router())
    try await application.test(.router) { try await work($0) }
  }

  static func headers(_ cookie: String?) -> HTTPFields {
    var headers: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
    if let cookie { headers[.cookie] = cookie }
    return headers
  }

  /// Leaves a release request of rosa's in each stage, named after it, with a result in the vault.
  func fillStages() throws -> [(id: String, stage: Stage)] {
    let ways: [(Stage, [Event])] = [
      (.draft, []), (.submitted, [.submitted(request: "")]),
      (
        .inReview,
        [.submitted(request: ""), .voted(request: "", role: .checker, version: 1, reason: "")]
      ),
      (.returned, [.submitted(request: ""), .returned(request: "", reason: "?")]),
      (.refused, [.submitted(request: ""), .refused(request: "", reason: "!")]),
      (.withdrawn, [.withdrawn(request: "")]),
      (.approved, [.submitted(request: ""), .approved(request: "", by: .people(["petra"]))]),
    ]
    let approved: [Event] = [
      .submitted(request: ""), .approved(request: "", by: .people(["petra"])),
      .queued(request: ""),
    ]
    let started = approved + [.started(request: "")]
    let released = started + [.finished(request: "", atGate: false)]
    let later: [(Stage, [Event])] = [
      (.queued, approved), (.running, started),
      (.atGate, started + [.finished(request: "", atGate: true)]), (.released, released),
      (
        .failed,
        started + [.failed(request: "", failure: Failure(id: "x", message: "x", isCharged: false))]
      ),
      (.revoked, released + [.revoked(request: "", reason: "!")]),
    ]
    return try (ways + later).map { stage, events in
      let id = stage.rawValue.replacing(" ", with: "-")
      try hub.store.write(by: "rosa", at: hub.clock.now) { _ in
        [
          .drafted(
            request: id, dataset: "clinic", project: "study",
            spec: .release(units: 1, targets: [], rows: nil))
        ] + events.map { Self.event($0, of: id) }
      }
      let folder = hub.store.folder.result(of: id)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data("age\n1\n".utf8).write(to: folder.appending(path: "synthetic.csv"))
      try Data(Self.manifest.utf8).write(to: folder.appending(path: "manifest.json"))
      #expect(try hub.stage(id) == stage)
      return (id, stage)
    }
  }

  /// The parts of a manifest that packages repeat.
  private static let manifest = """
    {"created": "2026-11-30T10:00:00Z", "rows": 1, "table": "clinic",
     "columns": [{"name": "age", "type": "integer", "treatment": "modelled"}],
     "guarantee": {"isPrivate": true, "epsilon": 1, "delta": 1e-9},
     "software": {"name": "understudy", "version": "0"}, "schema": {"text": ""}}
    """

  /// The event with the name of its request.
  private static func event(_ event: Event, of id: String) -> Event {
    switch event {
    case .submitted: .submitted(request: id)
    case .voted(_, let role, let version, let reason):
      .voted(request: id, role: role, version: version, reason: reason)
    case .returned(_, let reason): .returned(request: id, reason: reason)
    case .refused(_, let reason): .refused(request: id, reason: reason)
    case .withdrawn: .withdrawn(request: id)
    case .approved(_, let by): .approved(request: id, by: by)
    case .queued: .queued(request: id)
    case .started: .started(request: id)
    case .finished(_, let atGate): .finished(request: id, atGate: atGate)
    case .failed(_, let failure): .failed(request: id, failure: failure)
    case .revoked(_, let reason): .revoked(request: id, reason: reason)
    default: event
    }
  }

  // MARK: Rights

  @Test func everyRouteIsInTheTable() {
    for route in Routes.all {
      let name = "\(route.method.rawValue) \(route.path)"
      switch route.needs {
      case .nobody: #expect(!route.path.contains(":"), "\(name)")
      case .person(let command):
        #expect(
          command != nil || Self.commands[name] != nil || Self.own.contains(name), "\(name)")
      }
      #expect(route.method == .get || route.method == .post, "\(name)")
    }
    let names = Routes.all.map { "\($0.method.rawValue) \($0.path)" }
    #expect(Set(names).count == names.count)
  }

  @Test func whoHasNotSignedInIsSentToSignIn() async throws {
    try await withClient { client in
      for route in Routes.all where route.needs != .nobody {
        let path = route.path.replacing(":id", with: "clinic").replacing(":name", with: "x")
        let response = try await client.execute(
          uri: path, method: route.method, headers: Self.headers(nil))
        if path.hasPrefix("/api/") {
          #expect(response.status == .unauthorized, "\(path)")
        } else {
          #expect(
            response.status == .seeOther && response.headers[.location] == "/sign-in", "\(path)")
        }
      }
    }
  }

  /// Every route of the hub at large, for every account.
  @Test func theHubAtLargeOpensByRoleAlone() async throws {
    let state = try hub.store.state()
    let (cookies, now) = (cookies, hub.clock.now)
    let before = try hub.store.log()
    try await withClient { client in
      for (name, _) in TestHub.roles {
        let sight = try #require(Sight(state, account: name, now: now))
        for route in Routes.all {
          guard case .person(let command?) = route.needs, !route.path.hasPrefix("/api/") else {
            continue
          }
          let path = route.path.replacing(":id", with: "clinic")
          let mayNot = !sight.may(command)
          guard mayNot || route.method == .get else { continue }
          let response = try await client.execute(
            uri: path, method: route.method, headers: Self.headers(cookies[name]))
          // A form without the session's token is refused before anything else.
          #expect(
            response.status == (mayNot ? .forbidden : .ok), "\(name) \(path) \(response.status)")
        }
      }
    }
    #expect(try hub.store.log() == before)
  }

  /// Every route of a request, for every account, in every stage: what the table refuses is refused
  /// and changes nothing, what it allows to be read is shown, and buttons are there if it allows
  /// them.
  @Test func requestsOpenByRoleRelationAndStage() async throws {
    let stages = try fillStages()
    let state = try hub.store.state()
    let (cookies, now, store) = (cookies, hub.clock.now, hub.store)
    let server = try HubServer(hub.store, clock: { now })
    let tokens = try TestHub.roles.reduce(into: [String: String]()) { tokens, role in
      tokens[role.name] = try token(of: role.name, server)
    }
    try await withClient { client in
      var tried = 0
      for (name, _) in TestHub.roles {
        let sight = try #require(Sight(state, account: name, now: now))
        for (id, stage) in stages {
          let request = try #require(state.requests[id])
          for route in Routes.all where route.path.hasPrefix("/requests/:id") {
            let key = "\(route.method.rawValue) \(route.path)"
            if key.hasSuffix("progress") { continue }
            let command = try #require(Self.commands[key])
            let expected: HTTPResponse.Status =
              !sight.may(.seeRequest, on: request)
              ? .notFound
              : sight.verdict(command, on: request) == .forbidden
                ? .forbidden : sight.may(command, on: request) ? .ok : .conflict
            guard route.method == .get || expected != .ok else { continue }
            let path = route.path.replacing(":id", with: id)
              .replacing(":name", with: "synthetic.csv")
            let count = try store.entries(limit: 1).first?.number
            let response = try await client.execute(
              uri: path, method: route.method, headers: Self.headers(cookies[name]),
              body: ByteBuffer(string: "token=\(tokens[name] ?? "")&version=1&reason=x&text=x"))
            #expect(
              response.status == expected, "\(name) \(key) \(stage) \(response.status)")
            if route.method == .post {
              #expect(try store.entries(limit: 1).first?.number == count, "\(name) \(key)")
            }
            if key == "GET /requests/:id", response.status == .ok {
              Self.expectButtons(String(buffer: response.body), id, request, sight)
            }
            tried += 1
          }
        }
      }
      #expect(tried > 1000)
    }
  }

  private static func expectButtons(
    _ page: String, _ id: String, _ request: RequestRecord, _ sight: Sight
  ) {
    let verbs: [(String, Command)] = [
      ("submit", .submit), ("edit", .edit), ("withdraw", .withdraw), ("approve", .approve),
      ("return", .sendBack), ("refuse", .refuse), ("comment", .comment), ("pass", .passGate),
      ("stop", .stopAtGate), ("revoke", .revoke), ("cancel", .cancel),
    ]
    for (verb, command) in verbs {
      #expect(
        page.contains("action=\"/requests/\(id)/\(verb)\"") == sight.may(command, on: request),
        "\(sight.name) \(verb) \(request.stage)")
    }
    #expect(page.contains("ε") == sight.may(.seeEpsilon, on: request), "\(sight.name)")
  }

  @Test(arguments: [Stage.open, .expired, .closed])
  func projectsOpenByRoleRelationAndStage(stage: Stage) async throws {
    if stage == .closed { try hub.act("petra", .close(project: "study", reason: "x")) }
    if stage == .expired { hub.clock.pass(101 * 86_400) }
    var cookies: [String: String] = [:]
    for (name, _) in TestHub.roles { cookies[name] = try session(name) }
    let state = try hub.store.state()
    let (now, store, sessions) = (hub.clock.now, hub.store, cookies)
    let record = try #require(state.projects["study"])
    #expect(record.stage(at: now) == stage)
    try await withClient { client in
      for (name, _) in TestHub.roles {
        let sight = try #require(Sight(state, account: name, now: now))
        for route in Routes.all where route.path.hasPrefix("/projects/:id") {
          let key = "\(route.method.rawValue) \(route.path)"
          let command = try #require(Self.commands[key])
          let verdict = sight.verdict(command, on: record)
          let expected: HTTPResponse.Status =
            !sight.may(.seeProject, on: record)
            ? .notFound
            : verdict == .forbidden ? .forbidden : verdict == .allowed ? .ok : .conflict
          guard route.method == .get || expected != .ok else { continue }
          let count = try store.entries(limit: 1).first?.number
          let token = try await Self.token(client, sessions[name])
          let response = try await client.execute(
            uri: route.path.replacing(":id", with: "study"), method: route.method,
            headers: Self.headers(sessions[name]),
            body: ByteBuffer(string: "token=\(token)&reason=x&account=ruth&units=1"))
          #expect(response.status == expected, "\(name) \(key) \(response.status)")
          #expect(try store.entries(limit: 1).first?.number == count)
        }
      }
    }
  }

  // MARK: Forgery

  /// The token of a session's forms, from one of its pages.
  static func token(_ client: any TestClientProtocol, _ cookie: String?) async throws
    -> String
  {
    let response = try await client.execute(uri: "/me", method: .get, headers: headers(cookie))
    let found = String(buffer: response.body).firstMatch(of: /name="token" value="([0-9a-f]+)"/)
    return try String(#require(found).output.1)
  }

  private func token(of name: String, _ server: HubServer) throws -> String {
    let secret = try #require(cookies[name]?.split(separator: "=", maxSplits: 1).last)
    let session = try #require(try hub.store.session(String(secret), at: hub.clock.now))
    return server.token(of: session)
  }

  @Test func aFormWithoutTheSessionsTokenOrFromElsewhereIsRefused() async throws {
    let (cookies, store) = (cookies, hub.store)
    try hub.act(
      "rosa",
      .draft(
        request: "q", place: .dataset("clinic"),
        spec: .access(title: "T", purpose: "P", units: 1, days: 1)))
    try await withClient { client in
      let token = try await Self.token(client, cookies["rosa"])
      let others = try await Self.token(client, cookies["rudi"])
      #expect(token != others)
      let site = try #require(HTTPField.Name("Sec-Fetch-Site"))
      let forged: [(String, [HTTPField.Name: String])] = [
        ("", [:]), ("token=", [:]), ("token=\(others)", [:]), ("token=\(token)0", [:]),
        ("token=\(token)", [site: "cross-site"]), ("token=\(token)", [site: "same-site"]),
        ("token=\(token)", [.origin: "https://elsewhere.example"]),
      ]
      for (body, extra) in forged {
        var headers = Self.headers(cookies["rosa"])
        for (name, value) in extra { headers[name] = value }
        let response = try await client.execute(
          uri: "/requests/q/submit", method: .post, headers: headers,
          body: ByteBuffer(string: body))
        #expect(response.status == .forbidden, "\(body) \(extra)")
      }
      #expect(try store.state().requests["q"]?.stage == .draft)
      var headers = Self.headers(cookies["rosa"])
      headers[site] = "same-origin"
      let response = try await client.execute(
        uri: "/requests/q/submit", method: .post, headers: headers,
        body: ByteBuffer(string: "token=\(token)"))
      #expect(response.status == .seeOther)
      #expect(try store.state().requests["q"]?.stage == .submitted)
    }
  }

  @Test func decisionsNeedAFreshCode() async throws {
    try hub.act(
      "rosa",
      .draft(
        request: "q", place: .dataset("clinic"),
        spec: .access(title: "T", purpose: "P", units: 1, days: 1)))
    try hub.act("rosa", .submit(request: "q"))
    let cookie = try session("petra", confirmed: false)
    let store = hub.store
    try await withClient { client in
      let token = try await Self.token(client, cookie)
      for (path, fields) in [
        ("/requests/q/approve", "version=1"), ("/requests/q/refuse", "version=1&reason=x"),
        ("/datasets/clinic/policy", "officers=1&checkers=0&automatic=0&days=1"),
        ("/projects/study/close", "reason=x"), ("/log/export", ""),
      ] {
        let response = try await client.execute(
          uri: path, method: .post, headers: Self.headers(cookie),
          body: ByteBuffer(string: "token=\(token)&\(fields)"))
        #expect(response.headers[.location]?.hasPrefix("/confirm") == true, "\(path)")
      }
      let page = try await client.execute(
        uri: "/requests/q", method: .get, headers: Self.headers(cookie))
      #expect(!String(buffer: page.body).contains("/requests/q/approve"))
    }
    #expect(try store.state().requests["q"]?.stage == .submitted)
  }

  // MARK: Replies

  @Test func everyReplyIsSafe() async throws {
    let cookies = cookies
    try await withClient { client in
      for path in [
        "/", "/sign-in", "/hub.css", "/datasets", "/requests/none", "/me", "/log", "/nowhere",
      ] {
        for cookie in [nil, cookies["aron"], cookies["rosa"]] {
          let response = try await client.execute(
            uri: path, method: .get, headers: Self.headers(cookie))
          let policy = response.headers[.contentSecurityPolicy] ?? ""
          #expect(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
          #expect(response.headers[.xContentTypeOptions] == "nosniff")
          #expect(path == "/hub.css" || response.headers[.cacheControl] == "no-store")
          let body = String(buffer: response.body)
          let type = response.headers[.contentType] ?? ""
          #expect(body.isEmpty || type.hasPrefix("text/") && type.hasSuffix("charset=utf-8"))
          #expect(response.headers[.strictTransportSecurity]?.contains("max-age=31536000") == true)
          #expect(!body.contains("style=\"") && !body.contains(" onclick="))
        }
      }
    }
  }

  @Test func downloadsAreFilesThatAreThereAndAreLogged() async throws {
    let stages = try fillStages()
    let id = try #require(stages.first { $0.stage == .released }?.id)
    try Data("secret".utf8).write(to: hub.store.folder.root.appending(path: "vault/other.txt"))
    let (cookies, store) = (cookies, hub.store)
    try await withClient { client in
      for name in ["..%2Fother.txt", "..", "%2e%2e%2fother.txt", "none.csv", "%00"] {
        let response = try await client.execute(
          uri: "/requests/\(id)/files/\(name)", method: .get, headers: Self.headers(cookies["rosa"])
        )
        #expect(response.status == .notFound, "\(name)")
      }
      let response = try await client.execute(
        uri: "/requests/\(id)/files/synthetic.csv", method: .get,
        headers: Self.headers(cookies["rudi"]))
      #expect(String(buffer: response.body) == "age\n1\n")
      #expect(response.headers[.contentDisposition]?.hasPrefix("attachment") == true)
    }
    let last = try store.entries(limit: 1).first?.event
    #expect(last?.who == "rudi" && last?.event == .fetched(request: id, file: "synthetic.csv"))
  }

  /// Fifty marked cells, in declared columns and beside what is declared: none is on a page, in the
  /// database or in the log.
  @Test func noCellIsOnAPageInTheDatabaseOrInTheLog() async throws {
    let marks = (0..<50).map { "kanarie\($0)\(RandomToken.name())" }
    var csv = TestHub.csv(rows: 300)
    for (place, mark) in marks.enumerated() {
      csv +=
        place % 3 == 0
        ? "F,\(mark),40,yes\n" : place % 3 == 1 ? "\(mark),North,41,no\n" : "M,West,\(mark),yes\n"
    }
    try Data(csv.utf8).write(to: hub.table)
    try await hub.grant()
    try await hub.makeStandIn()
    var broken = TestHub.question("mean")
    broken.outcome = "ward"
    for (id, question) in [("good", TestHub.question("count", by: ["ward"])), ("bad", broken)] {
      try hub.draftAnalysis(id, question: question)
      try hub.act("rosa", .submit(request: id))
      try hub.approve(id)
      try await hub.worker().step()
    }
    #expect(try hub.stage("good") == .released)
    #expect(try hub.stage("bad") == .failed)
    let (cookies, store) = (cookies, hub.store)
    try await withClient { client in
      var text = try store.log().text()
      for path in [
        "/requests/good", "/requests/good/result", "/requests/bad", "/requests/twin",
        "/requests/twin/result", "/datasets/clinic", "/log",
      ] {
        for name in ["rosa", "petra", "owen", "aron"] {
          let response = try await client.execute(
            uri: path, method: .get, headers: Self.headers(cookies[name]))
          text += String(buffer: response.body)
        }
      }
      #expect(text.count > 50_000)
      for name in ["hub.sqlite", "hub.sqlite-wal"] {
        let data = (try? Data(contentsOf: store.folder.root.appending(path: name))) ?? Data()
        text += String(decoding: data, as: UTF8.self)
      }
      for mark in marks { #expect(!text.contains(mark)) }
    }
  }

  /// From the one-time code to a page, through the forms alone.
  @Test func aPersonEnrolsAndSignsIn() async throws {
    let once = try hub.store.issueCode(for: "ruth", by: "adam", at: hub.clock.now)
    let clock = hub.clock
    try await withClient { client in
      func post(_ path: String, _ fields: [String: String]) async throws -> TestResponse {
        let allowed = CharacterSet.alphanumerics
        let body = fields.map {
          "\($0.key)=\($0.value.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")"
        }.joined(separator: "&")
        return try await client.execute(
          uri: path, method: .post, headers: Self.headers(nil), body: ByteBuffer(string: body))
      }
      #expect(try await post("/enrol", ["once": "aaaa-bbbb-cccc-dddd"]).status == .unauthorized)
      let page = String(buffer: try await post("/enrol", ["once": once]).body)
      let secret = try #require(page.firstMatch(of: /name="secret" value="([A-Z2-7]+)"/)).output.1
      let factor = try #require(CodeGenerator(base32: String(secret)))
      func code() -> String { factor.code(step: CodeGenerator.step(at: clock.now)) }
      var fields = [
        "once": once, "secret": String(secret), "password": "short", "code": code(),
      ]
      #expect(try await post("/enrol/finish", fields).status == .unprocessableContent)
      fields["password"] = "an orange & a plum + tea"
      #expect(try await post("/enrol/finish", fields).status == .seeOther)
      #expect(try await post("/enrol/finish", fields).status == .unauthorized)
      clock.pass(30)
      let wrong = try await post(
        "/sign-in", ["account": "ruth", "password": "an orange", "code": code()])
      let nobody = try await post(
        "/sign-in", ["account": "nobody", "password": "an orange", "code": code()])
      #expect(wrong.status == .unauthorized && wrong.body == nobody.body)
      let entered = try await post(
        "/sign-in",
        ["account": "ruth", "password": "an orange & a plum + tea", "code": code()])
      let cookie = try #require(entered.headers[.setCookie])
      for word in ["__Host-", "Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
        #expect(cookie.contains(word))
      }
      let first = cookie.split(separator: ";").first.map(String.init)
      let page2 = try await client.execute(
        uri: "/datasets", method: .get, headers: Self.headers(first))
      #expect(page2.status == .ok)
    }
  }
}
