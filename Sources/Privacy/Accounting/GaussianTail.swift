import Foundation

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
