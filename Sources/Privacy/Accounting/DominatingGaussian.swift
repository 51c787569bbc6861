import BigInt
import Foundation

/// The Gaussian mechanism that reveals at least as much as another mechanism, as half its squared
/// mean, and the mechanism that fits within a given one. See `docs/proofs/gaussian-filter.md`.
package enum DominatingGaussian {
  // MARK: Discrete Gaussian noise

  /// Returns the rho of discrete Gaussian noise on whole-number answers that one unit changes by at
  /// most `sensitivity` in the L2 norm.
  ///
  /// The mean m of the smallest shift solves m² (1 - m²/12) = 1/sigma², which has a solution if
  /// sigma² is at least a third. Below that, rho is more than any grant.
  package static func rho(sensitivity: Double, sigmaSquared: PositiveRational) -> Rho {
    let inverse = (PositiveRational(lowestTerms: 1, 1) / sigmaSquared).roundedUp
    let third = (inverse / 3).nextUp
    guard sensitivity > 0 else { return .zero }
    guard third <= 1 else { return Rho(checked: .greatestFiniteMagnitude) }
    // m² = 6 (1 - sqrt(1 - 1/(3 sigma²))), without the cancellation.
    let root = max(0, max(0, (1 - third).nextDown).squareRoot().nextDown)
    let rho = sensitivity * sensitivity * inverse / (1 + root) * (1 + 0x1p-50)
    return Rho(checked: min(rho, .greatestFiniteMagnitude))
  }

  /// Returns the variance parameter at which such noise costs at most `rho`: 3 / (r (6 - r)) for r
  /// = rho / sensitivity². r is at most 3, because noise with a variance below a third has no
  /// price.
  package static func sigmaSquared(sensitivity: PositiveRational, rho: PositiveRational)
    -> PositiveRational
  {
    let wanted = rho / (sensitivity * sensitivity)
    // A little less than the given rho, for the rounding of the price.
    let margin = PositiveRational(lowestTerms: (1 << 44) - 1, 1 << 44)
    let most = PositiveRational(lowestTerms: 3, 1)
    let ratio = (wanted.numerator > wanted.denominator * 3 ? most : wanted) * margin
    let rest = PositiveRational(
      reducing: 6 * ratio.denominator - ratio.numerator, ratio.denominator)
    return most / (ratio * rest)
  }

  // MARK: Choices

  /// Returns the rho of a mechanism whose loss lies in an interval of length `range`, such as the
  /// exponential mechanism, if a rho of `left`, including this price, can still be spent.
  ///
  /// A single choice is unlike Gaussian noise and costs pi/16 of its squared range. But together
  /// with the rest of the budget, which is worth no more than Gaussian noise, it costs hardly more
  /// than its variance would: an eighth.
  package static func rho(range: Double, left: Rho) -> Rho {
    guard range > 0 else { return .zero }
    guard range.isFinite, range < 1e150 else { return Rho(checked: .greatestFiniteMagnitude) }
    let square = range * range
    let together = squaredMean(ofChoiceWithin: 2 * left.value / square) * square / 2 * (1 + 0x1p-50)
    return Rho(checked: min(together, rho(pure: range).value))
  }

  /// Returns the rho of any `epsilon`-differentially private mechanism, whatever is left:
  /// randomised response is the worst case (Kairouz, Oh and Viswanath 2015).
  package static func rho(pure epsilon: Double) -> Rho {
    guard epsilon > 0 else { return .zero }
    guard epsilon < 700 else { return Rho(checked: .greatestFiniteMagnitude) }
    // Randomised response tells the truth with probability 1 / (1 + exp(-epsilon)), and the mean is
    // twice that quantile.
    let quantile = NormalTail.quantile(above: (1 / (1 + exp(epsilon))) * (1 - 1e-15))
    return Rho(checked: (2 * quantile * quantile * (1 + 1e-12)).nextUp)
  }

  /// Returns the largest range, up to rounding, at which such a choice costs at most `rho`.
  package static func range(rho: Rho, left: Rho) -> Double {
    let spent = min(rho.value, left.value)
    guard spent > 0 else { return 0 }
    func fits(_ range: Double) -> Bool { self.rho(range: range, left: left).value <= spent }
    // Between 2.2 and 2.9 times the root of rho.
    var (low, high) = (0.0, 3 * spent.squareRoot())
    while high - low > 1e-12 * high {
      let middle = (low + high) / 2
      if fits(middle) { low = middle } else { high = middle }
    }
    return low
  }

  /// Returns the smallest c, rounded up, for which a choice of range 1 and Gaussian noise worth
  /// `budget` - c are together worth the budget, or infinity if there is none. In squared means.
  private static func squaredMean(ofChoiceWithin budget: Double) -> Double {
    // A candidate c holds if the amount needed beside budget - c is at most c. That amount falls as
    // the noise beside it grows.
    func holds(_ cost: Double) -> Bool {
      cost <= budget && squaredMean(ofChoiceBeside: budget - cost) <= cost
    }
    if budget >= 1 {
      var cost = 0.27
      for _ in 0..<5 { cost = squaredMean(ofChoiceBeside: budget - cost) }
      return cost
    }
    var (low, high) = (0.25, 0.3927)
    guard holds(high) else { return .infinity }
    while high - low > 1e-13 {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle }
    }
    return high
  }

  /// Returns the amount, rounded up, that a choice of range 1 adds to Gaussian noise worth `rest`
  /// beside it: pi/2 times the square of the mean of |1/2 + sqrt(rest) Z|, less `rest`, where Z is
  /// standard normal.
  private static func squaredMean(ofChoiceBeside rest: Double) -> Double {
    guard rest > 0 else { return 0.3926990817 }
    let x = 1 / (8 * rest)
    if x < 0.01 {
      // With x = 1/(8 rest), the mean is that of |sqrt(rest) Z| times 1 + x - x²/6 + x³/30 - …
      let series = 1 - x / 6 + x * x / 30
      return series * (1 + x * series / 2) / 4 * (1 + 0x1p-48)
    }
    let mean = 0.5 * erf(x.squareRoot()) + (2 * rest / .pi).squareRoot() * exp(-x)
    return (Double.pi / 2 * mean * mean - rest) + rest * 1e-14 + 1e-15
  }
}
