import Accounting
import Curation
import Engines
import Foundation
import Ledger
import Manifests
import MarginalSynthesis
import Policies
import Releases
import Synthesis
import Tables
import Testing

/// Everything that can be observed of a run, except the rows themselves.
private struct Sighting {
  var questions: [Question] = []
  var exchanges: [Exchange] = []
  var progress: [SynthesisProgress] = []
  var plan = Data()
  var travellingSummary: [String] = []
  var files: [String: Data] = [:]
  /// The stated sensitivity of each question, from the manifest.
  var sensitivities: [Double] = []
}

/// The taint test: with one person more or fewer and the same noisy answers, not a byte outside the
/// curator differs.
@Suite struct TaintTests {
  private static let people = Admissions.made(people: 320)

  /// Whether the release is attacked, and who decides.
  enum Trial: CaseIterable {
    case none, attacked, gated
  }

  private func run(
    _ table: Admissions, unit: PrivacyUnit, engine: Engine, probe: any Witness, trial: Trial = .none
  ) throws -> Sighting {
    let shop = try Workshop()
    try shop.write(table.csv, as: "stays.csv")
    try shop.write(Admissions.schema(unit: unit), as: "stays.yaml")
    var request = try shop.request("stays.csv", schema: "stays.yaml", epsilon: 12, engine: engine)
    request.delta = Delta(checked: 1e-3)
    request.seed = 5
    request.probe = probe
    request.now = { Date(timeIntervalSince1970: 1_800_000_000) }
    if trial != .none { request.isAttacked = true }
    if trial == .gated {
      try shop.write(GateRunTests.loose, as: "policy.yaml")
      request.policy = try PolicyFile(named: shop.file("policy.yaml").path)
      request.gateAdmitsTestRuns = true
    }
    // Small, so that the limit on the model matters.
    request.options = SynthesisOptions(modelCells: 40_000)
    var sighting = Sighting()
    sighting.plan = try sorted(Synthesis.plan(request))
    var lines: [SynthesisProgress] = []
    let summary = try Synthesis.run(request) { lines.append($0) }
    sighting.progress = lines
    sighting.exchanges = probe.exchanges
    sighting.questions = probe.exchanges.map(\.question)
    sighting.travellingSummary =
      ["\(summary.rows)", "\(summary.epsilon)", "\(summary.delta)", "\(summary.isPrivate)"]
      + summary.hazards
    for name in try FileManager.default.contentsOfDirectory(atPath: shop.file("release").path) {
      sighting.files[name] = try shop.data("release/\(name)")
    }
    try takeOutOwnersWords(&sighting)
    sighting.sensitivities = try shop.manifest().events.flatMap { record in
      [Double](
        repeating: Self.statedSensitivity(record.event), count: Self.answers(to: record.event))
    }
    return sighting
  }

  /// The key, its signature, and the keyed marks of table and ledger are random words to anyone
  /// without the owner's secret (docs/decisions/0008-signed-manifest.md), and differ in each run.
  /// Only their presence and length can be compared.
  private func takeOutOwnersWords(_ sighting: inout Sighting) throws {
    let (manifest, signature) = ("manifest.json", "manifest.signature.json")
    let read = try JSONSerialization.jsonObject(with: try #require(sighting.files[manifest]))
    var contents = try #require(read as? [String: Any])
    for key in ["marks", "signer"] {
      let words = try #require(contents[key] as? [String: String])
      contents[key] = words.mapValues(\.utf8.count)
    }
    sighting.files[manifest] = try JSONSerialization.data(
      withJSONObject: contents, options: .sortedKeys)
    #expect(sighting.files.removeValue(forKey: signature) != nil)
  }

  private func sorted(_ plan: SynthesisPlan) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return try encoder.encode(plan)
  }

  /// A run of gradients is charged once and answered step by step.
  private static func answers(to event: PrivacyEvent) -> Int {
    if case .noisyGradients(_, _, _, let steps, _, _) = event { steps } else { 1 }
  }

  private static func statedSensitivity(_ event: PrivacyEvent) -> Double {
    switch event {
    case .discreteGaussian(_, let sensitivity, _), .discreteLaplace(_, let sensitivity, _),
      .exponentialMechanism(_, _, let sensitivity, _):
      sensitivity.value
    case .partitionSelection(_, let rows, _, _): Double(rows)
    case .noisyGradients(_, _, let sensitivity, _, _, _): Double(sensitivity)
    case .composed: .nan
    }
  }

  /// All differences between the two runs; empty if there are none.
  private func differences(_ one: Sighting, _ other: Sighting) -> [String] {
    var found: [String] = []
    if one.questions != other.questions { found.append("questions") }
    if one.progress != other.progress { found.append("progress") }
    if one.plan != other.plan { found.append("plan") }
    if one.travellingSummary != other.travellingSummary { found.append("summary") }
    if one.sensitivities != other.sensitivities { found.append("sensitivities") }
    for name in Set(one.files.keys).union(other.files.keys).sorted()
    where one.files[name] != other.files[name] { found.append(name) }
    return found
  }

  /// Questions whose exact answer moved further than the stated sensitivity.
  private func excesses(_ one: Sighting, _ other: Sighting) -> [String] {
    zip(zip(one.exchanges, other.exchanges), one.sensitivities).compactMap { pair, stated in
      // With one person more, the same seed draws other samples. A person's effect on a sum is
      // tested beside the sum.
      if case .gradients = pair.0.question { return nil }
      let moved = Self.distance(pair.0.exact, pair.1.exact)
      return moved <= stated * (1 + 1e-9)
        ? nil : "\(pair.0.question.summary): moved by \(moved), stated \(stated)"
    }
  }

  private static func distance(_ first: Answer, _ second: Answer) -> Double {
    switch (first, second) {
    case (.counts(let one), .counts(let two)) where one.count == two.count:
      return norm(zip(one, two).map { Double($0 - $1) })
    case (.labels(let one), .labels(let two)):
      var moved: [String: Double] = [:]
      for label in one.labels { moved[label.label, default: 0] += Double(label.count) }
      for label in two.labels { moved[label.label, default: 0] -= Double(label.count) }
      return norm(Array(moved.values) + [Double(one.missing - two.missing)])
    case (.ticks(let one), .ticks(let two)):
      var moved: [Int64: Double] = [:]
      for tick in one.ticks { moved[tick.tick, default: 0] += Double(tick.count) }
      for tick in two.ticks { moved[tick.tick, default: 0] -= Double(tick.count) }
      return norm(Array(moved.values))
    case (.scores(let one), .scores(let two)) where one.count == two.count:
      return zip(one, two).map { abs($0 - $1) }.max() ?? 0
    default: return .infinity
    }
  }

  private static func norm(_ values: [Double]) -> Double {
    values.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  struct Neighbour: Sendable, CustomTestStringConvertible {
    let name: String
    let unit: PrivacyUnit
    let change: @Sendable (Admissions) -> Admissions
    var testDescription: String { name }
  }

  static let neighbours = [
    Neighbour(name: "a person with four rows removed", unit: Admissions.person) {
      $0.without("P1007")
    },
    Neighbour(name: "a stranger with four rows added", unit: Admissions.person) {
      $0.adding(Admissions.stranger)
    },
    Neighbour(name: "one row removed", unit: .row) { $0.without(row: 100) },
    Neighbour(name: "one row of a stranger added", unit: .row) {
      $0.adding(Admissions.stranger.prefix(1))
    },
  ]

  @Test(arguments: Engine.ofMarginals, neighbours) func nothingTellsNeighboursApart(
    _ engine: Engine, _ neighbour: Neighbour
  ) throws {
    let whole = try run(Self.people, unit: neighbour.unit, engine: engine, probe: ReplayProbe())
    let other = try run(
      neighbour.change(Self.people), unit: neighbour.unit, engine: engine,
      probe: ReplayProbe(whole.exchanges))
    #expect(
      whole.exchanges.count == whole.sensitivities.count,
      "an answer without its event, or the other way round")
    #expect(whole.exchanges.count > 10)
    #expect(Set(whole.files.keys) == Self.files)
    #expect(differences(whole, other) == [])
    #expect(excesses(whole, other) == [])
    #expect(
      zip(whole.exchanges, other.exchanges).contains { $0.exact != $1.exact },
      "the neighbour differs nowhere: the test sees nothing")
    // The table is rich enough for every kind of question to be worth asking.
    #expect(whole.questions.contains { if case .labels = $0 { true } else { false } })
    #expect(
      (engine == .independent)
        != whole.questions.contains { if case .worst = $0 { true } else { false } })
  }

  private static let files: Set<String> = [
    "synthetic.csv", "manifest.json", "model.json", "report.html", "report.json", "model-card.md",
  ]

  /// Coins are tossed in the order of the table. For the same coins to fall for the same people,
  /// neighbours must differ after everybody else.
  static let lateNeighbours = [
    Neighbour(name: "the last person removed", unit: Admissions.person) {
      $0.without($0.rows[$0.rows.count - 1][0])
    },
    Neighbour(name: "a stranger with four rows added at the end", unit: Admissions.person) {
      Admissions(rows: $0.rows + Admissions.stranger)
    },
    Neighbour(name: "the last row removed", unit: .row) { Admissions(rows: $0.rows.dropLast()) },
  ]

  /// People held out, attacks made, a policy that passes: what travels is still the same, and holds
  /// no figure of any attack.
  @Test(arguments: [Trial.attacked, .gated], lateNeighbours) func nothingOfAttacksTravels(
    _ trial: Trial, _ neighbour: Neighbour
  ) throws {
    let whole = try run(
      Self.people, unit: neighbour.unit, engine: .mst, probe: ReplayProbe(), trial: trial)
    let other = try run(
      neighbour.change(Self.people), unit: neighbour.unit, engine: .mst,
      probe: ReplayProbe(whole.exchanges), trial: trial)
    #expect(Set(whole.files.keys) == Self.files)
    #expect(differences(whole, other) == [])
    #expect(excesses(whole, other) == [])
    #expect(whole.progress.contains { $0.phase == .attacking })
    let free = try run(Self.people, unit: neighbour.unit, engine: .mst, probe: ReplayProbe())
    #expect(free.exchanges.map(\.exact) != whole.exchanges.map(\.exact), "nobody was held out")
  }

  /// The test can fail: an exact answer that leaks shows in the files, early or late in the run.
  @Test(arguments: [0, 1, 3, 6]) func aPlantedLeakIsCaught(_ skipped: Int) throws {
    let stranger = Self.people.adding(Admissions.stranger)
    let first = try run(Self.people, unit: Admissions.person, engine: .mst, probe: ReplayProbe())
    let replayed = try run(
      stranger, unit: Admissions.person, engine: .mst, probe: ReplayProbe(first.exchanges))
    let places = first.exchanges.indices.filter { place in
      guard first.exchanges[place].exact != replayed.exchanges[place].exact else { return false }
      if case .marginal = first.exchanges[place].question { return true }
      return false
    }
    let place = try #require(places.dropFirst(skipped).first)
    let whole = try run(
      Self.people, unit: Admissions.person, engine: .mst,
      probe: LeakyProbe(first.exchanges, leak: place))
    let other = try run(
      stranger, unit: Admissions.person, engine: .mst,
      probe: LeakyProbe(whole.exchanges, leak: place))
    #expect(!differences(whole, other).isEmpty)
  }

  /// The test can fail: a neighbour with two more people is too far away.
  @Test func tooFarANeighbourIsCaught() throws {
    let whole = try run(Self.people, unit: Admissions.person, engine: .mst, probe: ReplayProbe())
    let other = try run(
      Self.people.without("P1007").without("P1014").without("P1021"), unit: Admissions.person,
      engine: .mst,
      probe: ReplayProbe(whole.exchanges))
    #expect(!excesses(whole, other).isEmpty)
  }
}
