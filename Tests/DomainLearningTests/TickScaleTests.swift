import Accounting
import Basics
import Curation
import DomainLearning
import Encoding
import Foundation
import Ledger
import Tables
import Testing

@Suite struct TickScaleTests {
  /// A budget that never ends.
  private final class Purse: BudgetSession {
    func charge(_ event: PrivacyEvent) {}
  }

  @Test(arguments: [TickScale.even, .logarithmic])
  func splittingLosesNoTick(_ scale: TickScale) throws {
    var generator = SamplingGenerator(seed: 3)
    var ranges = (0..<2_000).map { _ -> ClosedRange<Int64> in
      let low = Int64(generator.next() % 4_000) - 2_000
      return low...low + Int64(generator.next() % 3_000)
    }
    ranges += [
      Cells.lowestValue...Int64.max, 0...Int64.max, Cells.lowestValue...0, -1...1, 0...0,
      Int64.max - 3...Int64.max,
    ]
    for range in ranges {
      let count = 1 + Int(generator.next() % 40)
      let runs = scale.split(range, into: count)
      #expect(!runs.isEmpty && runs.count <= count)
      #expect(runs.first?.lowerBound == range.lowerBound)
      #expect(runs.last?.upperBound == range.upperBound)
      for (run, next) in zip(runs, runs.dropFirst()) {
        #expect(run.upperBound + 1 == next.lowerBound)
      }
    }
  }

  @Test func partsAreEvenInTheLogarithm() {
    // 1 + tick grows by the same ratio: 10^6 in 6 parts is a power of ten each.
    let runs = TickScale.logarithmic.split(0...999_998, into: 6)
    let ratios = runs.dropFirst().map { Double($0.upperBound + 2) / Double($0.lowerBound + 1) }
    #expect(runs.count == 6)
    for ratio in ratios { #expect(abs(ratio - 10) < 1.5, "\(ratios)") }
    let mirrored = TickScale.logarithmic.split(-999_998...0, into: 6).reversed()
    for (run, other) in zip(runs, mirrored) {
      #expect(abs(run.upperBound + other.lowerBound) <= max(run.upperBound / 100, 1))
    }
    #expect(TickScale.even.split(0...99, into: 4) == [0...24, 25...49, 50...74, 75...99])
  }

  @Test func piecesShareTheWeightOfTheirRun() {
    for scale in [TickScale.even, .logarithmic] {
      for range in [
        0...0, 5...90, 1...1_000_000, -300...20, Int64.max - 3...Int64.max,
        Cells.lowestValue...Int64.max,
      ] as [ClosedRange<Int64>] {
        let pieces = scale.pieces(of: range, weight: 7)
        #expect(abs(pieces.reduce(0) { $0 + $1.weight } - 7) < 1e-9)
        #expect(pieces.first?.low == range.lowerBound && pieces.last?.high == range.upperBound)
        #expect(scale == .logarithmic || pieces.count == 1)
      }
    }
    let tail = TickScale.logarithmic.pieces(of: 100...9_999, weight: 1)
    let densities = tail.map { $0.weight / Double($0.high - $0.low + 1) }
    #expect(tail.count > 4 && densities == densities.sorted(by: >))
  }

  /// Returns the sorted values of a column of 2,000 amounts as they come back from its bins. The
  /// amounts lie evenly over the logarithm from 10 to 100,000: their median is 1,000, their mean
  /// 10,900.
  private func amounts(isLogarithmic: Bool, seed: UInt64) throws -> [Double] {
    var column = ColumnSchema(
      name: "cost", type: .integer, bounds: .declared(0...100_000_000))
    column.isLogarithmic = isLogarithmic
    let rows = (0..<2_000).map { Int64(pow(10, 1 + 4 * (Double($0) + 0.5) / 2_000)) }
    let curator = Curator(
      seeded: SensitiveTable(
        table: Table(columns: [Column(name: "cost", type: .integer, cells: .ticks(rows))])),
      blueprint: try Blueprint(schema: Schema(name: "t", columns: [column])), budget: Purse(),
      seed: seed)
    let learned = try DomainLearner(
      curator: curator, rho: Rho(checked: 0.0008), delta: Delta(checked: 1e-9),
      binCount: { _, _ in 12 }
    ).learn()
    guard case .ordered(let codec) = learned.domain.codecs[0] else { return [] }
    let counts = learned.oneWay.combined.map { max($0.value, 0) }
    let whole = counts.reduce(0, +)
    let codes = zip(codec.bins.indices, counts).flatMap { code, count in
      [UInt16](repeating: UInt16(code), count: Int(2_000 * count / whole))
    }
    var generator = SamplingGenerator(seed: seed)
    return codec.decode(codes, using: &generator).map(Double.init).sorted()
  }

  /// Returns how many times the values of some runs are too large or too small, on average.
  private func factor(_ found: [Double], of expected: Double) -> Double {
    exp(found.map { abs(log($0 / expected)) }.reduce(0, +) / Double(found.count))
  }

  /// With wide declared bounds and much noise, equal steps tell small amounts apart badly.
  @Test func amountsOfManySizesKeepTheirMedian() throws {
    let seeds: ClosedRange<UInt64> = 1...5
    let plain = try seeds.map { try amounts(isLogarithmic: false, seed: $0) }
    let even = try seeds.map { try amounts(isLogarithmic: true, seed: $0) }
    let (coarse, fine) = (
      factor(plain.map { $0[$0.count / 2] }, of: 1_000),
      factor(even.map { $0[$0.count / 2] }, of: 1_000)
    )
    #expect(fine < 2 && fine < coarse, "\(fine), without the logarithm \(coarse)")
  }

  /// Noise in the empty part of a wide declared range would make the mean a hundred times too
  /// large.
  @Test func nobodyIsPlacedInTheEmptyPartOfADeclaredRange() throws {
    let runs = try (UInt64(1)...8).map { try amounts(isLogarithmic: false, seed: $0) }
    let means = runs.map { $0.reduce(0, +) / Double($0.count) }.sorted()
    #expect(means[4] < 5 * 10_900 && means[0] > 10_900 / 5, "\(means)")
  }

  @Test func aFullDeclaredRangeKeepsItsEnds() {
    func leaf(_ range: ClosedRange<Int64>) -> OrderedSearch.Leaf { .init(range: range, count: 9) }
    let declared: ClosedRange<Int64> = 0...9_999
    func isMostlyEmpty(_ leaves: OrderedSearch.Leaf..., of range: ClosedRange<Int64>) -> Bool {
      OrderedSearch.isMostlyEmpty(
        range, beside: leaves[...], rows: 9 * Double(leaves.count), sigma: 1)
    }
    #expect(isMostlyEmpty(leaf(0...100), leaf(200...1_000), of: declared))
    #expect(!isMostlyEmpty(leaf(0...100), leaf(200...1_500), of: declared))
    #expect(!isMostlyEmpty(of: declared))
    #expect(!isMostlyEmpty(leaf(0...3), of: 0...60))
    #expect(isMostlyEmpty(leaf(0...3), of: Cells.lowestValue...Int64.max))
    // What may be noise says nothing about the rest.
    let faint = OrderedSearch.Leaf(range: 0...3, count: 4)
    #expect(!isMostlyEmpty(faint, of: declared))
    // The densest part of many rows is not the only one.
    #expect(
      !OrderedSearch.isMostlyEmpty(
        declared, beside: [leaf(200...1_000)], rows: 20, sigma: 1))
  }
}
