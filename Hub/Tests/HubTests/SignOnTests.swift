import AsyncHTTPClient
import Foundation
import HubLog
import HubRights
import HubServer
import HubSignOn
import HubStore
import NIOCore
import NIOHTTP1
import Synchronization
import Testing

/// Sign-in by an identity provider, from the link on the sign-in page to a session.
@Suite(.serialized) struct SignOnTests {
  private let hub: TestHub
  private let provider: TestProvider

  init() throws {
    hub = try TestHub()
    try hub.enter()
    provider = try TestProvider()
  }

  /// A browser at a hub with the provider.
  private struct Browser: Sendable {
    let client: HTTPClient
    let hub: String
    let provider: TestProvider

    /// Begins a sign-in.
    func begin() async throws -> (ticket: String, address: String) {
      let out = try await client.open("\(hub)/oidc/start")
      #expect(out.status == 303)
      let cookie = out.headers.first(name: "Set-Cookie") ?? ""
      #expect(cookie.contains("HttpOnly") && cookie.contains("Secure"))
      return (
        String(cookie.prefix { $0 != ";" }), out.headers.first(name: "Location") ?? ""
      )
    }

    func come(back code: String, _ state: String, _ ticket: String?) async throws -> (
      status: UInt, session: String?
    ) {
      let reply = try await client.open(
        "\(hub)/oidc/back?code=\(code)&state=\(state)", cookie: ticket)
      let session = reply.headers["Set-Cookie"].first { $0.hasPrefix("__Host-hub=") }
      return (reply.status, session.map { String($0.prefix { $0 != ";" }) })
    }

    func signIn() async throws -> (status: UInt, session: String?) {
      let (ticket, address) = try await begin()
      let (code, state, _) = try provider.signIn(at: address)
      return try await come(back: code, state, ticket)
    }
  }

  private func withBrowser(
    _ change: (inout ProviderFile) -> Void = { _ in },
    _ work: @escaping @Sendable (Browser) async throws -> Void
  ) async throws {
    var file = ProviderFile(issuer: "", clientID: TestProvider.clientID)
    (file.secretFile, file.acr) = ("oidc.secret", "strong")
    change(&file)
    let settings = file
    let (root, store, provider) = (hub.root, hub.store, provider)
    try Data("\(TestProvider.secret)\n".utf8).write(to: root.appending(path: "oidc.secret"))
    try await serving(provider.router()) { port in
      var file = settings
      if file.issuer.isEmpty { file.issuer = "http://localhost:\(port)" }
      let url = root.appending(path: "oidc.json")
      try JSONEncoder().encode(file).write(to: url)
      let identity = try IdentityProvider(url)
      let server = try HubServer(store, address: "https://hub.test", provider: identity)
      do {
        try await serving(server.router()) { port in
          try await browsing { client in
            try await work(
              Browser(client: client, hub: "http://localhost:\(port)", provider: provider))
          }
        }
      } catch {
        try await identity.end()
        throw error
      }
      try await identity.end()
    }
  }

  @Test(arguments: TestProvider.Algorithm.allCases)
  func aPersonSignsInAndDecisionsStillNeedACode(algorithm: TestProvider.Algorithm) async throws {
    provider.state.withLock { $0.algorithm = algorithm }
    let store = hub.store
    try await withBrowser { browser in
      let page = try await browser.client.open("\(browser.hub)/sign-in")
      #expect(page.body.contains("/oidc/start"))
      let (ticket, address) = try await browser.begin()
      let (code, state, items) = try browser.provider.signIn(at: address)
      #expect(items["code_challenge_method"] == "S256" && items["response_type"] == "code")
      #expect(items["redirect_uri"] == "https://hub.test/oidc/back" && items["tenant"] == "1")
      #expect((items["nonce"] ?? "").count == 43 && state.count == 43)
      let (status, session) = try await browser.come(back: code, state, ticket)
      #expect(status == 303)
      let me = try await browser.client.open("\(browser.hub)/me", cookie: session)
      #expect(me.status == 200 && me.body.contains("rosa") && me.body.contains("/confirm?back=/me"))
      let secret = String(try #require(session).dropFirst("__Host-hub=".count))
      let record = try #require(try store.session(secret, at: Int(Date().timeIntervalSince1970)))
      #expect(record.account == "rosa" && record.confirmed == 0)
      // The code and the ticket have served.
      #expect(try await browser.come(back: code, state, ticket).status == 401)
    }
    #expect(try store.logFault() == nil)
  }

  @Test(arguments: TestProvider.Fault.allCases)
  func aWrongTokenOpensNothing(fault: TestProvider.Fault) async throws {
    provider.state.withLock { $0.fault = fault }
    let before = try hub.store.log()
    try await withBrowser { browser in
      let (status, session) = try await browser.signIn()
      #expect(status == 401 && session == nil, "\(fault)")
    }
    #expect(try hub.store.log() == before)
  }

  @Test func aSignInThatWasNotBegunHereOpensNothing() async throws {
    try await withBrowser { browser in
      let (ticket, address) = try await browser.begin()
      let (code, state, _) = try browser.provider.signIn(at: address)
      let (otherTicket, otherAddress) = try await browser.begin()
      let (otherCode, otherState, _) = try browser.provider.signIn(at: otherAddress)
      #expect(try await browser.come(back: code, state, nil).status == 401)
      #expect(try await browser.come(back: code, state, otherTicket).status == 401)
      #expect(try await browser.come(back: code, otherState, ticket).status == 401)
      #expect(try await browser.come(back: code, state, "\(ticket)x").status == 401)
      // Somebody else's code with one's own ticket: the verifier is not that of its challenge.
      #expect(try await browser.come(back: otherCode, state, ticket).status == 401)
    }
  }

  @Test func aClaimOpensOnlyTheAccountThatItNames() async throws {
    let (provider, hub) = (provider, hub)
    try await withBrowser { browser in
      provider.state.withLock { $0.claims = ["preferred_username": "nobody"] }
      #expect(try await browser.signIn().status == 403)
      provider.state.withLock { $0.claims = ["preferred_username": "rosa"] }
      #expect(try await browser.signIn().status == 303)
      // Another person of the provider who is given the same name later.
      provider.state.withLock { $0.subject = "person-2" }
      #expect(try await browser.signIn().status == 403)
      // The first one, under another name: the provider's own name counts.
      provider.state.withLock {
        ($0.subject, $0.claims) = ("person-1", ["preferred_username": "adam"])
      }
      let (_, session) = try await browser.signIn()
      let me = try await browser.client.open("\(browser.hub)/me", cookie: session)
      #expect(me.body.contains("rosa"))
      try hub.act("adam", .disableAccount("rosa"))
      #expect(try await browser.signIn().status == 403)
    }
  }

  @Test func anAddressCountsIfItIsVerifiedAndOfTheDomain() async throws {
    let provider = provider
    try await withBrowser {
      ($0.claim, $0.domain) = ("email", "hospital.example")
    } _: { (browser: Browser) async throws in
      for (address, isVerified, status) in [
        ("rosa@hospital.example", false, 403), ("rosa@elsewhere.example", true, 403),
        ("rosa@hospital.example@elsewhere.example", true, 403),
        ("Rosa@Hospital.example", true, 303),
      ] as [(String, Bool, UInt)] {
        provider.state.withLock { ($0.claims, $0.isVerified) = (["email": address], isVerified) }
        #expect(try await browser.signIn().status == status, "\(address)")
      }
    }
  }

  /// A new key is fetched once, and not more often than each minute for names that nobody has.
  @Test func newKeysAreFetchedAndNotTooOften() async throws {
    let provider = provider
    try await withBrowser { (browser: Browser) async throws in
      #expect(try await browser.signIn().status == 303)
      provider.state.withLock { $0.keyName = "second" }
      for _ in 0..<3 { #expect(try await browser.signIn().status == 401) }
      #expect(provider.state.withLock(\.keysServed) == 1)
    }
  }

  @Test func aProviderUnderAnotherNameIsRefused() async throws {
    provider.state.withLock { $0.otherName = "https://elsewhere.example" }
    try await withBrowser { (browser: Browser) async throws in
      #expect(try await browser.client.open("\(browser.hub)/oidc/start").status == 401)
    }
  }

  /// A session begins by the link of the sign-in page, not because another site leads there.
  @Test func anotherSiteCannotBeginASignIn() async throws {
    try await withBrowser { browser in
      for (site, isIn) in [("cross-site", false), ("same-site", false), ("same-origin", true)] {
        var request = HTTPClientRequest(url: "\(browser.hub)/oidc/start")
        request.headers.add(name: "Sec-Fetch-Site", value: site)
        let reply = try await browser.client.execute(request, timeout: .seconds(20))
        #expect(reply.headers["Set-Cookie"].isEmpty != isIn)
        #expect((reply.headers.first(name: "Location") == "/sign-in") != isIn)
      }
    }
  }

  @Test func aProviderThatCannotBeReachedLeavesTheHubOpen() async throws {
    try await withBrowser {
      $0.issuer = "http://localhost:9"
    } _: { (browser: Browser) async throws in
      #expect(try await browser.client.open("\(browser.hub)/oidc/start").status == 401)
      #expect(try await browser.client.open("\(browser.hub)/sign-in").status == 200)
    }
  }

  @Test func filesOfProvidersAreChecked() throws {
    let url = hub.root.appending(path: "bad.json")
    for text in [
      "", "{}", #"{"issuer": "http://id.hospital.example", "clientID": "hub"}"#,
      #"{"issuer": "https://id.example", "clientID": ""}"#,
      #"{"issuer": "https://id.example", "clientID": "hub", "claim": "name"}"#,
      #"{"issuer": "https://id.example", "clientID": "hub", "claim": "email"}"#,
      #"{"issuer": "https://user:word@id.example", "clientID": "hub"}"#,
    ] {
      try Data(text.utf8).write(to: url)
      #expect(throws: SignOnFault.self, "\(text)") { try ProviderFile.read(url) }
    }
  }
}
