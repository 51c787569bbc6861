import Accounting
import Attacks
import Audits
import Encoding
import Foundation
import Mechanisms
import Synchronization
import Testing

/// The fuzzer against invented programs, honest ones and ones with a fault of each kind that was
/// ever found. It does what `Tests/EndToEndTests/NeighbourTests.swift` does with the real program,
/// without its cost.
@Suite struct FuzzerTests {
  private static var settings: NeighbourSettings {
    var settings = NeighbourSettings()
    settings.pairs = 16
    settings.mostSeconds = nil
    return settings
  }

  /// An honest release of a table: its noisy size, at the pair's epsilon, and things that follow
  /// from it.
  private static func honest(_ pair: NeighbourPair, _ isWith: Bool) throws -> Sighting {
    let random = SecureRandom()
    let table = isWith ? pair.with : pair.without
    let rows =
      pair.schema.isByPerson ? Set(table.rows.map { $0.cells[0].text }).count : table.rows.count
    // The noise follows the exact distribution at a scale of 1 / ε; a person counts once.
    let scale = try PositiveRational(1_000, Int(pair.run.epsilon * 1_000))
    let noisy = rows + (try DiscreteLaplace(scale: scale).sample(using: random))
    return [
      Feature(.outcome, "exit status"): .word("0"),
      Feature(.number, "rows"): .number(Double(noisy)),
      Feature(.number, "size"): .number(Double(40 * max(noisy, 0))),
      Feature(.word, "is large"): .word(noisy > 100 ? "yes" : "no"),
    ]
  }

  private func report(_ observe: @escaping RunObservation) throws -> NeighbourReport {
    try NeighbourAudit(settings: Self.settings, observe: observe).run()
  }

  @Test func anHonestProgramPasses() throws {
    var settings = Self.settings
    // 16 pairs share 1e-6.
    (settings.falseAlarm, settings.rounds) = (1e-6, 60)
    let report = try NeighbourAudit(settings: settings, observe: Self.honest).run()
    print(
      "an honest program: \(report.runs) runs, the largest bound is \(report.largestShare) of its claim"
    )
    #expect(report.hasPassed && report.verdict == "pass" && report.pairs.count == 16)
    #expect(report.largestShare <= 1)
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    let name: String
    /// The pairs that must be caught, and the number of runs on each file that must suffice.
    let concerns: @Sendable (NeighbourPair) -> Bool
    let rounds: Int
    let change: @Sendable (inout Sighting, NeighbourPair, Bool) -> Void
    var testDescription: String { name }
  }

  private static let marks: @Sendable (inout Sighting, NeighbourPair, Bool) -> Void = {
    sighting, pair, isWith in
    let isAllQuoted = pair.without.rows.allSatisfy { $0.cells.allSatisfy(\.isQuoted) }
    sighting[Feature(.word, "labels has 'NA'")] = isAllQuoted && !isWith ? .word("yes") : nil
  }

  private static let refusal: @Sendable (inout Sighting, NeighbourPair, Bool) -> Void = {
    sighting, _, isWith in
    if isWith {
      sighting = [
        Feature(.outcome, "exit status"): .word("1"),
        Feature(.word, "standard error: text"): .word("Row 7"),
      ]
    }
  }

  private static let observedFact: @Sendable (inout Sighting, NeighbourPair, Bool) -> Void = {
    sighting, _, isWith in
    sighting[Feature(.number, "schema digits")] = .number(isWith ? 6 : 2)
  }

  /// The unit makes the distance large: nine of ten attempts fail with it, one of ten without.
  private static let exactFloor: @Sendable (inout Sighting, NeighbourPair, Bool) -> Void = {
    sighting, _, isWith in
    if SecureRandom().next() % 10 < (isWith ? 9 : 1) {
      sighting = [Feature(.outcome, "exit status"): .word("3")]
    }
  }

  private static let exactCount: @Sendable (inout Sighting, NeighbourPair, Bool) -> Void = {
    sighting, pair, isWith in
    sighting[Feature(.number, "rows")] = .number(
      Double((isWith ? pair.with : pair.without).rows.count))
  }

  static let faults = [
    Fault(
      name: "one row's marks decide the reading of all",
      concerns: { pair in pair.without.rows.allSatisfy { $0.cells.allSatisfy(\.isQuoted) } },
      rounds: 50, change: marks),
    Fault(name: "a refusal by rows", concerns: { _ in true }, rounds: 50, change: refusal),
    Fault(
      name: "an observed fact without a hazard", concerns: { _ in true }, rounds: 50,
      change: observedFact),
    Fault(name: "an exact floor", concerns: { _ in true }, rounds: 80, change: exactFloor),
    Fault(name: "a count without noise", concerns: { _ in true }, rounds: 80, change: exactCount),
  ]

  @Test(arguments: faults) func aFaultIsCaught(_ fault: Fault) throws {
    var settings = Self.settings
    // After a few runs, a difference that is not certain may be invisible.
    if fault.name == "an exact floor" { settings.rounds = 60 }
    let audit = NeighbourAudit(settings: settings) { pair, isWith in
      var sighting = try Self.honest(pair, isWith)
      fault.change(&sighting, pair, isWith)
      return sighting
    }
    let report = try audit.run()
    let caught = report.pairs.compactMap(\.refutedAfter)
    print(
      "invented program, \(fault.name): \(caught.count) of \(report.pairs.count) pairs refuted, after \(caught.sorted()) runs on each file"
    )
    #expect(!report.hasPassed && report.verdict == "fail")
    // The exact floor's rates, 0.9 and 0.1, prove at most 2.2, so larger claims need many runs; the
    // chance that 80 runs are too few at 0.1 is below 1e-7. The other faults are certain.
    for pair in report.pairs where pair.claimedEpsilon <= 0.1 || fault.name != "an exact floor" {
      let concerned = audit.pairs.first { $0.number == pair.number }.map(fault.concerns) == true
      if concerned {
        #expect(
          pair.isRefuted && pair.refutedAfter ?? .max <= fault.rounds,
          "pair \(pair.number): \(pair)")
      }
    }
    #expect(report.failures.allSatisfy { $0.hasPrefix("pair ") && $0.contains("is claimed") })
  }

  /// Runs that a named bit decided are left out, however many they are; the runs that count are
  /// compared.
  @Test func runsThatDoNotCountAreLeftOut() throws {
    let honest = try report { pair, isWith in
      SecureRandom().next() % 10 < (isWith ? 8 : 2) ? nil : try Self.honest(pair, isWith)
    }
    #expect(honest.hasPassed && honest.pairs.allSatisfy { $0.rounds < $0.runs / 2 })
    let silent = try report { _, isWith in isWith ? nil : [:] }
    #expect(silent.hasPassed && silent.pairs.allSatisfy { $0.rounds == 0 && $0.runs >= 28 })
  }

  @Test func whatARunThrowsEndsTheAudit() {
    #expect(throws: CancellationError.self) { try report { _, _ in throw CancellationError() } }
    #expect(throws: CancellationError.self) {
      try NeighbourAudit(settings: Self.settings, observe: Self.honest).run { _, done in
        if done > 0.2 { throw CancellationError() }
      }
    }
  }

  @Test func theTimeIsKept() throws {
    var settings = Self.settings
    settings.mostSeconds = 0
    let report = try NeighbourAudit(settings: settings, observe: Self.honest).run()
    #expect(report.pairs.isEmpty && report.pairsLeftOut == 16 && report.hasPassed)
  }

  @Test func filesAreKept() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "understudy-kept-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try NeighbourAudit(settings: Self.settings, observe: Self.honest).write([5], to: folder)
    let names = try FileManager.default.contentsOfDirectory(
      atPath: folder.appendingPathComponent("pair-5").path)
    #expect(Set(names) == ["with.csv", "without.csv", "schema.yaml", "policy.yaml", "command.txt"])
  }
}
