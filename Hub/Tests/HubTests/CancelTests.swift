import Foundation
import GRDB
import HubRecords
import HubRights
import HubStore
import HubWork
import Synchronization
import Testing
import Understudy

/// The end of work that somebody asks for, and several jobs at once.
@Suite(.serialized) struct CancelTests {
  private func prepared(rows: Int = 400) async throws -> TestHub {
    let hub = try TestHub(rows: rows)
    try hub.enter()
    try hub.register(automatic: 9)
    try await hub.grant()
    try hub.openProject()
    return hub
  }

  private func draftStandIn(_ hub: TestHub, _ id: String) throws {
    try hub.act(
      "rosa",
      .draft(
        request: id, place: .project("study"), spec: .release(units: 4, targets: [], rows: nil)))
    try hub.act("rosa", .submit(request: id))
    try hub.approve(id)
  }

  @Test func whatWaitsIsCancelledWithoutACharge() async throws {
    let hub = try await prepared()
    try draftStandIn(hub, "twin")
    for name in ["rudi", "petra", "aron", "ruth"] {
      #expect(throws: Refusal.self, "\(name)") { try hub.act(name, .cancel(request: "twin")) }
    }
    try hub.act("owen", .cancel(request: "twin"))
    #expect(throws: Refusal.self) { try hub.act("rosa", .cancel(request: "twin")) }
    try await hub.worker().step()
    #expect(try hub.store.state().requests["twin"]?.failure == .cancelledBefore)
    #expect(try await hub.sessions() == 0)
    #expect(try hub.store.state().units(usedBy: "study") == 0)
  }

  /// Work that is cancelled before it is marked, or between two steps: the hub says what the ledger
  /// counts, and nothing is in the vault.
  @Test(arguments: [Worker.Point.claimed, .known, .marked, .working])
  func workIsCancelledAtAPoint(point: Worker.Point) async throws {
    let hub = try await prepared(rows: 60_000)
    try draftStandIn(hub, "twin")
    let worker = try Worker(
      hub.store, clock: { hub.clock.now },
      reach: { reached in
        if reached == point { _ = try? hub.act("rosa", .cancel(request: "twin")) }
      })
    try await worker.step()
    try await expectCancelled(hub)
  }

  private func expectCancelled(_ hub: TestHub) async throws {
    let request = try #require(try hub.store.state().requests["twin"])
    let failure = try #require(request.failure)
    #expect(request.stage == .failed && failure.id == "cancelled")
    let budgets = try await Workbench(ledger: hub.store.folder.ledger).budgets()
    let counted = budgets.flatMap(\.history).compactMap(\.rho).reduce(0, +)
    #expect(failure.chargedRho ?? 0 == counted)
    #expect(failure.isCharged == (counted > 0))
    let result = hub.store.folder.result(of: "twin").path
    #expect(!FileManager.default.fileExists(atPath: result))
    #expect(try hub.store.state().units(usedBy: "study") == (counted > 0 ? 4 : 0))
    // The data set goes on.
    try draftStandIn(hub, "next")
    try await hub.worker().step()
    #expect(try hub.stage("next") == .released)
  }

  /// Cancelled between two steps, once the ledger shows a charge. From then on each step takes a
  /// second, so that the worker sees it before the last.
  @Test func whatWasChargedBeforeTheEndStaysChargedAndIsSaid() async throws {
    let hub = try await prepared()
    try draftStandIn(hub, "twin")
    let before = try await hub.charged()
    let worker = try Worker(
      hub.store, clock: { hub.clock.now },
      reach: { reached in
        guard reached == .advanced, waiting({ (try? await hub.charged()) ?? 0 }) > before else {
          return
        }
        _ = try? hub.act("rosa", .cancel(request: "twin"))
        Thread.sleep(forTimeInterval: 1)
      })
    try await worker.step()
    try await expectCancelled(hub)
    #expect(try hub.store.state().requests["twin"]?.failure?.isCharged == true)
  }

  /// Waits on a thread of the core, which is not one of those that tasks run on.
  private func waiting(_ work: @escaping @Sendable () async -> Double) -> Double {
    let done = DispatchSemaphore(value: 0)
    let result = Mutex(0.0)
    Task.detached {
      let value = await work()
      result.withLock { $0 = value }
      done.signal()
    }
    done.wait()
    return result.withLock { $0 }
  }

  /// Lets nobody else write to a database for a while, during which `act` is called.
  private func hold(_ database: URL, seconds: Double, _ act: @escaping @Sendable () -> Void) {
    let isHeld = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      defer { isHeld.signal() }
      try? DatabaseQueue(path: database.path).inTransaction(.immediate) { _ in
        isHeld.signal()
        act()
        Thread.sleep(forTimeInterval: seconds)
        return .rollback
      }
    }
    isHeld.wait()
  }

  // MARK: Questions

  /// A question that is cancelled before it is charged costs nothing, and can be asked again.
  @Test(arguments: [Worker.Point.claimed, .known, .marked, .working])
  func aQuestionIsCancelledAtAPoint(point: Worker.Point) async throws {
    let hub = try await prepared()
    try await hub.makeStandIn()
    try hub.draftAnalysis("ask", question: TestHub.question("count", by: ["sex"]))
    try hub.act("rosa", .submit(request: "ask"))
    let worker = try Worker(
      hub.store, clock: { hub.clock.now },
      reach: { reached in
        if reached == point { _ = try? hub.act("rosa", .cancel(request: "ask")) }
      })
    try await worker.step()
    let request = try #require(try hub.store.state().requests["ask"])
    #expect(request.stage == .failed && request.failure?.id == "cancelled")
    #expect(request.failure?.isCharged == false && request.failure?.chargedRho == nil)
    try await expectAskedAgain(hub)
  }

  private func expectAskedAgain(_ hub: TestHub) async throws {
    #expect(!FileManager.default.fileExists(atPath: hub.store.folder.result(of: "ask").path))
    try hub.draftAnalysis("again", question: TestHub.question("count", by: ["sex"]))
    try hub.act("rosa", .submit(request: "again"))
    try await hub.worker().step()
    #expect(try hub.stage("again") == .released)
  }

  /// Cancelled within the core, which waits for the ledger meanwhile: the work ends at the next
  /// step, and the page says what the ledger counts.
  @Test func aQuestionThatRunsEndsAtTheNextStep() async throws {
    let hub = try await prepared()
    try await hub.makeStandIn()
    var question = TestHub.question("logistic")
    (question.value, question.terms) = (nil, ["age", "sex"])
    try hub.draftAnalysis("ask", question: question)
    try hub.act("rosa", .submit(request: "ask"))
    let before = try await hub.charged()
    let worker = try Worker(
      hub.store, clock: { hub.clock.now },
      reach: { reached in
        guard reached == .working else { return }
        // Once the worker has looked for the last time whether the end is free.
        hold(hub.store.folder.ledger, seconds: 2) {
          Thread.sleep(forTimeInterval: 0.5)
          _ = try? hub.act("rosa", .cancel(request: "ask"))
        }
      })
    try await worker.step()
    let request = try #require(try hub.store.state().requests["ask"])
    let counted = try await hub.charged() - before
    #expect(request.stage == .failed && request.failure?.id == "cancelled")
    #expect(abs((request.failure?.chargedRho ?? 0) - counted) < 1e-12)
    #expect(request.failure?.isCharged == (counted > 0))
    #expect(!FileManager.default.fileExists(atPath: hub.store.folder.result(of: "ask").path))
  }

  // MARK: Several at once

  /// Counts those who work at the same time.
  private final class Meter: Sendable {
    private let counts = Mutex((now: 0, most: 0))
    var most: Int { counts.withLock { $0.most } }
    func enter() { counts.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) } }
    func leave() { counts.withLock { $0.now -= 1 } }
  }

  /// A hub with a second data set, whose table is at `table`.
  private func twoSets(_ table: (TestHub) throws -> String) async throws -> TestHub {
    let hub = try await prepared()
    try await hub.makeStandIn()
    try hub.act(
      "owen",
      .registerDataset(
        Dataset(
          id: "other", title: "Another", summary: "Invented.", source: try table(hub),
          schema: TestHub.schema, conditions: [], agreement: TestHub.agreement, unitEpsilon: 0.5,
          owner: "owen")))
    try hub.act(
      "petra",
      .setPolicy(
        dataset: "other",
        policy: Policy(
          version: 0, officer: "", officers: 1, checkers: 0, automaticUnits: 9,
          checksOutput: false, responseDays: 5)))
    try hub.act(
      "owen",
      .draft(
        request: "grant2", place: .dataset("other"), spec: .budget(epsilon: 5, reason: "R.")))
    try hub.act("owen", .submit(request: "grant2"))
    try hub.approve("grant2")
    try await hub.worker().step()
    #expect(try hub.stage("grant2") == .released)
    try hub.act(
      "rosa",
      .draft(
        request: "study2", place: .dataset("other"),
        spec: .access(title: "Another", purpose: "To know.", units: 20, days: 9)))
    try hub.act("rosa", .submit(request: "study2"))
    try hub.approve("study2")
    let digest = try hub.store.state().projects["study2"]?.project.agreement ?? ""
    try hub.act("rosa", .accept(project: "study2", digest: digest))
    return hub
  }

  /// Lets two workers carry out a stand-in of each data set, and expects so many to work at once.
  private func expect(_ most: Int, atOnce hub: TestHub) async throws {
    for (id, project) in [("one", "study"), ("two", "study2")] {
      try hub.act(
        "rosa",
        .draft(
          request: id, place: .project(project), spec: .release(units: 2, targets: [], rows: nil)))
      try hub.act("rosa", .submit(request: id))
      try hub.approve(id)
    }
    let meter = Meter()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<2 {
        let worker = try Worker(
          HubStore(hub.store.folder),
          reach: { point in
            if point == .working {
              meter.enter()
              // Until the other one has come; if it may not, long enough for it to try.
              for _ in 0..<(most == 1 ? 100 : 6000) where most == 1 || meter.most < most {
                Thread.sleep(forTimeInterval: 0.01)
              }
            }
            if point == .written { meter.leave() }
          })
        group.addTask {
          for _ in 0..<600 {
            try await worker.step()
            if try hub.store.state().requestsInOrder.allSatisfy({ !$0.stage.isAtWork }) { return }
            try await Task.sleep(for: .milliseconds(20))
          }
        }
      }
      try await group.waitForAll()
    }
    for id in ["one", "two"] {
      let record = try hub.store.state().requests[id]
      #expect(record?.stage == .released, "\(record?.failure?.message ?? "no failure")")
    }
    #expect(meter.most == most)
  }

  @Test func jobsOfTwoBudgetsRunAtOnce() async throws {
    let hub = try await twoSets { hub in
      let file = hub.root.appending(path: "other.csv")
      // Other people: a table that the ledger does not know.
      let rows = (0..<900).map { row in
        "\(row % 5 < 2 ? "F" : "M"),\(["West", "South"][row * 7 % 2]),\(row * 31 % 97),\(row % 3 == 0 ? "yes" : "no")\n"
      }
      try Data(("sex,ward,age,ill\n" + rows.joined()).utf8).write(to: file)
      return file.path
    }
    #expect(try await hub.sessions() == 1)
    try await expect(2, atOnce: hub)
    #expect(try await hub.sessions() == 3)
  }

  /// Two data sets over one table have one budget, so that their jobs come one after another.
  @Test func jobsOfOneBudgetComeOneAfterAnother() async throws {
    let hub = try await twoSets { hub in
      let file = hub.root.appending(path: "copy.csv")
      try FileManager.default.copyItem(at: hub.table, to: file)
      return file.path
    }
    try await expect(1, atOnce: hub)
    #expect(try await hub.sessions() == 3)
  }

  /// Eight questions that the hub lets through by mistake: the ledger lets in as many as it holds.
  @Test func eightWhoRaceNeverExceedAGrant() async throws {
    let hub = try TestHub()
    try hub.enter()
    try hub.register(automatic: 9)
    try await hub.grant(4)
    try hub.openProject(units: 300)
    try await hub.makeStandIn()
    try hub.pretendBalance(100)
    let ids = (0..<8).map { "q\($0)" }
    for (place, id) in ids.enumerated() {
      var question = TestHub.question("count")
      question.conditions = ["age": ["\(place)..\(place + 40)"]]
      try hub.draftAnalysis(id, units: 3, question: question)
      try hub.act("rosa", .submit(request: id))
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        let worker = try Worker(HubStore(hub.store.folder))
        group.addTask {
          for _ in 0..<600 {
            try await worker.step()
            if try hub.store.state().requestsInOrder.allSatisfy({ !$0.stage.isAtWork }) { return }
            try await Task.sleep(for: .milliseconds(20))
          }
        }
      }
      try await group.waitForAll()
    }
    let state = try hub.store.state()
    let released = ids.count { state.requests[$0]?.stage == .released }
    let budget = try #require(
      try await Workbench(ledger: hub.store.folder.ledger).budgets().first)
    #expect(budget.grantedEpsilon == 4 && (budget.usedEpsilon ?? 99) <= 4)
    #expect(released > 0 && released < 8)
    for id in ids where state.requests[id]?.stage == .failed {
      #expect(state.requests[id]?.failure?.id == "budget.exhausted")
      #expect(state.requests[id]?.failure?.isCharged == false)
    }
  }
}
