import AdversarialSynthesis
import Foundation
import Ledger
import Manifests
import MarginalSynthesis
import Releases
import Synthesis
import Tables
import Testing

/// How many rows a release has if nobody asked for a number: a learned number, within a public
/// limit.
@Suite struct RowLimitTests {
  /// With next to no budget, the learned number of rows is pure noise of any size. The releases
  /// stay small, whatever the noise.
  @Test(arguments: [Engine.aim, .mst, .independent, .gem])
  func aTinyEpsilonWritesNoMoreThanTenTimesTheTable(_ engine: Engine) throws {
    let shop = try Workshop()
    try shop.write(Admissions.made(people: 60).csv, as: "stays.csv")
    var schema = Admissions.schema(unit: Admissions.person)
    schema.approximateRows = 100
    try shop.write(schema, as: "stays.yaml")
    var rows: [Int] = []
    for run in 0..<4 {
      var request = try shop.request(
        "stays.csv", schema: "stays.yaml", epsilon: 1e-12, engine: engine, output: "release\(run)")
      // A separate ledger for each: a whole budget of 1e-12.
      request.ledger = shop.file("ledger\(run).sqlite")
      request.comparesWithOriginal = false
      let summary = try Synthesis.run(request)
      let written = summary.rows
      let bytes = try shop.data("release\(run)/synthetic.csv").count
      #expect((1...1_000).contains(written) && bytes < 1_000_000, "\(written) rows, \(bytes) bytes")
      #expect(
        try JSONDecoder().decode(Manifest.self, from: shop.data("release\(run)/manifest.json")).rows
          == written)
      let message = summary.ownerMessages.first { $0.contains("ten times what the schema says") }
      #expect((message != nil) == (written == 1_000), "\(summary.ownerMessages)")
      rows.append(written)
    }
    // The noise is symmetric, so with probability 1 in 16 for each engine all four runs fall below
    // the limit and the test proves nothing.
    print("rows at an epsilon of 1e-12, \(engine): \(rows)")
  }

  @Test func whatTheOwnerAsksForIsWritten() throws {
    let shop = try Workshop()
    try shop.write(Admissions.made(people: 60).csv, as: "stays.csv")
    var schema = Admissions.schema(unit: Admissions.person)
    schema.approximateRows = 2
    try shop.write(schema, as: "stays.yaml")
    var request = try shop.request(
      "stays.csv", schema: "stays.yaml", epsilon: 20, engine: .independent, output: "limited")
    let limited = try Synthesis.run(request)
    #expect(
      limited.rows == 20
        && limited.ownerMessages.contains {
          $0.hasPrefix("20 rows were written, ten times what the schema says")
        })
    request = try shop.request(
      "stays.csv", schema: "stays.yaml", epsilon: 20, engine: .independent, output: "asked")
    request.ledger = shop.file("second.sqlite")
    request.rows = 333
    let asked = try Synthesis.run(request)
    #expect(asked.rows == 333 && !asked.ownerMessages.contains { $0.contains("rows were written") })
    let more = SampleRequest(
      release: shop.file("limited"), rows: 555, output: shop.file("more.csv"))
    #expect(try Synthesis.sample(more) == 555, "sample draws what it is told")
  }

  /// The rule itself: ten times the publicly known number, never a number seen in the rows.
  @Test func theLimitIsPublic() {
    func limit(_ about: Int?, origin: Schema.Origin = .declared) -> Int {
      RowLimit(Schema(name: "t", approximateRows: about, columns: [], origin: origin)).rows
    }
    #expect(
      limit(nil) == 10_000_000 && limit(20_000) == 200_000 && limit(0) == 1 && limit(.max) == .max)
    #expect(limit(20_000, origin: .inferred) == 10_000_000)
    let schema = Schema(name: "t", approximateRows: 100, columns: [])
    #expect(RowLimit(schema).settle(asked: nil, learned: 1_000).message == nil)
    #expect(RowLimit(schema).settle(asked: nil, learned: 1_001).rows == 1_000)
    #expect(RowLimit(schema).settle(asked: 5_000, learned: 7) == (5_000, nil))
  }
}
