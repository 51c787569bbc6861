import Basics
import DomainLearning
import Encoding
import Tables
import Testing

/// The runs of ticks that a search looks at: they are public, and together they cover every tick.
@Suite struct OrderedSearchTests {
  typealias Leaf = OrderedSearch.Leaf

  private func leaves(_ counts: [Double], width: Int64 = 10) -> [Leaf] {
    counts.enumerated().map {
      Leaf(range: Int64($0) * width...Int64($0) * width + width - 1, count: $1)
    }
  }

  private func trimmed(_ leaves: [Leaf], sigma: Double) -> [Leaf] {
    Array(leaves[OrderedSearch.occupied(leaves, sigma: sigma)])
  }

  @Test func dyadicRunsHoldEveryTickOnce() {
    let runs = OrderedSearch.dyadic
    // The lowest tick of all stands for missing.
    #expect(runs.first?.lowerBound == Cells.lowestValue && runs.last?.upperBound == Int64.max)
    for (run, next) in zip(runs, runs.dropFirst()) {
      #expect(run.upperBound + 1 == next.lowerBound)
    }
    #expect(
      runs.count == 127 && runs.contains(0...0) && runs.contains(4...7) && runs.contains(-7 ... -4))
  }

  @Test(
    arguments: [
      0...0, 0...9, -5...5, Int64.min + 1...Int64.max, Int64.max - 2...Int64.max, -1_000_003...77,
    ] as [ClosedRange<Int64>],
    [1, 2, 3, 7, 64])
  func splittingLosesNoTick(_ range: ClosedRange<Int64>, _ parts: Int) throws {
    let runs = OrderedSearch.split(range, into: parts)
    #expect(runs.first?.lowerBound == range.lowerBound && runs.last?.upperBound == range.upperBound)
    for (run, next) in zip(runs, runs.dropFirst()) {
      #expect(run.upperBound + 1 == next.lowerBound)
    }
    let ticks = Double(UInt64(bitPattern: range.upperBound &- range.lowerBound)) + 1
    #expect(Double(runs.count) == min(Double(parts), ticks))
    let widths = runs.map { Double(UInt64(bitPattern: $0.upperBound &- $0.lowerBound)) + 1 }
    #expect(try #require(widths.max()) - #require(widths.min()) <= max(1, ticks * 1e-15))
  }

  @Test func trimmingTakesEmptyEndsOnly() {
    #expect(trimmed(leaves([1, -2, 90, 0, 80, 2, -1]), sigma: 3).map(\.count) == [90, 0, 80])
    #expect(trimmed(leaves([90, 80]), sigma: 3).map(\.count) == [90, 80])
    #expect(trimmed([], sigma: 3).isEmpty)
    #expect(trimmed(leaves([1, 4, -2]), sigma: 3).map(\.count) == [4])
  }

  /// By the rule's own estimate, noise alone passes in 1 of 1,700 columns. Of 3,000 columns, 9 or
  /// more pass with probability below 1e-4, 30 with 1e-20. The number found is fixed by the seed.
  @Test func noiseIsNotPlausible() {
    var generator = SamplingGenerator(seed: 9)
    var passed = 0
    for _ in 0..<3000 {
      // The sum of twelve uniform numbers minus six is nearly normal up to five deviations.
      let noise = (0..<127).map { _ -> Double in
        var sum = -6.0
        for _ in 0..<12 { sum += generator.unit() }
        return sum
      }
      if !OrderedSearch.plausible(leaves(noise), sigma: 1).isEmpty { passed += 1 }
    }
    #expect(passed < 9, "\(passed) of 3000")
  }

  /// Runs that stand out together are kept, with one adjacent run on each side.
  @Test func whatStandsOutTogetherIsPlausible() {
    let empty = [Double](repeating: 0, count: 40)
    func kept(_ counts: [Double]) -> [Double] {
      OrderedSearch.plausible(leaves(empty + counts + empty), sigma: 1).map(\.count)
    }
    #expect(kept([9]) == [0, 9, 0])
    #expect(kept([3, 3, 3, 3]).contains(3) && kept([1, 1, 1]).isEmpty)
    #expect(kept([9, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5]) == [0, 9, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 0])
    #expect(kept([9, 0.1, 0.1]) == [0, 9, 0.1])
  }

  /// If only several leaves together exceed the noise, the scans from the two ends pass each other.
  @Test func trimmingSurvivesScansThatPassEachOther() {
    var generator = SamplingGenerator(seed: 1)
    for _ in 0..<20_000 {
      let count = Int(generator.next() % 9)
      let counts = (0..<count).map { _ in Double(generator.next() % 17) - 6 }
      let all = leaves(counts)
      let kept = trimmed(all, sigma: 2)
      #expect(kept.isEmpty == all.isEmpty)
      guard let first = kept.first, let start = all.firstIndex(of: first) else { continue }
      #expect(kept == Array(all[start..<start + kept.count]))
    }
  }
}
