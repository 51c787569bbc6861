import Foundation
import HubAccounts
import HubRecords
import HubRights
import HubStore
import HubWork
import Synchronization
import Understudy

/// A clock that tests move.
final class TestClock: Sendable {
  private let seconds: Mutex<Int>

  init(_ start: Int = Int(Date().timeIntervalSince1970)) { seconds = Mutex(start) }

  var now: Int { seconds.withLock(\.self) }
  func pass(_ count: Int) { seconds.withLock { $0 += count } }
}

/// A hub in a folder of its own, with a table of invented people, that goes when the test ends.
final class TestHub: Sendable {
  static let roles: [(name: String, roles: [Role])] = [
    ("owen", [.owner]), ("petra", [.officer]), ("paul", [.officer]), ("carla", [.checker]),
    ("rosa", [.researcher]), ("rudi", [.researcher]), ("ruth", [.researcher]),
    ("aron", [.auditor]), ("adam", [.administrator]),
  ]

  /// The folder of the repository.
  static let repository = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  let root: URL
  let store: HubStore
  let clock = TestClock()

  var folder: URL { root.appending(path: "hub") }
  var table: URL { root.appending(path: "clinic.csv") }

  init(rows: Int = 400) throws {
    root = FileManager.default.temporaryDirectory.appending(path: "hub-\(RandomToken.name())")
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    store = try HubStore(HubFolder(root.appending(path: "hub")))
    try Data(Self.csv(rows: rows).utf8).write(to: table)
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  static func csv(rows: Int) -> String {
    "sex,ward,age,ill\n"
      + (0..<rows).map { row in
        let ward = ["North", "South", "West"][row % 3]
        return
          "\(row % 2 == 0 ? "F" : "M"),\(ward),\(20 + row * 7 % 60),\(row * 13 % 10 < 4 ? "yes" : "no")\n"
      }.joined()
  }

  static let schema = """
    version: 5
    facts: declared
    table: clinic
    rows: {about: 400, public: yes}
    unit: {row: person}

    columns:
      - name: sex
        type: category
        role: ordinary
        missing: no
        categories: {values: [F, M], provenance: declared}
        other: other
      - name: ward
        type: category
        role: ordinary
        missing: no
        categories: {values: [North, South, West], provenance: declared}
        other: other
      - name: age
        type: integer
        role: ordinary
        missing: no
        bounds: {low: 0, high: 110, provenance: declared}
      - name: ill
        type: boolean
        words: {no: "no", yes: "yes"}
        role: target
        missing: no

    """

  static let agreement = "I shall not look for anybody."

  @discardableResult
  func act(_ name: String, _ act: Act) throws -> [Event] {
    try store.perform(act, by: name, at: clock.now)
  }

  /// Makes the accounts, without passwords.
  func enter() throws {
    try store.write(by: HubName.console, at: clock.now) { _ in
      Self.roles.map { .accountMade(Account(name: $0.name, fullName: $0.name, roles: $0.roles)) }
    }
  }

  /// Registers the clinic with a policy.
  func register(
    officers: Int = 1, checkers: Int = 0, automatic: Int = 0, checksOutput: Bool = false,
    schema: String = TestHub.schema
  ) throws {
    try act(
      "owen",
      .registerDataset(
        Dataset(
          id: "clinic", title: "A clinic", summary: "Invented people.", source: table.path,
          schema: schema, conditions: [.healthResearch], agreement: Self.agreement,
          unitEpsilon: 0.5, owner: "owen")))
    try act(
      "petra",
      .setPolicy(
        dataset: "clinic",
        policy: Policy(
          version: 0, officer: "", officers: officers, checkers: checkers,
          automaticUnits: automatic, checksOutput: checksOutput, responseDays: 5)))
  }

  /// Says that the ledger has a balance, without asking it; for tests that never work.
  func pretendBalance(_ epsilon: Double) throws {
    try store.write(by: HubName.worker, at: clock.now) { _ in
      [
        .balanceSeen(
          dataset: "clinic",
          balance: Balance(
            grantedEpsilon: epsilon, furtherEpsilon: epsilon, answerEpsilon: epsilon,
            ledgerEntry: 0))
      ]
    }
  }

  /// Opens a project that rosa leads and rudi is in; both accept.
  func openProject(_ id: String = "study", units: Int = 20) throws {
    try act(
      "rosa",
      .draft(
        request: id, place: .dataset("clinic"),
        spec: .access(title: "A study", purpose: "To know more.", units: units, days: 100)))
    try act("rosa", .submit(request: id))
    try approve(id)
    try act("rosa", .invite(project: id, account: "rudi"))
    let digest = try store.state().projects[id]?.project.agreement ?? ""
    for name in ["rosa", "rudi"] { try act(name, .accept(project: id, digest: digest)) }
  }

  /// Approves a request by all that its policy asks for.
  func approve(_ id: String) throws {
    for name in ["petra", "paul", "carla"] {
      guard let request = try store.state().requests[id], request.stage.isUnderReview else {
        return
      }
      let policy = try store.state().datasets[request.dataset]?.policy
      if name == "carla", policy?.checkers == 0 { return }
      try act(name, .approve(request: id, version: request.version, reason: ""))
    }
  }

  static func question(_ kind: String = "proportion", by: [String] = []) -> Question {
    var question = Question(kind: kind)
    question.outcome = kind == "count" ? nil : "ill"
    question.value = kind == "proportion" ? "yes" : nil
    question.by = by
    return question
  }

  /// Lets the project receive a stand-in, by events alone; for tests that never work.
  func pretendStandIn(_ id: String = "twin", project: String = "study") throws {
    try act(
      "rosa",
      .draft(
        request: id, place: .project(project), spec: .release(units: 4, targets: [], rows: nil)))
    try act("rosa", .submit(request: id))
    try approve(id)
    try store.write(by: HubName.worker, at: clock.now) { _ in
      [.started(request: id), .finished(request: id, atGate: false)]
    }
  }

  func draftAnalysis(
    _ id: String, by author: String = "rosa", units: Int = 1, question: Question = question(),
    project: String = "study"
  ) throws {
    try act(
      author,
      .draft(
        request: id, place: .project(project),
        spec: .analysis(question: question, release: "twin", units: units)))
  }

  func stage(_ id: String) throws -> Stage? { try store.state().requests[id]?.stage }

  // MARK: Work

  func worker() throws -> Worker {
    let clock = clock
    return try Worker(store, leaseSeconds: 30, clock: { clock.now })
  }

  /// Grants ε by a request, an approval and a worker.
  func grant(_ epsilon: Double = 12) async throws {
    try act(
      "owen",
      .draft(
        request: "grant", place: .dataset("clinic"),
        spec: .budget(epsilon: epsilon, reason: "For research.")))
    try act("owen", .submit(request: "grant"))
    try approve("grant")
    try await worker().step()
  }

  /// Makes the stand-in by a worker.
  func makeStandIn() async throws {
    try act(
      "rosa",
      .draft(
        request: "twin", place: .project("study"), spec: .release(units: 4, targets: [], rows: nil))
    )
    try act("rosa", .submit(request: "twin"))
    try approve("twin")
    try await worker().step()
  }

  /// The ρ that the ledger counts for all sessions.
  func charged() async throws -> Double {
    let budgets = try await Workbench(ledger: store.folder.ledger).budgets()
    return budgets.flatMap(\.history).compactMap(\.rho).reduce(0, +)
  }

  /// The number of sessions that the ledger has ever opened.
  func sessions() async throws -> Int {
    let budgets = try await Workbench(ledger: store.folder.ledger).budgets()
    return budgets.flatMap(\.history).count { $0.rho != nil }
  }
}
