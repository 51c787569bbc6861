import Foundation
import HubLog
import HubPages
import HubRecords
import HubRights
import HubStore
import HubWork
import Testing
import Understudy

/// Workers: budgets, stand-ins and answers through the core, and what a killed one leaves.
@Suite(.serialized) struct WorkerTests {
  private func prepared(automatic: Int = 9, checksOutput: Bool = false) async throws -> TestHub {
    let hub = try TestHub()
    try hub.enter()
    try hub.register(automatic: automatic, checksOutput: checksOutput)
    try await hub.grant()
    try hub.openProject()
    return hub
  }

  @Test func aRequestBecomesAStandInAndAQuestionAnAnswer() async throws {
    let hub = try await prepared()
    #expect(try hub.store.state().datasets["clinic"]?.balance?.grantedEpsilon == 12)
    try await hub.makeStandIn()
    #expect(try hub.stage("twin") == .released)
    let folder = hub.store.folder.result(of: "twin")
    let workbench = try Workbench(ledger: hub.store.folder.ledger)
    #expect(try await workbench.verify(folder).isPassed)
    #expect(try await hub.sessions() == 1)

    try hub.draftAnalysis("ask", units: 2, question: TestHub.question(by: ["sex"]))
    try hub.act("rosa", .submit(request: "ask"))
    try await hub.worker().step()
    #expect(try hub.stage("ask") == .released)
    let data = try Data(
      contentsOf: hub.store.folder.result(of: "ask").appending(path: "answer.json"))
    let answer = try AnswerFile(data)
    #expect(answer.guarantee.epsilon == 1 && answer.guarantee.isPrivate)
    #expect(answer.findings.numbers.map(\.name) == ["sex=F", "sex=M"])
    #expect(try await hub.sessions() == 2)
    let balance = try #require(try hub.store.state().datasets["clinic"]?.balance)
    #expect(balance.furtherEpsilon < 12 && balance.grantedEpsilon == 12)
  }

  /// A stand-in whose labels were learned uses up some δ. A question needs none of it: what the hub
  /// says it may cost is taken by the ledger, and hardly more is not.
  @Test func aQuestionNeedsNoneOfTheDeltaThatAStandInUsed() async throws {
    let hub = try TestHub()
    try hub.enter()
    let learned = TestHub.schema.replacing(
      "categories: {values: [North, South, West], provenance: declared}", with: "categories: learn")
    #expect(learned != TestHub.schema)
    try hub.register(automatic: 9, schema: learned)
    try await hub.grant()
    try hub.openProject()
    try await hub.makeStandIn()
    let balance = try #require(try hub.store.state().datasets["clinic"]?.balance)
    let most = try #require(balance.answerEpsilon)
    #expect(most > 0 && most < balance.furtherEpsilon)
    let workbench = try Workbench(
      ledger: hub.store.folder.ledger, keys: hub.store.folder.signingKeys)
    let question = hub.root.appending(path: "question.json")
    try TestHub.question("count", by: ["sex"]).file().write(to: question)
    func ask(_ epsilon: Double, _ name: String) async throws {
      _ = try await workbench.ask(
        question, of: .file(hub.table), release: hub.store.folder.result(of: "twin"),
        epsilon: epsilon, output: hub.root.appending(path: name))
    }
    let refusal = await #expect(throws: UnderstudyError.self) {
      try await ask(most * 1.000_01, "more")
    }
    #expect(refusal?.id == "budget.exhausted" && refusal?.message.contains("1e-09") == true)
    #expect(try await hub.sessions() == 1)
    try await ask(most, "all")
    #expect(try await hub.sessions() == 2)
  }

  /// A worker opens tables below the folders that it was given, and follows no link out of them.
  @Test(arguments: ["inside", "outside", "link", "beside"])
  func aWorkerOpensTheFoldersItWasGiven(place: String) async throws {
    let hub = try TestHub()
    try hub.enter()
    let files = FileManager.default
    let allowed = hub.root.appending(path: "tables")
    for name in ["tables", "tables-beside"] {
      try files.createDirectory(
        at: hub.root.appending(path: name), withIntermediateDirectories: true)
    }
    let table =
      switch place {
      case "inside", "link": allowed.appending(path: "clinic.csv")
      case "beside": hub.root.appending(path: "tables-beside/clinic.csv")
      default: hub.root.appending(path: "tables/../other.csv")
      }
    if place == "link" {
      try files.createSymbolicLink(at: table, withDestinationURL: hub.table)
    } else {
      try files.copyItem(at: hub.table, to: table)
    }
    try hub.act(
      "owen",
      .registerDataset(
        Dataset(
          id: "clinic", title: "A clinic", summary: "S", source: table.path, schema: TestHub.schema,
          conditions: [], agreement: "A", unitEpsilon: 0.5, owner: "owen")))
    try hub.act("petra", .setPolicy(dataset: "clinic", policy: TestEvents.policy))
    try hub.act(
      "owen",
      .draft(
        request: "grant", place: .dataset("clinic"), spec: .budget(epsilon: 1, reason: "R")))
    try hub.act("owen", .submit(request: "grant"))
    try hub.approve("grant")
    try await Worker(hub.store, sources: [allowed]).step()
    let request = try #require(try hub.store.state().requests["grant"])
    #expect(request.stage == (place == "inside" ? .released : .failed))
    #expect(request.failure?.id == (place == "inside" ? nil : "source.not-allowed"))
    #expect(request.failure?.isCharged != true)
  }

  @Test func aResultWaitsAtTheGate() async throws {
    let hub = try await prepared(checksOutput: true)
    try await hub.makeStandIn()
    #expect(try hub.stage("twin") == .atGate)
    #expect(throws: Refusal.self) { try hub.act("rosa", .fetch(request: "twin", file: "x")) }
    try hub.act("carla", .pass(request: "twin", reason: "Nobody is in it."))
    #expect(try hub.stage("twin") == .released)
    try hub.act("rosa", .fetch(request: "twin", file: "synthetic.csv"))
  }

  @Test func whatTheLedgerRefusesFailsWithoutACharge() async throws {
    let hub = try await prepared()
    try await hub.makeStandIn()
    // The hub believes in a balance that the ledger does not have.
    try hub.pretendBalance(100)
    try hub.store.write(by: "petra", at: hub.clock.now) { _ in
      [
        .policySet(
          dataset: "clinic",
          policy: Policy(
            version: 2, officer: "petra", officers: 1, checkers: 0, automaticUnits: 40,
            checksOutput: false, responseDays: 5))
      ]
    }
    try hub.openProject("rich", units: 300)
    try hub.pretendStandIn("other", project: "rich")
    try FileManager.default.copyItem(
      at: hub.store.folder.result(of: "twin"), to: hub.store.folder.result(of: "other"))
    try hub.act(
      "rosa",
      .draft(
        request: "big", place: .project("rich"),
        spec: .analysis(question: TestHub.question("count"), release: "other", units: 30)))
    try hub.act("rosa", .submit(request: "big"))
    let sessions = try await hub.sessions()
    try await hub.worker().step()
    let request = try #require(try hub.store.state().requests["big"])
    #expect(request.stage == .failed)
    #expect(request.failure?.id == "budget.exhausted" && request.failure?.isCharged == false)
    #expect(try await hub.sessions() == sessions)
    #expect(try #require(hub.store.state().datasets["clinic"]?.balance).furtherEpsilon < 12)
  }

  @Test func workOfAProjectThatEndedIsNotDone() async throws {
    let hub = try await prepared()
    try hub.act(
      "rosa",
      .draft(
        request: "late", place: .project("study"), spec: .release(units: 2, targets: [], rows: nil))
    )
    try hub.act("rosa", .submit(request: "late"))
    try hub.approve("late")
    try hub.act("petra", .close(project: "study", reason: "Stopped."))
    try await hub.worker().step()
    #expect(try hub.store.state().requests["late"]?.failure?.id == "project.ended")
    #expect(try await hub.sessions() == 0)
  }

  @Test func twoWorkersDoEachJobOnce() async throws {
    let hub = try await prepared()
    try await hub.makeStandIn()
    let ids = ["sex", "ward"].flatMap { column in ["count", "proportion"].map { "\($0)-\(column)" }
    }
    for id in ids {
      let parts = id.split(separator: "-").map(String.init)
      try hub.draftAnalysis(id, question: TestHub.question(parts[0], by: [parts[1]]))
      try hub.act("rosa", .submit(request: id))
    }
    let before = try await hub.sessions()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<2 {
        let worker = try Worker(HubStore(hub.store.folder))
        group.addTask {
          for _ in 0..<200 {
            try await worker.step()
            if try hub.store.state().requestsInOrder.allSatisfy({ !$0.stage.isAtWork }) { return }
            try await Task.sleep(for: .milliseconds(20))
          }
        }
      }
      try await group.waitForAll()
    }
    for id in ids { #expect(try hub.stage(id) == .released) }
    #expect(try await hub.sessions() == before + ids.count)
    let finished = try hub.store.log().lines.filter { $0.contains("\"finished\"") }
    #expect(finished.count == ids.count + 2)
  }

  /// The decision over every combination of what a killed worker can leave.
  @Test func recoveryNeverDrawsASecondAnswer() {
    let states: [[Recovery.SessionState]] = [
      [], [.open], [.closed], [.abandoned], [.closed, .closed], [.closed, .abandoned],
      [.open, .closed],
    ]
    for kind in Spec.Kind.allCases where kind.isWork {
      for isMarked in [false, true] {
        for hasResult in [false, true] {
          for sessions in states {
            for hasGrant in [false, true] {
              let next = Recovery(
                kind: kind, isMarked: isMarked, hasResult: hasResult, sessions: sessions,
                hasGrant: hasGrant)
              if hasResult { #expect(next == .take) }
              if isMarked, !hasResult, kind != .budget, sessions.contains(.abandoned),
                !sessions.contains(.open)
              {
                #expect(next == .fail)
              }
              if next == .run, isMarked { #expect(kind == .budget ? !hasGrant : sessions.isEmpty) }
              if next == .askAgain {
                #expect(kind == .analysis && sessions.allSatisfy { $0 == .closed })
              }
            }
          }
        }
      }
    }
  }

  /// A ledger from an older backup is not worked with: it would give back what was spent.
  @Test func anOlderLedgerIsRefused() async throws {
    let hub = try await prepared()
    let ledger = hub.store.folder.ledger
    let backup = hub.root.appending(path: "backup.sqlite")
    try FileManager.default.copyItem(at: ledger, to: backup)
    try await hub.makeStandIn()
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: ledger.path + suffix)
    }
    try FileManager.default.copyItem(at: backup, to: ledger)
    try hub.draftAnalysis("ask")
    try hub.act("rosa", .submit(request: "ask"))
    await #expect(throws: WorkerError.self) { try await hub.worker().step() }
    #expect(try hub.stage("ask") == .running)
    #expect(try await hub.sessions() == 0)
  }

  // MARK: Killed

  /// Runs one job in a process that is killed at a point, or after some milliseconds.
  /// - Returns: Whether it was killed before it ended by itself.
  @discardableResult
  private func runAndKill(_ hub: TestHub, at point: String, after milliseconds: Int? = nil) throws
    -> Bool
  {
    let process = Process()
    process.executableURL = Bundle.main.executableURL?.deletingLastPathComponent()
      .appending(path: "HubKillProbe")
    process.arguments = [hub.folder.path, point]
    process.standardError = FileHandle.nullDevice
    try process.run()
    if let milliseconds {
      Thread.sleep(forTimeInterval: Double(milliseconds) / 1000)
      kill(process.processIdentifier, SIGKILL)
    }
    process.waitUntilExit()
    return process.terminationReason == .uncaughtSignal
  }

  /// Lets workers come until the job has ended.
  private func recover(_ hub: TestHub, _ id: String) async throws {
    for _ in 0..<20 {
      hub.clock.pass(60)
      try await hub.worker().step()
      if try hub.store.state().requests[id]?.stage.isAtWork == false { return }
    }
    Issue.record("\(id) never ends")
  }

  /// The result of a request if it has one, and the number of charges for it.
  private func outcome(_ hub: TestHub, _ id: String, sessionsBefore: Int) async throws -> (
    stage: Stage?, charges: Int
  ) {
    try await recover(hub, id)
    let charges = try await hub.sessions() - sessionsBefore
    #expect(try hub.store.logFault() == nil)
    return (try hub.stage(id), charges)
  }

  @Test(arguments: Worker.Point.ofEveryJob)
  func aWorkerThatIsKilledAtAPointLosesAndDoublesNothing(point: Worker.Point) async throws {
    let hub = try TestHub()
    try hub.enter()
    try hub.register(automatic: 9)
    // A grant that is made twice would be more generous than the officer.
    try hub.act(
      "owen",
      .draft(
        request: "grant", place: .dataset("clinic"), spec: .budget(epsilon: 12, reason: "R.")))
    try hub.act("owen", .submit(request: "grant"))
    try hub.approve("grant")
    #expect(try runAndKill(hub, at: point.rawValue))
    try await recover(hub, "grant")
    #expect(try hub.stage("grant") == .released)
    #expect(try hub.store.state().datasets["clinic"]?.balance?.grantedEpsilon == 12)

    try hub.openProject()
    try hub.act(
      "rosa",
      .draft(
        request: "twin", place: .project("study"), spec: .release(units: 4, targets: [], rows: nil))
    )
    try hub.act("rosa", .submit(request: "twin"))
    try hub.approve("twin")
    #expect(try runAndKill(hub, at: point.rawValue))
    let release = try await outcome(hub, "twin", sessionsBefore: 0)
    #expect(release.stage == .released && release.charges == 1)

    try hub.draftAnalysis("ask", units: 2)
    try hub.act("rosa", .submit(request: "ask"))
    #expect(try runAndKill(hub, at: point.rawValue))
    let answer = try await outcome(hub, "ask", sessionsBefore: 1)
    #expect(answer.stage == .released && answer.charges == 1)
  }

  /// Killed at some moment of the work itself: one charge at most, and an answer unless it says so.
  @Test func aWorkerThatIsKilledAtAnyMomentChargesOnce() async throws {
    let hub = try await prepared()
    try await hub.makeStandIn()
    var killed = 0
    for (place, milliseconds) in [15, 30, 45, 60, 80, 100, 130, 170].enumerated() {
      let id = "ask\(place)"
      var question = TestHub.question("count")
      question.conditions = ["age": ["\(place)..\(60 + place)"]]
      try hub.draftAnalysis(id, question: question)
      try hub.act("rosa", .submit(request: id))
      let before = try await hub.sessions()
      if try runAndKill(hub, at: "none", after: milliseconds) { killed += 1 }
      let (stage, charges) = try await outcome(hub, id, sessionsBefore: before)
      let failure = try hub.store.state().requests[id]?.failure
      #expect(charges == 1)
      #expect(stage == .released || failure?.isCharged == true)
    }
    #expect(killed > 0)
  }
}
