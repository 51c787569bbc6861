import Foundation
import HubLog
import HubRecords
import HubRights
import HubStore
import HubWork
import Testing
import Understudy

/// Processes that are killed at each point of the journal: nothing is charged twice, no answer is
/// lost, none is drawn again with other noise, and an act is done whole or not at all.
@Suite(.serialized) struct CrashTests {
  /// A point at which a process is killed.
  enum Point: Sendable, CustomStringConvertible {
    /// A point of a worker.
    case worker(Worker.Point)
    /// A point of the transaction of this number in a worker: claim, mark, end.
    case work(HubStore.Point, Int)
    /// A point of the transaction of an act, as the pages write it.
    case act(HubStore.Point)

    static let all: [Point] =
      Worker.Point.ofEveryJob.map { .worker($0) }
      + (1...3).flatMap { number in HubStore.Point.allCases.map { .work($0, number) } }
      + HubStore.Point.allCases.map { .act($0) }

    var description: String {
      switch self {
      case .worker(let point): "worker \(point.rawValue)"
      case .work(let point, let number): "transaction \(number) \(point.rawValue)"
      case .act(let point): "act \(point.rawValue)"
      }
    }

    func arguments(_ id: String) -> [String] {
      switch self {
      case .worker(let point): [point.rawValue]
      case .work(let point, let number): [point.rawValue, "\(number)"]
      case .act(let point): [point.rawValue, "1", id]
      }
    }

    /// Whether the process dies before anything it did can be seen.
    var isBeforeTheAct: Bool {
      if case .act(let point) = self { point != .committed } else { false }
    }
  }

  static let isLong = ProcessInfo.processInfo.environment["UNDERSTUDY_LONG_TESTS"] != nil

  private func prepared(_ csv: String? = nil) async throws -> TestHub {
    let hub = try TestHub()
    if let csv { try Data(csv.utf8).write(to: hub.table) }
    try hub.enter()
    try hub.register(automatic: 9)
    try await hub.grant(20)
    try hub.openProject(units: 60)
    try await hub.makeStandIn()
    return hub
  }

  /// - Returns: Whether the process was killed.
  private func run(_ hub: TestHub, _ arguments: [String]) throws -> Bool {
    let process = Process()
    process.executableURL = Bundle.main.executableURL?.deletingLastPathComponent()
      .appending(path: "HubKillProbe")
    process.arguments = [hub.folder.path] + arguments
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationReason == .uncaughtSignal
  }

  /// The answer in the vault; nil if there is none.
  private func answer(_ hub: TestHub, _ id: String) -> Data? {
    try? Data(contentsOf: hub.store.folder.result(of: id).appending(path: "answer.json"))
  }

  @Test func nothingIsLostOrDoneTwice() async throws {
    #expect(Point.all.count == 20)
    var (killed, released, charged) = (0, 0, 0)
    let rounds = Self.isLong ? 5 : 1
    for round in 0..<rounds {
      let hub = try await prepared()
      for (place, point) in Point.all.enumerated() {
        // Every fourth point in a short run, each in turn over the rounds of a long one.
        guard Self.isLong || place % 4 == 1 else { continue }
        let id = "ask\(place)"
        var question = TestHub.question("count")
        question.conditions = ["age": ["\(place + round)..\(60 + place)"]]
        try hub.draftAnalysis(id, question: question)
        let before = try await hub.sessions()
        if case .act = point {
          #expect(try run(hub, point.arguments(id)), "\(point)")
          #expect(try hub.stage(id) == (point.isBeforeTheAct ? .draft : .queued), "\(point)")
          if point.isBeforeTheAct { try hub.act("rosa", .submit(request: id)) }
        } else {
          try hub.act("rosa", .submit(request: id))
          #expect(try run(hub, point.arguments(id)), "\(point)")
        }
        killed += 1
        #expect(try hub.store.logFault() == nil, "\(point)")
        let early = answer(hub, id)
        try await recover(hub, id)
        let charges = try await hub.sessions() - before
        #expect(charges == 1, "\(point): \(charges)")
        #expect(try hub.stage(id) == .released, "\(point)")
        charged += charges
        if try hub.stage(id) == .released { released += 1 }
        let final = try #require(answer(hub, id))
        #expect(early == nil || early == final, "\(point)")
        // The same question again is the same answer, at no cost.
        try hub.draftAnalysis("\(id)-again", by: "rudi", question: question)
        try hub.act("rudi", .submit(request: "\(id)-again"))
        #expect(try hub.store.state().requests["\(id)-again"]?.answeredBy == id, "\(point)")
        #expect(try await hub.sessions() - before == 1)
        let lines = try hub.store.log().lines.filter { $0.contains("\"\(id)\"") }
        for word in ["submitted", "queued", "finished"] {
          #expect(lines.count { $0.contains("\"\(word)\"") } == 1, "\(point) \(word)")
        }
      }
    }
    print("killed \(killed), charged \(charged), released \(released)")
    #expect(released == killed && charged == killed)
  }

  private func recover(_ hub: TestHub, _ id: String) async throws {
    for _ in 0..<20 {
      hub.clock.pass(60)
      try await hub.worker().step()
      if try hub.store.state().requests[id]?.stage.isAtWork == false { return }
    }
    Issue.record("\(id) never ends")
  }

  // MARK: Canaries

  /// Fifty marked words, in cells, names and passwords, right ones and wrong ones: none is in the
  /// database, the log, or what the programs write, also as they are killed.
  @Test func noMarkedWordIsAnywhereButInTheVault() async throws {
    let marks = (0..<50).map { "kanarie\($0)x\(UUID().uuidString.prefix(8).lowercased())" }
    var csv = TestHub.csv(rows: 300)
    for mark in marks.prefix(40) { csv += "F,\(mark),40,yes\n\(mark),North,41,no\n" }
    let hub = try await prepared(csv)
    var text = ""
    for (place, mark) in marks.suffix(10).enumerated() {
      _ = try hub.store.signIn(
        place % 2 == 0 ? "rosa" : mark, password: mark, code: mark, device: "test",
        at: hub.clock.now)
      hub.clock.pass(1000)
    }
    for (place, point) in ["marked", "working", "none"].enumerated() {
      let id = "q\(place)"
      var question = TestHub.question("count", by: ["ward"])
      question.conditions = ["age": ["\(place)..90"]]
      try hub.draftAnalysis(id, question: question)
      try hub.act("rosa", .submit(request: id))
      text += try output("HubKillProbe", [hub.folder.path, point])
      text += try output("understudy-hub", ["work", "--once", "--folder", hub.folder.path])
    }
    text += try output("understudy-hub", ["verify", "--folder", hub.folder.path])
    #expect(text.contains("The log is whole"))
    text += try hub.store.log().text()
    for name in ["hub.sqlite", "hub.sqlite-wal", "ledger.sqlite", "ledger.sqlite-wal"] {
      let data = (try? Data(contentsOf: hub.folder.appending(path: name))) ?? Data()
      text += String(decoding: data, as: UTF8.self)
    }
    for mark in marks { #expect(!text.contains(mark)) }
  }

  /// Everything that a program writes.
  private func output(_ program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = Bundle.main.executableURL?.deletingLastPathComponent()
      .appending(path: program)
    process.arguments = arguments
    let pipe = Pipe()
    (process.standardError, process.standardOutput) = (pipe, pipe)
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text
  }
}
