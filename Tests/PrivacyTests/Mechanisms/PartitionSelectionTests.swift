import Accounting
import Foundation
import Ledger
import Mechanisms
import Testing

@Suite("Partition selection")
struct PartitionSelectionTests {
  @Test(
    "The tail bound lies above the exact tail of the discrete Gaussian",
    arguments: [(1, 4), (1, 1), (9, 1), (400, 1)])
  func tailBound(numerator: Int, denominator: Int) throws {
    let sigmaSquared = try PositiveRational(numerator, denominator)
    let variance = Double(numerator) / Double(denominator)
    let reach = Int(40 * variance.squareRoot()) + 40
    let masses = (-reach...reach).map { exp(-Double($0 * $0) / (2 * variance)) }
    let total = masses.reduce(0, +)
    for minimum in 0...(Int(8 * variance.squareRoot()) + 2) {
      let exact = masses[(minimum + reach)...].reversed().reduce(0, +) / total
      let bound = GaussianTail.probability(atLeast: minimum, sigmaSquared: sigmaSquared)
      #expect(bound >= exact)
      if variance == 400, exact > 1e-9 { #expect(bound < 1.5 * exact || minimum == 0) }
    }
  }

  @Test("The delta covers every way to split the rows of a unit", arguments: [1, 2, 3, 7, 12])
  func worstSplit(rows: Int) throws {
    let sigmaSquared = try PositiveRational(rows * rows * 4)
    for threshold in stride(from: rows, through: 20 * rows, by: 3) {
      // best[r]: the largest sum of probabilities over ways to split r rows, by dynamic
      // programming.
      var best = [0.0]
      for total in 1...rows {
        let pieces = (1...total).map {
          GaussianTail.probability(atLeast: threshold + 1 - $0, sigmaSquared: sigmaSquared)
            + best[total - $0]
        }
        best.append(pieces.max() ?? 0)
      }
      let delta = LabelDisclosure.delta(
        maximumRowsPerUnit: rows, sigmaSquared: sigmaSquared, threshold: threshold
      ).value
      #expect(delta >= min(1, best[rows]))
      #expect(delta <= 2.01 * best[rows])
    }
  }

  @Test("The threshold is the least that keeps delta")
  func threshold() throws {
    for (rows, delta) in [(1, 1e-9), (5, 1e-6), (100, 1e-12), (5000, 1e-9)] {
      let sigmaSquared = try PositiveRational(rows * rows * 50)
      let selection = try PartitionSelection(
        maximumRowsPerUnit: rows, sigmaSquared: sigmaSquared, delta: Delta(delta))
      func deltaAt(_ threshold: Int) -> Double {
        LabelDisclosure.delta(
          maximumRowsPerUnit: rows, sigmaSquared: sigmaSquared, threshold: threshold
        ).value
      }
      #expect(deltaAt(selection.threshold) <= delta)
      #expect(deltaAt(selection.threshold - 1) > delta)
      #expect(selection.event(question: "codes").cost.delta.value <= delta)
      #expect(selection.event(question: "codes").cost.rho.value == 0.01)
    }
  }

  @Test("Common categories are found, rare ones are not, and the largest comes first")
  func selects() throws {
    let selection = try PartitionSelection(
      maximumRowsPerUnit: 1, sigmaSquared: PositiveRational(25), delta: Delta(1e-12))
    let counts = [1, 500, 0, 2, 90_000, -3, 1, 1200]
    let found = selection.select(counts: counts, using: SecureRandom())
    #expect(found.map(\.index) == [4, 7, 1])
    #expect(found.allSatisfy { abs($0.noisyCount - counts[$0.index]) < 60 })
    #expect(selection.select(counts: [], using: SecureRandom()).isEmpty)
  }

  @Test("A lonely category shows as often as the noise says, and never above the bound")
  func lonelyCategory() throws {
    let sigmaSquared = try PositiveRational(4)
    let selection = try PartitionSelection(
      maximumRowsPerUnit: 2, sigmaSquared: sigmaSquared, delta: Delta(0.05))
    let draws = selection.select(counts: [Int](repeating: 2, count: 100_000), using: SecureRandom())
      .count
    let masses = (-60...60).map { exp(-Double($0 * $0) / 8) }
    let exact = masses[(selection.threshold + 1 - 2 + 60)...].reduce(0, +) / masses.reduce(0, +)
    #expect(exact <= 0.05)
    let outcome = ChiSquared.test((0..<100_000).map { $0 < draws ? 1 : 0 }, range: 0...1) {
      $0 == 1 ? exact : 1 - exact
    }
    #expect(outcome.probability > ChiSquared.falseAlarm, "\(outcome)")
  }

  @Test("Bounds that cannot be reckoned with are refused")
  func refusals() throws {
    let sigmaSquared = try PositiveRational(4)
    #expect(throws: MechanismError.self) {
      try PartitionSelection(maximumRowsPerUnit: 0, sigmaSquared: sigmaSquared, delta: Delta(0.1))
    }
    #expect(throws: MechanismError.self) {
      try PartitionSelection(maximumRowsPerUnit: 1, sigmaSquared: sigmaSquared, delta: .zero)
    }
    // A recorded event may hold anything and must still have a cost.
    let odd = PrivacyEvent.partitionSelection(
      question: "q", maximumRowsPerUnit: -5, sigmaSquared: sigmaSquared, threshold: .min)
    #expect(odd.cost.delta.value == 1)
  }
}

/// The selection among values whose counts are fetched is the selection among all of them.
@Suite struct FetchedPartitionTests {
  @Test(arguments: [1, 3], [0.5, 40.0]) func theSameValuesAreSelected(_ rows: Int, _ sigma: Double)
    throws
  {
    let selection = try PartitionSelection(
      maximumRowsPerUnit: rows, sigmaSquared: PositiveRational(exactly: sigma * sigma),
      delta: Delta(1e-3))
    var fetched = 0
    for seed in 0..<50 as Range<UInt64> {
      let counts = (0..<400).map {
        1 + ($0 * 7919 + Int(seed)) % 13 * $0 % (4 * selection.threshold)
      }
      let all = selection.select(counts: counts, using: SecureRandom(testing: seed))
      let some = selection.select(among: counts.count, using: SecureRandom(testing: seed)) {
        least, indices in
        let known = counts.indices.filter { counts[$0] >= least || indices.contains($0) }
        fetched += known.count { counts[$0] < least }
        return known.map { ($0, counts[$0]) }
      }
      #expect(some == all)
    }
    // Hardly any of the rare values is looked at.
    #expect(fetched < 50 * 400 / 20, "\(fetched)")
  }
}
