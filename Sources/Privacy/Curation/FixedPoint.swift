import Mechanisms

/// Distances between counts and expectations in whole multiples of 2^-20 of a row. Sums are exact,
/// so one more row moves a sum by at most one row, in any order and however large the other terms
/// are. Sums of doubles break that (Casacuberta, Shoemate, Vadhan and Wagaman 2022).
package enum FixedPoint {
  private static let scale = 0x1p20
  /// The largest sum of expectations of one candidate, in rows. With the rows themselves, at most
  /// 2^31, a distance stays below 2^62.
  private static let mostExpected = 0x1p40

  /// Returns a candidate's expectations, rounded. They are public, and so is the refusal.
  /// - Throws: ``MechanismError/scoreNotFinite(candidate:)`` if the sum is not a number or is too
  ///   large for rows.
  package static func expectations(of candidate: MarginalCandidate, position: Int) throws -> [Int64] {
    let total = candidate.expected.reduce(0) { $0 + abs($1) }
    guard total <= mostExpected else { throw MechanismError.scoreNotFinite(candidate: position) }
    return candidate.expected.map { Int64(($0 * scale).rounded()) }
  }

  /// Returns the sum of the absolute differences, in rows: exact below 2^33.
  package static func distance(_ counts: [Int32], _ expected: [Int64]) -> Double {
    precondition(counts.count == expected.count, "an expectation for each cell")
    var sum: Int64 = 0
    for index in counts.indices { sum &+= abs(Int64(counts[index]) << 20 &- expected[index]) }
    return Double(sum) / scale
  }
}
