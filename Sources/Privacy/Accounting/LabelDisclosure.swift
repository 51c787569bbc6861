import Foundation

/// The delta with which partition selection reveals a label that only one privacy unit has. See
/// `docs/proofs/partition-selection.md`.
package enum LabelDisclosure {
  /// The largest number of rows per unit for which delta is computed over every split of the rows.
  package static let largestRowsPerUnit = 1 << 20

  /// Returns an upper bound on the probability that any category of only one privacy unit is shown:
  /// the worst case over all ways to spread up to `maximumRowsPerUnit` rows over categories, with
  /// the probabilities of the categories added up.
  ///
  /// A category with c rows is shown if c plus noise is at least threshold + 1. Complexity: the
  /// number of rows per unit.
  package static func delta(maximumRowsPerUnit: Int, sigmaSquared: PositiveRational, threshold: Int)
    -> Delta
  {
    let rows = max(maximumRowsPerUnit, 1)
    func shown(_ count: Int) -> Double {
      let (distance, overflow) = threshold.subtractingReportingOverflow(count - 1)
      return overflow ? 1 : GaussianTail.probability(atLeast: distance, sigmaSquared: sigmaSquared)
    }
    // k rows in pieces of c have at most k times the best probability per row. Beyond the limit,
    // use the coarser bound: k times that of k.
    var perRow = 0.0
    if rows > largestRowsPerUnit {
      perRow = shown(rows)
    } else {
      for count in 1...rows { perRow = max(perRow, shown(count) / Double(count)) }
    }
    return Delta(checked: min(1, (perRow * Double(rows) * (1 + 1e-12)).nextUp))
  }
}

/// Upper bounds on the probability of large discrete Gaussian noise.
package enum GaussianTail {
  /// Returns an upper bound on the probability that discrete Gaussian noise is at least `minimum`.
  ///
  /// For a minimum of 1 or more, it is at most the continuous tail from `minimum` - 1 (Canonne,
  /// Kamath and Steinke 2020, Proposition 25; the short proof is repeated in
  /// `docs/proofs/partition-selection.md`). Rounded up by far more than the error of `erfc`.
  package static func probability(atLeast minimum: Int, sigmaSquared: PositiveRational) -> Double {
    if minimum <= 0 { return 1 }
    // Rounding the standard deviation up and the distance down both raise the bound.
    let sigma = sigmaSquared.roundedUp.squareRoot().nextUp
    let distance = (Double(minimum - 1) / sigma).nextDown
    let tail = 0.5 * erfc(max(0, distance * 0.5.squareRoot().nextDown))
    return min(1, tail * (1 + 1e-9) + Double.leastNormalMagnitude)
  }
}
