import Crypto
import Foundation
import HTTPTypes
import HubAccounts
import HubRecords
import HubRights
import HubServer
import HubStore
import Hummingbird
import HummingbirdTesting
import NIOCore
import Synchronization
import Testing

/// Bounds on what one person can ask of the hub, and passwords that nobody may choose.
@Suite struct LimitTests {
  private let hub: TestHub

  init() throws {
    hub = try TestHub()
    try hub.enter()
    try hub.register()
  }

  /// A program that runs wild is stopped, goes on after a while, and stops nobody else.
  @Test func aFloodOfRequestsIsStopped() async throws {
    let (store, clock) = (hub.store, hub.clock)
    let (wild, calm) = (
      try store.makeToken(for: "rosa", name: "wild", at: clock.now),
      try store.makeToken(for: "rudi", name: "calm", at: clock.now)
    )
    let application = Application(router: try HubServer(store, clock: { clock.now }).router())
    try await application.test(.router) { (client: any TestClientProtocol) async throws in
      func status(_ token: String) async throws -> HTTPResponse.Status {
        try await client.execute(
          uri: "/api/v1/me", method: .get, headers: [.authorization: "Bearer \(token)"]
        ).status
      }
      for _ in 0..<2000 { #expect(try await status(wild) == .ok) }
      #expect(try await status(wild) == .tooManyRequests)
      #expect(try await status(calm) == .ok)
      clock.pass(1)
      for _ in 0..<20 { #expect(try await status(wild) == .ok) }
      #expect(try await status(wild) == .tooManyRequests)
    }
  }

  @Test func aPersonHasABoundedNumberOfOpenRequests() throws {
    let spec = Spec.access(title: "T", purpose: "P", units: 1, days: 1)
    func draft(_ id: String, by name: String) throws {
      try hub.act(name, .draft(request: id, place: .dataset("clinic"), spec: spec))
    }
    for number in 0..<Ruling.mostOpen { try draft("q\(number)", by: "rosa") }
    #expect(throws: Refusal.self) { try draft("more", by: "rosa") }
    try draft("other", by: "rudi")
    try hub.act("rosa", .withdraw(request: "q0"))
    try draft("more", by: "rosa")
  }

  @Test func leakedPasswordsAreRefused() throws {
    let words = (0..<257).map { "a leaked password \($0)" }
    let lines = words.map { word in
      Insecure.SHA1.hash(data: Data(word.utf8)).map { String(format: "%02X", $0) }.joined()
    }.sorted()
    let file = hub.root.appending(path: "leaked.txt")
    for end in ["\n", ":17\n", ":3\r\n"] {
      for count in [1, 2, 3, 256, 257] {
        let kept = lines.prefix(count)
        try Data(kept.map { $0 + end }.joined().utf8).write(to: file)
        let list = try LeakedPasswords(file)
        for word in words {
          let line = Insecure.SHA1.hash(data: Data(word.utf8))
            .map { String(format: "%02X", $0) }.joined()
          #expect(list.contains(word) == kept.contains(line))
        }
        #expect(!list.contains("four wide open doors"))
      }
    }
    try Data("password\n".utf8).write(to: file)
    #expect(throws: (any Error).self) { try LeakedPasswords(file) }
  }

  /// The order in which replies come.
  private final class Order: Sendable {
    private let names = Mutex<[String]>([])
    func note(_ name: String) { names.withLock { $0.append(name) } }
    func place(of name: String) -> Int { names.withLock { $0.firstIndex(of: name) } ?? .max }
  }

  /// Pages go on while more people sign in than there are processors: a page that is asked for
  /// after twelve sign-ins comes before the last of them.
  @Test func pagesGoOnWhileManySignIn() async throws {
    let clock = hub.clock
    let application = Application(router: try HubServer(hub.store, clock: { clock.now }).router())
    try await application.test(.router) { client in
      let order = Order()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<12 {
          group.addTask {
            let reply = try await client.execute(
              uri: "/sign-in", method: .post,
              headers: [.contentType: "application/x-www-form-urlencoded"],
              body: ByteBuffer(string: "account=nobody\(number)&password=a+long+word&code=1"))
            #expect(reply.status == .unauthorized)
            order.note("sign-in")
          }
        }
        group.addTask {
          try await Task.sleep(for: .milliseconds(100))
          let reply = try await client.execute(uri: "/sign-in", method: .get)
          #expect(reply.status == .ok)
          order.note("page")
        }
        try await group.waitForAll()
      }
      let place = order.place(of: "page")
      #expect(place < 10, "\(place)")
    }
  }
}
