import Accounting
import Basics
import Curation
import DomainLearning
import Encoding
import GraphicalModels
import Ledger
import MarginalSynthesis
import Synthesis
import Tables
import Testing

/// People whose rows are all alike are learned as well as if each of them had one row.
@Suite struct RowsOfPeopleTests {
  private final class Purse: BudgetSession {
    func charge(_ event: PrivacyEvent) {}
  }

  private static let people = 600
  private static let codes = 6

  /// A code of each person, and another that mostly repeats it.
  private static let values: [(Int64, Int64)] = {
    var generator = SamplingGenerator(seed: 77)
    return (0..<people).map { _ in
      let first = Int64(generator.below(codes))
      return (first, generator.below(5) == 0 ? Int64(generator.below(codes)) : first)
    }
  }()

  /// Returns the distance of the fitted pair from that of the table.
  private func error(rows: Int, seed: UInt64) throws -> Double {
    let who = (0..<Self.people * rows).map { Int64($0 / rows) }
    let columns = [
      who, who.map { Self.values[Int($0)].0 }, who.map { Self.values[Int($0)].1 },
    ]
    let names = ["who", "a", "b"]
    let table = Table(
      columns: zip(names, columns).map { Column(name: $0, type: .integer, cells: .ticks($1)) })
    var described = names.dropFirst().map {
      ColumnSchema(name: $0, type: .integer, bounds: .declared(0...5))
    }
    described.insert(ColumnSchema(name: "who", type: .identifier, role: .identifier(.code)), at: 0)
    let schema = Schema(
      name: "people", unit: .person(column: "who", maximumRows: rows), columns: described)
    let curator = Curator(
      seeded: SensitiveTable(table: table), blueprint: try Blueprint(schema: schema),
      budget: Purse(), seed: seed)
    let learned = try DomainLearner(
      curator: curator, rho: Rho(checked: 0.2), delta: .zero, binCount: { _, _ in 12 }
    ).learn()
    let context = FitContext(
      curator: curator, learned: learned, rho: Rho(checked: 0.05), options: SynthesisOptions())
    let model = try AIMSynthesizer().fit(context).model
    let expected = try model.marginal(of: Clique([0, 1]))
    let sizes = learned.domain.sizes
    try #require(sizes[1] >= Self.codes)
    var actual = [Double](repeating: 0, count: expected.count)
    for (first, second) in Self.values { actual[Int(first) * sizes[1] + Int(second)] += 1 }
    let total = expected.reduce(0, +)
    return zip(expected, actual).reduce(0) {
      $0 + abs($1.0 / total - $1.1 / Double(Self.people)) / 2
    }
  }

  /// Noise on counts of people with many rows is as much larger as their counts are, so that it
  /// must not draw their relations further towards none.
  @Test func shrinkageCountsPeople() throws {
    let seeds = 1...3 as ClosedRange<UInt64>
    let alone = try seeds.map { try error(rows: 1, seed: $0) }.reduce(0, +) / 3
    let many = try seeds.map { try error(rows: 40, seed: $0) }.reduce(0, +) / 3
    #expect(alone < 0.2 && many < alone + 0.05, "\(alone) alone, \(many) with 40 rows each")
  }
}
