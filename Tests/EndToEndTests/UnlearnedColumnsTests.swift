import Foundation
import Manifests
import Releases
import Tables
import Testing

/// A column that was not learned is empty, and every part of a release reports that; no made-up
/// value replaces it.
@Suite struct UnlearnedColumnsTests {
  private static let modelled = [
    "age", "income", "town", "ward", "admitted", "discharged", "code", "meaning", "ill",
  ]

  private func release(epsilon: Double, people: Int = 150) throws -> (
    shop: Workshop, summary: SynthesisSummary
  ) {
    let shop = try Workshop()
    try shop.write(Admissions.made(people: people).csv, as: "stays.csv")
    try shop.write(Admissions.schema(unit: .row), as: "stays.yaml")
    var request = try shop.request("stays.csv", schema: "stays.yaml", epsilon: epsilon)
    request.seed = 5
    return (shop, try Synthesis.run(request))
  }

  /// The names of a table's columns in which no cell is filled.
  private func emptyColumns(of table: Table) -> [String] {
    table.columns.map(\.name).filter { name in table.texts(name).allSatisfy { $0 == nil } }
  }

  @Test func `nothing is made up where nothing was learned`() throws {
    let (shop, summary) = try release(epsilon: 1e-4)
    #expect(summary.learnedColumns == 0 && summary.unlearned == Self.modelled)
    let manifest = try shop.manifest()
    #expect(manifest.unlearned == Self.modelled && manifest.hazards.contains(.unlearnedColumns))
    // This includes columns that the schema declares: their counts held nothing but noise.
    #expect(
      Set(emptyColumns(of: try shop.synthetic(under: Admissions.schema(unit: .row)))).isSuperset(
        of: Self.modelled))
    #expect(try ReleaseVerification(release: shop.file("release")).run().isPassed)
    for name in ["report.html", "model-card.md"] {
      let text = try shop.text("release/\(name)")
      #expect(
        text.contains("and is empty") && text.contains("every cell of them is empty"), "\(name)")
    }
  }

  /// Whatever the budget, a column is listed if and only if it is empty, and everything derived
  /// from a listed column is listed too.
  @Test(arguments: [0.02, 0.05, 0.1, 0.2, 0.5, 1, 3]) func `a column is either learned or empty`(
    epsilon: Double
  ) throws {
    let (shop, summary) = try release(epsilon: epsilon)
    let table = try shop.synthetic(under: Admissions.schema(unit: .row))
    #expect(emptyColumns(of: table).filter(Self.modelled.contains) == summary.unlearned)
    #expect(summary.learnedColumns + summary.unlearned.count == Self.modelled.count)
    #expect(try shop.manifest().unlearned == summary.unlearned)
    if summary.unlearned.contains("admitted") { #expect(summary.unlearned.contains("discharged")) }
    #expect(summary.unlearned.contains("code") == summary.unlearned.contains("meaning"))
    // Every row of the file still has all its cells.
    #expect(table.rowCount == summary.rows)
  }

  @Test func `more rows are empty in the same columns, and no condition can be put on them`() throws
  {
    let (shop, summary) = try release(epsilon: 0.1)
    let empty = try #require(summary.unlearned.first)
    func sample(_ conditions: [(column: String, value: String)]) throws {
      _ = try Synthesis.sample(
        SampleRequest(
          release: shop.file("release"), rows: 20, conditions: conditions,
          output: shop.file("more.csv")))
    }
    for value in ["47", "", "40..50"] {
      #expect(throws: ReleaseError.conditionUnlearned(column: empty)) {
        try sample([(empty, value)])
      }
    }
    try sample([])
    let lines = try shop.text("more.csv").split(separator: "\n")
    let place = try #require(lines[0].split(separator: ",").map(String.init).firstIndex(of: empty))
    for line in lines.dropFirst() {
      #expect(
        line.split(separator: ",", omittingEmptySubsequences: false)[place].isEmpty, "\(line)")
    }
  }

  /// Seeded: with other noise, a column in a hundred stands out of it by chance.
  @Test(.enabled(if: Command.built != nil, Command.absence))
  func `the program says so by its exit code`() throws {
    let command = try #require(Command.built)
    let shop = try Workshop()
    try shop.write(Admissions.made(people: 60).csv, as: "stays.csv")
    try shop.write(Admissions.schema(unit: .row), as: "stays.yaml")
    let words = [
      "synthesize", "stays.csv", "--schema", "stays.yaml", "--engine", "independent",
      "--no-owner-report", "--seed", "4",
    ]
    let empty = try command.run(words + ["--epsilon", "0.0001", "-o", "empty"], in: shop)
    #expect(empty.status == 3 && shop.exists("empty/manifest.json"), "\(empty.all)")
    #expect(empty.flat.contains("Nothing could be learned about any column"))
    let allowed = try command.run(
      words + [
        "--epsilon", "0.0001", "--delta", "1e-10", "-o", "allowed", "--allow-empty", "--json",
        "--ledger", "other.sqlite",
      ], in: shop)
    #expect(
      allowed.status == 0 && allowed.output.contains("\"learnedColumns\" : 0"), "\(allowed.all)")
    let learned = try command.run(
      words + ["--epsilon", "20", "-o", "learned", "--ledger", "third.sqlite"], in: shop)
    #expect(learned.status == 0, "\(learned.all)")
  }
}
