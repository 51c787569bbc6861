import Analyses
import Basics
import Curation
import Foundation
import Testing

/// Strategies for the cells of a table: what they cost, and what noise they leave.
@Suite struct CellStrategyTests {
  /// Sums of the first cells, as curves add them up.
  private func prefixes(_ cells: Int, _ ends: [Int]) -> [[Double]] {
    ends.map { end in (0..<cells).map { $0 < end ? 1 : 0 } }
  }

  @Test func rootsAreRoots() {
    var random = SplitMix64(seed: 3)
    for count in [1, 2, 5, 30] {
      var matrix = SymmetricMatrix(count: count)
      for rank in 0..<max(1, count - 1) {
        matrix.add((0..<count).map { _ in random.normal() }, weight: pow(10, Double(-rank % 5)))
      }
      let square = matrix.squareRoot().squared()
      let largest = matrix.values.reduce(0) { max($0, abs($1)) }
      for (found, value) in zip(square.values, matrix.values) {
        #expect(abs(found - value) < 1e-9 * largest)
      }
    }
    var twice = SymmetricMatrix(count: 3)
    for place in 0..<3 { twice[place, place] = 4 }
    #expect(twice.squareRoot().values == [2, 0, 0, 0, 2, 0, 0, 0, 2])
  }

  /// No vector is shortened on the curator's grid, so that all counts cost as much as one.
  @Test(arguments: [1, 2, 33, 64]) func noVectorIsLongerThanOne(cells: Int) {
    let strategy = CellStrategy(
      statistics: prefixes(cells, [cells / 3, cells / 2, cells]), cells: cells)
    for cell in 0..<cells {
      let vector = (0..<cells).map { strategy.vectors[cell, $0] }
      let steps = ClippedVector.steps(of: vector, clip: 1)
      for (step, value) in zip(steps, vector) {
        #expect(abs(Double(step) / Double(ClippedVector.sensitivity) - value) < 1e-6)
      }
      #expect(vector.reduce(0) { $0 + $1 * $1 } > 0.5)
    }
  }

  @Test func countsFollowFromExactAnswers() {
    var random = SplitMix64(seed: 4)
    let counts = (0..<20).map { _ in Double(random.below(1000)) }
    let strategy = CellStrategy(statistics: prefixes(20, [5, 10, 20]), cells: 20)
    for (found, count) in zip(strategy.counts(from: strategy.vectors.times(counts)), counts) {
      #expect(abs(found - count) < 1e-6)
    }
  }

  /// The stated covariance is that of noise on the answers, and sums of 64 cells have far less of
  /// it than in a histogram, whose variance would be their number.
  @Test func sumsGetLittleNoise() {
    let statistics = prefixes(64, [16, 32, 48, 64])
    let strategy = CellStrategy(statistics: statistics, cells: 64)
    var random = SplitMix64(seed: 5)
    let draws = (0..<2000).map { _ in
      strategy.counts(from: (0..<64).map { _ in random.normal() })
    }
    for statistic in statistics {
      let variance = strategy.covariance.transformed(by: [statistic])[0, 0]
      let found = draws.map { draw in zip(draw, statistic).reduce(0) { $0 + $1.0 * $1.1 } }
      let mean = found.reduce(0) { $0 + $1 * $1 } / Double(found.count)
      // Six standard deviations of a variance of 2,000 draws: 6 √(2 / 2000).
      #expect(abs(mean / variance - 1) < 0.19)
      #expect(variance < 0.25 * statistic.reduce(0, +), "\(variance)")
    }
    for cell in 0..<64 { #expect(strategy.covariance[cell, cell] < 4) }
  }

  /// Statistics that are no numbers, or all zero, leave a histogram.
  @Test func withoutStatisticsItIsAHistogram() {
    for statistics in [[], [[0.0, 0, 0]], [[.nan, 1, 1]]] {
      let strategy = CellStrategy(statistics: statistics, cells: 3)
      for row in 0..<3 {
        for column in 0..<3 {
          #expect(abs(strategy.covariance[row, column] - (row == column ? 1 : 0)) < 1e-4)
        }
      }
    }
  }
}
