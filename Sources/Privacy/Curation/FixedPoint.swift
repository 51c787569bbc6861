import Mechanisms

/// Distances between counts and expectations in whole numbers of 2^-20 of a row, so that a sum is exact: one row more moves it by no more
/// than one row, in whatever order and however large the other terms are. Sums of doubles break that (Casacuberta, Shoemate, Vadhan and
/// Wagaman 2022).
package enum FixedPoint {
  private static let scale = 0x1p20
  /// Of the expectations of one candidate, in rows. With the rows themselves, at most 2^31, a distance stays below 2^62.
  private static let mostExpected = 0x1p40

  /// What a candidate expects, rounded; public, and so is the refusal.
  /// - Throws: ``MechanismError/scoreNotFinite(candidate:)`` where it is no number or too large to be one of rows.
  package static func expectations(of candidate: MarginalCandidate, position: Int) throws -> [Int64] {
    let total = candidate.expected.reduce(0) { $0 + abs($1) }
    guard total <= mostExpected else { throw MechanismError.scoreNotFinite(candidate: position) }
    return candidate.expected.map { Int64(($0 * scale).rounded()) }
  }

  /// The sum of the absolute differences, in rows: exact below 2^33.
  package static func distance(_ counts: [Int32], _ expected: [Int64]) -> Double {
    precondition(counts.count == expected.count, "an expectation for each cell")
    var sum: Int64 = 0
    for index in counts.indices { sum &+= abs(Int64(counts[index]) << 20 &- expected[index]) }
    return Double(sum) / scale
  }
}
