import Accounting
import Curation
import Foundation
import Ledger
import Manifests
import Policies
import Releases
import Tables
import Testing

/// Floors under the usefulness of a release. If noise drowns a floor, the plan is refused;
/// otherwise answers that are paid for decide.
@Suite struct FloorTests {
  /// A column of yes and no, and a column whose values are all different.
  private static func table(_ rows: Int) -> String {
    "ill,code\n"
      + (0..<rows).map { "\($0 % 5 < 2 ? "yes" : "no"),K\($0)x\($0 * 7919 % 10_007)\n" }.joined()
  }

  private static func schema(columns: Int, rows: Int?) -> Schema {
    let all = [
      ColumnSchema(name: "ill", type: .category, categories: .declared(["yes", "no"])),
      ColumnSchema(name: "code", type: .category),
    ]
    return Schema(
      name: "g", approximateRows: rows, unit: .row, columns: Array(all.prefix(columns)), rules: [])
  }

  private static func policy(_ utility: String) -> String {
    "version: 1\npolicy: tight\nepsilon: any\ndelta: any\nunit: any\nprovenance: any\nidentifiers: any\n"
      + "attacks: any\nutility: {\(utility)}\n"
  }

  private func shop(_ rows: Int, columns: Int = 1, declared: Int? = nil, _ utility: String) throws
    -> Workshop
  {
    let shop = try Workshop()
    let lines = Self.table(rows).split(separator: "\n").map {
      columns == 1 ? $0.prefix { $0 != "," } : $0
    }
    try shop.write(lines.joined(separator: "\n") + "\n", as: "x.csv")
    try shop.write(Self.schema(columns: columns, rows: declared), as: "g.yaml")
    try shop.write(Self.policy(utility), as: "p.yaml")
    return shop
  }

  private func request(_ shop: Workshop, epsilon: Double = 1, output: String = "release") throws
    -> SynthesisRequest
  {
    var request = try shop.request("x.csv", schema: "g.yaml", epsilon: epsilon, output: output)
    request.policy = try PolicyFile(named: shop.file("p.yaml").path)
    return request
  }

  /// A regression case: a floor that only tables next to the truth can meet. No row is read.
  @Test(arguments: [nil, 300]) func aFloorFinerThanItsNoiseIsRefusedBeforeAnythingIsCharged(
    _ declared: Int?
  ) throws {
    let shop = try shop(
      300, declared: declared, "column distance: {at most: 0.0009}, pair distance: any")
    let before = try shop.names()
    for work in [{ _ = try Synthesis.run($0) }, { _ = try Synthesis.plan($0) }]
      as [(SynthesisRequest) throws -> Void]
    {
      let refusal = try #require(throws: GateRefusal.self) { try work(try request(shop)) }
      let line = try #require(refusal.verdict.failures.first)
      #expect(
        !refusal.isCharged && refusal.verdict.failures.count == 1 && line.name == "column-distance")
      #expect(line.found.contains("the smallest limit that can be judged is 0."), "\(line.found)")
      #expect(
        line.found.contains(
          declared == nil ? "1,000 rows, which are supposed" : "300 rows, as the schema says"))
      #expect(line.remedy.contains("rows: {about: N") == (declared == nil))
    }
    #expect(try shop.names() == before)
  }

  /// The limit that the refusal names is the limit that works: just below it the plan is refused,
  /// and at it the plan is accepted.
  @Test func theSmallestLimitIsTold() throws {
    let shop = try shop(
      3000, declared: 3000, "column distance: {at most: 0.0009}, pair distance: any")
    let refusal = try #require(throws: GateRefusal.self) { try Synthesis.plan(try request(shop)) }
    let words = try #require(refusal.verdict.failures.first?.found.split(separator: " ").last)
    let smallest = try #require(Double(words))
    try shop.write(
      Self.policy("column distance: {at most: \(smallest - 0.0002)}, pair distance: any"),
      as: "p.yaml")
    #expect(throws: GateRefusal.self) { try Synthesis.plan(try request(shop)) }
    try shop.write(
      Self.policy("column distance: {at most: \(smallest)}, pair distance: any"), as: "p.yaml")
    let plan = try Synthesis.plan(try request(shop))
    #expect(
      abs((plan.shares["judgement"] ?? 0) - 4) < 1e-9
        && abs(plan.shares.values.reduce(0, +) - 100) < 1e-6)
    // The number of rows is learned with noise. At one and a half times the limit, the floor is
    // judged whatever that number turns out to be.
    try shop.write(
      Self.policy("column distance: {at most: \(smallest * 1.5)}, pair distance: any"), as: "p.yaml"
    )
    _ = try Synthesis.run(request(shop))
  }

  /// The schema promises ten million rows and there are 300. Only the costs of the row count and of
  /// the domain are charged.
  @Test func aNumberOfRowsThatIsWrongIsFoundEarly() throws {
    let shop = try shop(
      300, declared: 10_000_000, "column distance: {at most: 0.0009}, pair distance: any")
    let refusal = try #require(throws: GateRefusal.self) { try Synthesis.run(try request(shop)) }
    #expect(refusal.isCharged && refusal.epsilon > 0 && refusal.epsilon < 0.95)
    #expect(refusal.verdict.failures.map(\.name) == ["column-distance"])
    #expect(refusal.verdict.failures[0].found.contains("as was learned"))
    #expect(!shop.exists("release"))
    let session = try #require(
      try Ledger(at: shop.file("ledger.sqlite")).report(furtherDelta: Delta(1e-9)).datasets.first?
        .sessions.first)
    #expect(session.state == .closed && session.charged.rho.value < session.reserved.rho.value)
  }

  /// A floor that is met was judged by a paid answer: it is in the ledger and in the manifest, and
  /// is not a hazard. Others can check all that is checkable.
  @Test func aFloorThatIsMetIsPaidForAndTravels() throws {
    let shop = try shop(
      4000, columns: 1, declared: 4000,
      "column distance: {at most: 0.05}, pair distance: {at most: 0.3}")
    _ = try Synthesis.run(request(shop))
    let manifest = try shop.manifest()
    let gate = try #require(manifest.gate)
    let score = try #require(gate.scores?.first)
    // A single column has no pairs.
    #expect(
      gate.scores?.count == 1 && score.name == "column-distance" && score.distance <= 0.05
        && score.noise > 0.001 && score.noise < 0.02)
    #expect(
      gate.lines.contains { $0.name == "column-distance" && $0.outcome == .met }
        && gate.attested.isEmpty)
    #expect(!manifest.hazards.contains(.gateDecision) && manifest.attempts?.count == 1)
    let events = manifest.events.filter { $0.purpose == .judgement }
    #expect(events.count == 1 && events[0].question == .distance(marginals: 1, columns: 1))
    let share = (manifest.spending.byPurpose["judgement"] ?? 0) / manifest.guarantee.rho
    #expect(share > 0.02 && share < 0.5)
    #expect(manifest.guarantee.epsilon == 1)
    var verification = ReleaseVerification(release: shop.file("release"))
    verification.ledger = shop.file("ledger.sqlite")
    #expect(try verification.run().isPassed)
    let report = try shop.text("release/report.html")
    #expect(report.contains("How close it is") && report.contains("are together within ε = 1"))
    let forged = try JSONDecoder().decode(
      Manifest.self,
      from: Data(
        try shop.text("release/manifest.json").replacing(
          "\"limit\" : 0.05", with: "\"limit\" : 0.5"
        ).utf8))
    #expect(ReleaseVerification.checkPolicy(forged)?.outcome == .failed)
  }

  /// In a column none of whose values is kept, every row is in the wrong place, so the mean over
  /// two columns is about a half.
  @Test func aFloorThatIsNotMetIsRefused() throws {
    let shop = try shop(
      3000, columns: 2, declared: 3000, "column distance: {at most: 0.3}, pair distance: any")
    let refusal = try #require(throws: GateRefusal.self) { try Synthesis.run(try request(shop)) }
    let line = try #require(refusal.verdict.failures.first)
    #expect(
      refusal.isCharged && refusal.verdict.failures.count == 1 && line.name == "column-distance")
    let figure = try #require(Double(line.found.prefix { $0 != "," }))
    #expect(abs(figure - 0.5) < 0.06, "\(line.found)")
  }

  /// No answer of small sensitivity tells how well a model of the original predicts. A floor under
  /// predictions therefore decides nothing, and the owner is told.
  @Test func aPredictionIsAssessedAfterwards() throws {
    let shop = try Workshop()
    try shop.write(Admissions.made(people: 300).csv, as: "x.csv")
    try shop.write(Admissions.schema(unit: .row), as: "g.yaml")
    try shop.write(
      Self.policy("column distance: any, pair distance: any, prediction: {at least: 1}"),
      as: "p.yaml")
    // By chance, a model of few people may predict as well as one of the original.
    var request = try request(shop)
    (request.seed, request.gateAdmitsTestRuns) = (1, true)
    let summary = try Synthesis.run(request)
    #expect(summary.laterFailures.count == 1 && summary.laterFailures[0].contains("'ill'"))
    let manifest = try shop.manifest()
    #expect(
      !manifest.hazards.contains(.gateDecision)
        && manifest.gate?.assessedAfterwards?.map(\.name) == ["prediction"])
  }
}
