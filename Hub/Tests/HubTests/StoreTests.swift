import Foundation
import HubAccounts
import HubLog
import HubRecords
import HubRights
import HubStore
import Testing

/// The database: several processes, one log, and the last of a budget for one of those who ask.
@Suite struct StoreTests {
  private let hub: TestHub

  init() throws {
    hub = try TestHub()
    try hub.enter()
  }

  /// Eight connections ask at once for a share that holds five of their questions.
  @Test func ofEightWhoRaceAsManyGetInAsTheShareHolds() async throws {
    try hub.register(automatic: 1)
    try hub.pretendBalance(50)
    try hub.openProject(units: 9)
    try hub.pretendStandIn()
    let ids = (0..<8).map { "q\($0)" }
    for (place, id) in ids.enumerated() {
      var question = TestHub.question("count")
      question.conditions = ["age": ["\(place)..\(place + 40)"]]
      try hub.draftAnalysis(id, question: question)
    }
    let stores = try ids.map { _ in try HubStore(hub.store.folder) }
    let now = hub.clock.now
    await withTaskGroup(of: Void.self) { group in
      for (store, id) in zip(stores, ids) {
        group.addTask { _ = try? store.perform(.submit(request: id), by: "rosa", at: now) }
      }
    }
    let state = try hub.store.state()
    #expect(ids.count { state.requests[$0]?.stage == .queued } == 5)
    #expect(state.units(usedBy: "study") == 9)
    #expect(try hub.store.logFault() == nil)
  }

  @Test func connectionsSeeEachOthersEntries() throws {
    let other = try HubStore(hub.store.folder)
    try hub.register()
    #expect(try other.state() == hub.store.state())
    try other.perform(
      .draft(
        request: "q", place: .dataset("clinic"),
        spec: .access(title: "T", purpose: "P", units: 1, days: 1)), by: "rosa", at: hub.clock.now)
    #expect(try hub.stage("q") == .draft)
    #expect(try HubStore(hub.store.folder).state() == hub.store.state())
  }

  @Test func aRefusedActWritesNothing() throws {
    try hub.register()
    let before = try hub.store.log()
    #expect(throws: Refusal.self) {
      try hub.act("aron", .setPolicy(dataset: "clinic", policy: TestEvents.policy))
    }
    #expect(try hub.store.log() == before)
  }

  @Test func filesAreTheirUsersAlone() throws {
    let manager = FileManager.default
    for path in ["", "keys", "vault"] {
      let attributes = try manager.attributesOfItem(
        atPath: hub.folder.appending(path: path).path)
      #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o700)
    }
    for path in ["hub.sqlite", "keys/seal.key", "keys/box.key"] {
      let attributes = try manager.attributesOfItem(
        atPath: hub.folder.appending(path: path).path)
      #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    }
  }

  // MARK: Accounts

  /// An account with a password and a second factor.
  private func enrolled(_ name: String = "rosa", password: String = "four wide open doors") throws
    -> CodeGenerator
  {
    let factor = CodeGenerator()
    let once = try hub.store.issueCode(for: name, by: "adam", at: hub.clock.now)
    let isDone = try hub.store.enrol(
      code: once, password: password, factor: factor, factorCode: code(factor), at: hub.clock.now)
    #expect(isDone)
    hub.clock.pass(30)
    return factor
  }

  private func code(_ factor: CodeGenerator) -> String {
    factor.code(step: CodeGenerator.step(at: hub.clock.now))
  }

  private func signIn(_ password: String, _ code: String) throws -> HubStore.SignIn {
    try hub.store.signIn("rosa", password: password, code: code, device: "test", at: hub.clock.now)
  }

  private func opened(_ outcome: HubStore.SignIn) -> String? {
    if case .session(let secret) = outcome { secret } else { nil }
  }

  @Test func passwordAndCodeOpenASessionAndACodeCountsOnce() throws {
    let factor = try enrolled()
    let present = code(factor)
    #expect(try signIn("wrong password", present) == .wrong)
    #expect(try signIn("four wide open doors", "000000") == .wrong)
    let session = try #require(opened(signIn("four wide open doors", present)))
    #expect(try hub.store.session(session, at: hub.clock.now)?.account == "rosa")
    #expect(try signIn("four wide open doors", present) == .wrong)
    #expect(try hub.store.session(session + "x", at: hub.clock.now) == nil)
  }

  @Test func sessionsEndByThemselvesAndAtOnce() throws {
    let factor = try enrolled()
    let idle = try #require(opened(signIn("four wide open doors", code(factor))))
    hub.clock.pass(SessionRecord.idleSeconds)
    #expect(try hub.store.session(idle, at: hub.clock.now) == nil)
    let second = try #require(opened(signIn("four wide open doors", code(factor))))
    for _ in 0..<30 {
      hub.clock.pass(SessionRecord.idleSeconds - 1)
      _ = try hub.store.session(second, at: hub.clock.now)
    }
    #expect(try hub.store.session(second, at: hub.clock.now) == nil)
    let third = try #require(opened(signIn("four wide open doors", code(factor))))
    try hub.act("adam", .disableAccount("rosa"))
    #expect(try hub.store.session(third, at: hub.clock.now) == nil)
    hub.clock.pass(30)
    #expect(try signIn("four wide open doors", code(factor)) == .wrong)
  }

  @Test func aCodeOfTheConsoleEndsPasswordAndSessions() throws {
    let factor = try enrolled()
    let secret = try #require(opened(signIn("four wide open doors", code(factor))))
    let once = try hub.store.issueCode(for: "rosa", by: "adam", at: hub.clock.now)
    #expect(try hub.store.session(secret, at: hub.clock.now) == nil)
    hub.clock.pass(30)
    #expect(try signIn("four wide open doors", code(factor)) == .wrong)
    #expect(try hub.store.account(ofCode: once, at: hub.clock.now) == "rosa")
    #expect(
      try hub.store.account(ofCode: once, at: hub.clock.now + HubStore.codeSeconds) == nil)
    #expect(try hub.store.account(ofCode: once + "x", at: hub.clock.now) == nil)
  }

  @Test func failuresMakeItWait() throws {
    let factor = try enrolled()
    for _ in 0..<BackOff.freeFailures { #expect(try signIn("wrong", "000000") == .wrong) }
    #expect(try signIn("four wide open doors", code(factor)) == .wait(seconds: 2))
    hub.clock.pass(2)
    #expect(try opened(signIn("four wide open doors", code(factor))) != nil)
    #expect(BackOff.seconds(after: 4) == 0)
    #expect(BackOff.seconds(after: 5_000) == BackOff.longestSeconds)
  }

  @Test func confirmingNeedsAFreshCode() throws {
    let factor = try enrolled()
    let used = code(factor)
    let secret = try #require(opened(signIn("four wide open doors", used)))
    hub.clock.pass(SessionRecord.confirmedSeconds)
    let session = try #require(try hub.store.session(secret, at: hub.clock.now))
    #expect(!session.isConfirmed(at: hub.clock.now))
    #expect(try hub.store.confirm(session, code: used, at: hub.clock.now) == nil)
    let fresh = try #require(
      try hub.store.confirm(session, code: code(factor), at: hub.clock.now))
    #expect(
      try hub.store.session(fresh, at: hub.clock.now)?.isConfirmed(at: hub.clock.now) == true)
    // The session goes on under the new secret alone.
    #expect(try hub.store.session(secret, at: hub.clock.now) == nil)
  }

  @Test func theFirstOwnerHasACodeUntilItIsUsed() throws {
    let empty = try TestHub()
    let once = try #require(try empty.store.firstCode(at: 100))
    #expect(try empty.store.account(ofCode: once, at: 100) == "owner")
    #expect(try empty.store.firstCode(at: 101) != once)
    #expect(try hub.store.firstCode(at: 100) == nil)
  }

  /// RFC 6238, appendix B, for SHA-1, the last six digits.
  @Test(arguments: [
    (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"),
    (1_234_567_890, "005924"), (2_000_000_000, "279037"), (20_000_000_000, "353130"),
  ])
  func codesAreThoseOfTheStandard(seconds: Int, code: String) {
    let generator = CodeGenerator(secret: Data("12345678901234567890".utf8))
    #expect(generator.code(step: CodeGenerator.step(at: seconds)) == code)
    #expect(generator.base32 == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    #expect(CodeGenerator(base32: generator.base32) == generator)
  }

  @Test func easyPasswordsAreRefused() {
    for password in ["short", "passwordpassword", "aaaaaaaaaaaa", "rosa-goes-home-now"] {
      #expect(StoredPassword.fault(of: password, account: "rosa") != nil)
    }
    #expect(StoredPassword.fault(of: "four wide open doors", account: "rosa") == nil)
  }

  /// Of the most common passwords that the other rules would let through, none is taken.
  @Test func commonPasswordsAreRefused() {
    #expect(CommonPasswords.count >= 3000)
    for password in ["1q2w3e4r5t", "football123", "Liverpool1", "1QAZ2WSX3EDC", "Charlie123"] {
      #expect(CommonPasswords.contains(password), "\(password)")
      #expect(StoredPassword.fault(of: password, account: "rosa") != nil, "\(password)")
    }
    #expect(!CommonPasswords.contains("four wide open doors") && !CommonPasswords.contains(""))
  }

  /// No letter is changed or cut off, in one form of Unicode or another.
  @Test func aPasswordCountsAsItIsTyped() throws {
    let typed = "caf\u{e9} au lait at noon" + String(repeating: " and later", count: 90)
    let stored = try StoredPassword(typed)
    #expect(try stored.matches(typed))
    for other in [
      typed.decomposedStringWithCanonicalMapping, typed.uppercased(), String(typed.dropLast()),
      typed + " ",
    ] { #expect(try !stored.matches(other)) }
  }

  /// 31 letters in 28 places are 138 bits.
  @Test func aOneTimeCodeHasEnoughBits() {
    let code = RandomToken.code().filter { $0 != "-" }
    #expect(code.count == 28 && Double(code.count) * log2(31) > 128)
    #expect(Set((0..<1000).map { _ in RandomToken.code() }).count == 1000)
  }

  @Test func noSecretIsInTheLogOrTheDatabase() throws {
    let factor = try enrolled(password: "a canary sings at dawn")
    let session = try #require(opened(signIn("a canary sings at dawn", code(factor))))
    var bytes = Data(try hub.store.log().text().utf8)
    for name in ["hub.sqlite", "hub.sqlite-wal"] {
      bytes += (try? Data(contentsOf: hub.folder.appending(path: name))) ?? Data()
    }
    for text in ["a canary sings at dawn", session, factor.base32] {
      #expect(bytes.range(of: Data(text.utf8)) == nil)
    }
    #expect(bytes.range(of: factor.secret) == nil)
  }
}
