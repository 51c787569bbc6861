import Accounting
import AdversarialSynthesis
import Basics
import Curation
import DomainLearning
import Encoding
import Ledger
import NeuralNetworks
import Tables
import Testing

/// Pairs of columns: the layout of their shares in memory, and which are measured at which cost.
@Suite struct PairTests {
  private static let heads = ColumnHeads(sizes: [3, 1, 4, 2, 5])

  private func random(_ count: Int, key: UInt64) -> [Float] {
    var stream = NoiseStream(key: key)
    let buffer = FloatBuffer(count: count)
    stream.uniform(into: buffer.base, count: count)
    return buffer.values
  }

  /// Sums and signals compared with plain loops over each pair, for all pairs, for some and for
  /// none.
  @Test(
    arguments: [
      [(0, 1), (0, 2), (0, 3), (0, 4), (1, 2), (1, 3), (1, 4), (2, 3), (2, 4), (3, 4)],
      [(0, 2), (0, 4), (1, 4), (2, 3), (2, 4)], [(3, 4)],
      [],
    ] as [[(Int, Int)]]) func bandsAddUpWhatPairsDo(pairs: [(Int, Int)])
  {
    let (heads, rows) = (Self.heads, 7)
    let layout = PairLayout(heads: heads, pairs: pairs.map { (first: $0.0, second: $0.1) })
    #expect(layout.count == pairs.reduce(0) { $0 + heads.sizes[$1.0] * heads.sizes[$1.1] })
    let probabilities = FloatBuffer(random(rows * heads.width, key: 1))
    func at(_ row: Int, _ code: Int) -> Double {
      Double(probabilities.base[row * heads.width + code])
    }

    // One gap per cell, by pair; placing the pairs determines their addresses.
    let gaps = pairs.enumerated().map { index, pair in
      random(heads.sizes[pair.0] * heads.sizes[pair.1], key: UInt64(index + 2))
    }
    let placed = FloatBuffer(count: layout.count)
    layout.place(gaps, heads: heads, in: placed)
    #expect(placed.values.sorted() == gaps.flatMap { $0 }.sorted())

    var signal = [Double](repeating: 0, count: rows * heads.width)
    let sums = pairs.map { pair -> [Float] in
      heads.range(of: pair.0).flatMap { first in
        heads.range(of: pair.1).map { second in
          Float((0..<rows).reduce(0.0) { $0 + at($1, first) * at($1, second) })
        }
      }
    }
    for (pair, gap) in zip(pairs, gaps) {
      for (i, first) in heads.range(of: pair.0).enumerated() {
        for (j, second) in heads.range(of: pair.1).enumerated() {
          for row in 0..<rows {
            signal[row * heads.width + first] +=
              Double(gap[i * heads.sizes[pair.1] + j]) * at(row, second)
            signal[row * heads.width + second] +=
              Double(gap[i * heads.sizes[pair.1] + j]) * at(row, first)
          }
        }
      }
    }
    let (found, expected) = (
      FloatBuffer(random(layout.count, key: 90)), FloatBuffer(count: layout.count)
    )
    layout.sum(probabilities.base, rows: rows, into: found)
    layout.place(sums, heads: heads, in: expected)
    #expect(zip(found.values, expected.values).allSatisfy { abs($0 - $1) < 1e-4 })
    let foundSignal = FloatBuffer(count: rows * heads.width)
    layout.addSignal(placed, probabilities: probabilities.base, rows: rows, to: foundSignal.base)
    #expect(zip(foundSignal.values, signal).allSatisfy { abs(Double($0) - $1) < 1e-4 })
  }

  private final class Purse: BudgetSession {
    var spent = PrivacyCost.zero
    func charge(_ event: PrivacyEvent) { spent = spent + event.cost }
  }

  /// Five columns of four codes: the second repeats the first, the others are independent. If there
  /// is room, all ten pairs are measured. If there is room for five, they contain a tree, and the
  /// one that matters is first.
  @Test(arguments: [(1_000, 10), (80, 5)]) func asManyPairsAreMeasuredAsThereIsRoomFor(
    room: Int, count: Int
  ) throws {
    var generator = SamplingGenerator(seed: 3)
    let first = (0..<5_000).map { _ in Int64(generator.next() % 4) }
    let columns =
      [first, first] + (0..<3).map { _ in (0..<5_000).map { _ in Int64(generator.next() % 4) } }
    let names = (0..<5).map { "c\($0)" }
    let schema = Schema(
      name: "pairs",
      columns: names.map { ColumnSchema(name: $0, type: .integer, bounds: .declared(0...3)) })
    let table = Table(
      columns: zip(names, columns).map { Column(name: $0, type: .integer, cells: .ticks($1)) })
    let purse = Purse()
    let curator = Curator(
      seeded: SensitiveTable(table: table), blueprint: try Blueprint(schema: schema), budget: purse,
      seed: 4)
    let learned = try DomainLearner(
      curator: curator, rho: Rho(checked: 0.5), delta: .zero, binCount: { _, _ in 4 }
    ).learn()
    try #require(learned.domain.sizes == [4, 4, 4, 4, 4])
    let before = purse.spent.rho.value
    let pairs = try PairMeasurement(
      curator: curator, learned: learned, rho: Rho(checked: 0.5), mostCellsTogether: room
    ).measure()
    let spent = purse.spent.rho.value - before
    #expect(spent <= 0.5 + 1e-9 && spent > 0.49)
    #expect(pairs.count == count && Set(pairs.map { [$0.first, $0.second] }).count == count)
    #expect(Set(pairs.flatMap { [$0.first, $0.second] }).count == 5)
    let repeated = try #require(pairs.first { $0.first == 0 && $0.second == 1 })
    // The noise of a share is at most a thousandth: ten standard deviations.
    for cell in 0..<16 where cell % 5 != 0 { #expect(abs(repeated.shares[cell]) < 0.01) }
    #expect(count == 10 || (pairs[0].first, pairs[0].second) == (0, 1))
  }
}
