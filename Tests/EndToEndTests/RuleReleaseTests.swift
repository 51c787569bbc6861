import AdversarialSynthesis
import DelimitedText
import Foundation
import MarginalSynthesis
import Releases
import SchemaFiles
import Synthesis
import Tables
import Testing

/// Rules hold in every row of a release, whatever the engine and however much of the model is
/// noise.
@Suite struct RuleReleaseTests {
  private static let rows = 5_000

  private func release(
    _ csv: String, schema: String = RuledStays.schema, engine: Engine, epsilon: Double,
    rows: Int = rows
  ) throws
    -> Workshop
  {
    let shop = try Workshop()
    try shop.write(csv, as: "stays.csv")
    try shop.write(schema, as: "stays.yaml")
    var request = try shop.request(
      "stays.csv", schema: "stays.yaml", epsilon: epsilon, engine: engine)
    request.rows = rows
    request.seed = 7
    _ = try Synthesis.run(request)
    return shop
  }

  @Test(arguments: [Engine.independent, .mst, .aim, .gem, .gan])
  func noRowBreaksARule(_ engine: Engine) throws {
    let shop = try release(RuledStays.csv(rows: 60_000), engine: engine, epsilon: 0.05)
    let found = RuledStays.judge(try shop.text("release/synthetic.csv"))
    #expect(found.broken.isEmpty, "\(found.broken)")
    #expect(found.rows == Self.rows)
    // No rule is kept merely by leaving its columns out.
    for name in [
      "ward", "age", "status", "left", "systolic", "diastolic", "total", "amount", "low", "high",
      "code",
    ] {
      #expect(found.filled[name] ?? 0 > Self.rows / 50, "\(name): \(found.filled[name] ?? 0)")
    }
    let sampled = shop.file("more.csv")
    var more = SampleRequest(
      release: shop.file("release"), rows: 1_000,
      conditions: [(column: "ward", value: "paediatrics")], output: sampled)
    more.seed = 3
    #expect(try Synthesis.sample(more) == 1_000)
    let again = RuledStays.judge(try shop.text("more.csv"))
    #expect(again.broken.isEmpty, "\(again.broken)")
    #expect(again.filled["age"] ?? 0 > 100)
  }

  /// With so few rows, many columns stay empty, which must not break a rule about presence.
  @Test(arguments: [Engine.independent, .mst])
  func emptyColumnsBreakNoRule(_ engine: Engine) throws {
    for epsilon in [0.3, 3] {
      let shop = try release(
        RuledStays.csv(rows: 1_500), engine: engine, epsilon: epsilon, rows: 1_000)
      let found = RuledStays.judge(try shop.text("release/synthetic.csv"))
      #expect(found.broken.isEmpty, "\(found.broken)")
    }
  }

  @Test func rowsOfTheOriginalThatBreakRulesAreCountedAndDoNoHarm() throws {
    let csv = RuledStays.csv(rows: 20_000, broken: 50)
    let shop = try release(csv, engine: .mst, epsilon: 3)
    #expect(RuledStays.judge(try shop.text("release/synthetic.csv")).broken.isEmpty)
    let schema = try SchemaFile.read(shop.file("stays.yaml"))
    let table = try TableReader.read(shop.file("stays.csv"), under: schema, columns: .anyDescribed)
      .table
    let found = schema.mismatches(with: table).filter {
      [.ruleBroken, .orderBroken].contains($0.kind)
    }
    #expect(found.count >= 6, "\(found)")
    #expect(
      found.contains {
        $0.note.contains(
          "of 20000 rows break the rule `net + tax = total`; 'total' counts as computed")
      }, "\(found)")
  }

  /// The model allows only 12 combinations: the release has that many rows, and the owner is told.
  @Test func tooFewCombinationsAreSaid() throws {
    let schema = """
      {version: 5, facts: declared, columns: [{name: a, type: category, missing: no, categories: [x, y, z]},
      {name: b, type: integer, missing: no, bounds: [1, 4]}], rules: [{unique: [a, b]}]}
      """
    let shop = try Workshop()
    let lines = (0..<4_000).map { "\(["x", "y", "z"][$0 % 3]),\(1 + $0 / 3 % 4)" }
    try shop.write("a,b\n" + lines.joined(separator: "\n") + "\n", as: "t.csv")
    try shop.write(schema, as: "t.yaml")
    var request = try shop.request("t.csv", schema: "t.yaml", epsilon: 10)
    request.seed = 1
    let summary = try Synthesis.run(request)
    let rows = try shop.text("release/synthetic.csv").split(separator: "\n").dropFirst()
    #expect(rows.count == 12 && Set(rows).count == 12)
    #expect(
      summary.rows == 12
        && summary.ownerMessages.contains { $0.contains("12 of ") && $0.contains("unique: [a, b]") },
      "\(summary)")
  }
}
