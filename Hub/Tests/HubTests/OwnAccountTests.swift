import Foundation
import HTTPTypes
import HubAccounts
import HubLog
import HubRecords
import HubRights
import HubServer
import HubStore
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

/// One's own account over HTTP: the feed, the address, sessions, the password.
extension ServerTests {
  private static func post(
    _ client: any TestClientProtocol, _ path: String, _ cookie: String?, _ fields: String
  ) async throws -> TestResponse {
    let token = try await token(client, cookie)
    return try await client.execute(
      uri: path, method: .post, headers: headers(cookie),
      body: ByteBuffer(string: "token=\(token)&\(fields)"))
  }

  @Test func aFeedTellsWhatWaitsAndEnds() async throws {
    try hub.act(
      "rosa",
      .draft(
        request: "q", place: .dataset("clinic"),
        spec: .access(title: "The <kanarie>", purpose: "kanarie", units: 1, days: 1)))
    try hub.act("rosa", .submit(request: "q"))
    let (cookie, store, now) = (cookies["petra"], hub.store, hub.clock.now)
    let unconfirmed = try session("petra", confirmed: false)
    let hub = hub
    try await withClient { client in
      let refused = try await Self.post(client, "/me/feed", unconfirmed, "")
      #expect(refused.headers[.location] == "/confirm?back=/me")
      let page = String(buffer: try await Self.post(client, "/me/feed", cookie, "").body)
      let key = String(try #require(page.firstMatch(of: /feed\?key=(uf_[\w\-]+)/)).output.1)
      func feed(_ key: String) async throws -> TestResponse {
        try await client.execute(uri: "/feed?key=\(key)", method: .get)
      }
      let reply = try await feed(key)
      let text = String(buffer: reply.body)
      #expect(reply.headers[.contentType] == "application/atom+xml; charset=utf-8")
      #expect(text.contains("Decide: access q, submitted") && text.contains("/requests/q\""))
      #expect(!text.contains("kanarie") && !text.contains("rosa"))
      let parser = XMLCheck(Data(text.utf8))
      #expect(parser.isWhole && parser.names.filter { $0 == "entry" }.count == 1)
      for wrong in ["", "x", String(key.dropLast()), "uf_" + RandomToken.secret()] {
        #expect(try await feed(wrong).status == .notFound)
      }
      // A feed's secret opens nothing else, and no other secret opens a feed.
      let api = try await client.execute(
        uri: "/api/v1/me", method: .get, headers: [.authorization: "Bearer \(key)"])
      #expect(api.status == .unauthorized)
      let token = try store.makeToken(for: "petra", name: "t", at: now)
      #expect(try await feed(token).status == .notFound)
      // A new one ends the old one; ending it ends it.
      let fresh = try store.makeFeed(for: "petra", at: now)
      #expect(try await feed(key).status == .notFound)
      #expect(try await feed(fresh).status == .ok)
      #expect(try await Self.post(client, "/me/end-feed", cookie, "").status == .seeOther)
      #expect(try await feed(fresh).status == .notFound)
      let last = try store.makeFeed(for: "petra", at: now)
      try hub.act("adam", .disableAccount("petra"))
      #expect(try await feed(last).status == .notFound)
      #expect(try !store.log().text().contains(key))
    }
  }

  @Test func addressesAreSetAfterACode() async throws {
    let (cookie, store) = (cookies["petra"], hub.store)
    let unconfirmed = try session("petra", confirmed: false)
    try await withClient { client in
      _ = try await Self.post(client, "/me/address", unconfirmed, "address=p@x.example")
      #expect(try store.addresses().isEmpty)
      let wrong = try await Self.post(client, "/me/address", cookie, "address=p%0d%0aBcc:x@y")
      #expect(wrong.status == .unprocessableContent)
      _ = try await Self.post(client, "/me/address", cookie, "address=p@x.example")
      #expect(try store.addresses() == ["petra": "p@x.example"])
      _ = try await Self.post(client, "/me/address", cookie, "address=")
      #expect(try store.addresses().isEmpty)
      #expect(try !store.log().text().contains("x.example"))
    }
  }

  @Test func oneSessionEndsAndTheOthersStay() async throws {
    let (cookie, other) = (cookies["rosa"], try session("rosa"))
    let foreign = try #require(
      try hub.store.sessions(of: "rudi", at: hub.clock.now).first?.digest.prefix(16))
    let secret = String(other.dropFirst("__Host-hub=".count))
    let digest = RandomToken.digest(secret)
    let (store, now) = (hub.store, hub.clock.now)
    let unconfirmed = try session("rosa", confirmed: false)
    try await withClient { client in
      let path = "/me/end-session"
      for beginning in ["", "0", String(foreign)] {
        let reply = try await Self.post(client, path, cookie, "session=\(beginning)")
        #expect(reply.status == .notFound, "\(beginning)")
      }
      _ = try await Self.post(client, path, unconfirmed, "session=\(digest.prefix(16))")
      #expect(try store.session(secret, at: now) != nil)
      let reply = try await Self.post(client, path, cookie, "session=\(digest.prefix(16))")
      #expect(reply.status == .seeOther)
      #expect(try store.session(secret, at: now) == nil)
      let me = try await client.execute(uri: "/me", method: .get, headers: Self.headers(cookie))
      #expect(me.status == .ok)
    }
  }

  /// The present password and a fresh code change it; other sessions end, and a fresh code gives
  /// the session a new secret.
  @Test func aPasswordIsChangedByWhoeverKnowsIt() async throws {
    let factor = CodeGenerator()
    let clock = hub.clock
    @Sendable func code() -> String { factor.code(step: CodeGenerator.step(at: clock.now)) }
    let once = try hub.store.issueCode(for: "ruth", by: "adam", at: clock.now)
    #expect(
      try hub.store.enrol(
        code: once, password: "four wide open doors", factor: factor, factorCode: code(),
        at: clock.now))
    clock.pass(30)
    let (store, other) = (hub.store, try session("ruth"))
    try await withClient { client in
      func signIn(_ password: String, _ cookie: String?) async throws -> TestResponse {
        try await client.execute(
          uri: "/sign-in", method: .post, headers: Self.headers(cookie),
          body: ByteBuffer(
            string: "account=ruth&password=\(password.replacing(" ", with: "+"))&code=\(code())"))
      }
      func cookie(_ reply: TestResponse) throws -> String {
        String(try #require(reply.headers[.setCookie]).prefix { $0 != ";" })
      }
      let first = try cookie(try await signIn("four wide open doors", nil))
      clock.pass(SessionRecord.confirmedSeconds)
      let confirmed = try await Self.post(client, "/confirm", first, "back=/me&code=\(code())")
      let second = try cookie(confirmed)
      #expect(first != second && confirmed.headers[.location] == "/me")
      let old = try await client.execute(uri: "/me", method: .get, headers: Self.headers(first))
      #expect(old.headers[.location] == "/sign-in")
      let path = "/me/password"
      for fields in [
        "present=wrong&new=a+window+to+the+sea", "present=four+wide+open+doors&new=short",
        "present=&new=",
      ] {
        let reply = try await Self.post(client, path, second, fields)
        #expect(reply.status == .unprocessableContent, "\(fields)")
      }
      let done = try await Self.post(
        client, path, second, "present=four+wide+open+doors&new=a+window+to+the+sea")
      #expect(done.status == .seeOther)
      let gone = try await client.execute(uri: "/me", method: .get, headers: Self.headers(other))
      #expect(gone.headers[.location] == "/sign-in")
      let here = try await client.execute(uri: "/me", method: .get, headers: Self.headers(second))
      #expect(here.status == .ok)
      clock.pass(30)
      #expect(try await signIn("four wide open doors", nil).status == .unauthorized)
      // Whoever signs in again in the same browser leaves no session behind.
      let again = try await Self.post(
        client, "/sign-in", second, "account=ruth&password=a+window+to+the+sea&code=\(code())")
      #expect(again.status == .seeOther)
      #expect(try store.sessions(of: "ruth", at: clock.now).count == 1)
      #expect(try !store.log().text().contains("window"))
    }
  }

  /// A refusal leaves a line in the program's log, with the route and without a word of anybody.
  @Test func refusalsAreNoted() async throws {
    let notes = Notes()
    let (clock, cookie) = (hub.clock, cookies["rosa"])
    var application = Application(
      router: try HubServer(hub.store, clock: { clock.now }).router())
    application.logger = notes.logger
    try await application.test(.router) { client in
      _ = try await client.execute(
        uri: "/log?kanarie=1", method: .get, headers: Self.headers(cookie))
      _ = try await client.execute(
        uri: "/requests/kanarie", method: .get, headers: Self.headers(cookie))
      _ = try await client.execute(
        uri: "/sign-in", method: .post, headers: Self.headers(nil),
        body: ByteBuffer(string: "account=kanarie&password=kanarie&code=kanarie"))
      _ = try await client.execute(
        uri: "/me/token", method: .post, headers: Self.headers(cookie),
        body: ByteBuffer(string: "token=kanarie"))
    }
    let lines = notes.lines
    for line in [
      "refused: forbidden (/log, rosa)", "refused: not found (/requests/:id, rosa)",
      "sign-in refused: account, password or code is wrong (/sign-in, nobody)",
      "forged form refused (/me/token, rosa)",
    ] { #expect(lines.contains(line), "\(line) in \(lines)") }
    #expect(!lines.joined().contains("kanarie"))
  }
}
