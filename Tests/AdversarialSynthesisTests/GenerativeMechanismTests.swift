import Accounting
import AdversarialSynthesis
import Basics
import Curation
import DomainLearning
import Encoding
import GraphicalModels
import Ledger
import MarginalSynthesis
import NeuralNetworks
import Tables
import Testing

@Suite struct GenerativeMechanismTests {
  private final class Purse: BudgetSession {
    var spent = PrivacyCost.zero
    func charge(_ event: PrivacyEvent) { spent = spent + event.cost }
  }

  private static let columns = 5

  /// Codes 0 to 3 in each column; the columns form a chain in which each mostly repeats the one
  /// before it.
  private static func table(_ rows: Int) -> Table {
    var generator = SamplingGenerator(seed: 21)
    var cells = [[Int64]](repeating: [], count: columns)
    for _ in 0..<rows {
      var value = Int64(generator.next() % 4)
      for column in 0..<columns {
        if generator.next() % 4 == 0 { value = Int64(generator.next() % 4) }
        cells[column].append(value)
      }
    }
    return Table(
      columns: cells.enumerated().map { Column(name: "c\($0)", type: .integer, cells: .ticks($1)) })
  }

  /// The mean over all pairs of the distance between rows drawn from the model and the table.
  private func distance(_ model: NetworkModel, _ table: Table, _ learned: LearnedDomain) throws
    -> Double
  {
    let drawn = try NetworkSampler(model: model).block(0, rows: 20_000, seed: 3)
    let sizes = learned.domain.sizes
    let synthetic = zip(drawn, sizes).map { CodeColumn($0, size: $1) }
    let real = zip(learned.domain.codecs, table.columns).map { $0.encode($1.cells) }
    var (sum, pairs) = (0.0, 0.0)
    for first in sizes.indices {
      for second in sizes.indices where second > first {
        func shares(_ columns: [CodeColumn], _ rows: Int) -> [Double] {
          MarginalCounter.count(columns, attributes: [first, second], sizes: sizes, rows: rows).map
          { Double($0) / Double(rows) }
        }
        sum +=
          zip(shares(synthetic, 20_000), shares(real, table.rowCount)).reduce(0) {
            $0 + abs($1.0 - $1.1)
          } / 2
        pairs += 1
      }
    }
    return sum / pairs
  }

  private func fit(_ rows: Int, rho: Double, purse: Purse) throws -> (
    NetworkModel, Table, LearnedDomain
  ) {
    let table = Self.table(rows)
    let schema = Schema(
      name: "chain",
      columns: (0..<Self.columns).map {
        ColumnSchema(name: "c\($0)", type: .integer, bounds: .declared(0...3))
      })
    let curator = Curator(
      seeded: SensitiveTable(table: table), blueprint: try Blueprint(schema: schema), budget: purse,
      seed: 4)
    let learned = try DomainLearner(
      curator: curator, rho: Rho(checked: 0.2), delta: .zero, binCount: { _, _ in 8 }
    ).learn()
    let before = purse.spent.rho.value
    let model = try GenerativeMechanism(
      curator: curator, learned: learned, rho: Rho(checked: rho), seed: 1,
      steps: .init(round: 20, last: 200)
    ).fit()
    let spent = purse.spent.rho.value - before
    // A remainder that could buy no marginal worth its noise is left unspent.
    #expect(spent <= rho && (spent > 0.99 * rho || rho < 1e-6), "\(spent) of \(rho)")
    return (model, table, learned)
  }

  /// If its columns are made independent, this table's neighbouring pairs are .49 away on average.
  @Test func learnsPairsWithinItsBudget() throws {
    let (model, table, learned) = try fit(5000, rho: 0.3, purse: Purse())
    let found = try distance(model, table, learned)
    #expect(found < 0.05, "\(found)")
  }

  @Test func knowsNothingOfPairsAtNextToNoBudget() throws {
    let (model, table, learned) = try fit(2000, rho: 1e-7, purse: Purse())
    #expect(try distance(model, table, learned) > 0.1)
  }

  /// The derivatives with respect to the probabilities, compared with differences.
  @Test(arguments: [[2], [0, 2], [1, 2], [0, 1, 2]]) func derivativesAreTheSlowDifferences(
    _ attributes: [Int]
  ) {
    let (sizes, rows) = ([3, 2, 4], 6)
    var stream = NoiseStream(key: 5)
    let columns = sizes.map { FloatBuffer(count: rows * $0) }
    for column in columns { stream.uniform(into: column.base, count: column.count) }
    let cells = attributes.reduce(1) { $0 * sizes[$1] }
    let target = MarginalTarget(
      attributes: attributes, values: (0..<cells).map { Double($0) * 0.7 - 1 },
      variances: (0..<cells).map { 1 + Double($0) * 0.1 },
      total: 10)
    let mixture = ProductMixture(sizes: sizes, rows: rows, columns: columns)
    _ = mixture.addSignals(target)
    func loss() -> Double {
      let slow = slowMarginal(attributes, sizes: sizes, columns: columns, rows: rows)
      return zip(zip(slow, target.shares), target.weights).reduce(0) { sum, next in
        let gap = next.0.0 - Double(next.0.1)
        return sum + gap * gap * Double(next.1) / 2
      }
    }
    for (column, buffer) in columns.enumerated() {
      for place in 0..<buffer.count {
        let value = buffer.base[place]
        buffer.base[place] = value + 1e-2
        let above = loss()
        buffer.base[place] = value - 1e-2
        let below = loss()
        buffer.base[place] = value
        let slope = (above - below) / 2e-2
        #expect(
          abs(slope - Double(mixture.signals[column].base[place])) < 2e-3 * (abs(slope) + loss()),
          "\(column) \(place)")
      }
    }
    for (fast, slow) in zip(
      mixture.marginal(attributes),
      slowMarginal(attributes, sizes: sizes, columns: columns, rows: rows))
    {
      #expect(abs(Double(fast) - slow) < 1e-5)
    }
  }

  private func slowMarginal(_ attributes: [Int], sizes: [Int], columns: [FloatBuffer], rows: Int)
    -> [Double]
  {
    let cells = attributes.reduce(1) { $0 * sizes[$1] }
    return (0..<cells).map { cell in
      (0..<rows).reduce(0.0) { sum, row in
        var (product, left) = (1.0, cell)
        for attribute in attributes.reversed() {
          product *= Double(
            columns[attribute].base[row * sizes[attribute] + left % sizes[attribute]])
          left /= sizes[attribute]
        }
        return sum + product / Double(rows)
      }
    }
  }
}
