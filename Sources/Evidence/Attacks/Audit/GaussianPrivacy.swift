import Foundation

/// Epsilon and delta under Gaussian differential privacy (Dong, Roth and Su 2022).
package enum GaussianPrivacy {
  /// Returns the least epsilon that holds with `delta` for a mechanism whose trade-off is exactly
  /// that of `mu`. It is infinite if delta is zero, unless mu is zero.
  ///
  /// Corollary 2.13: δ(ε) = Φ(-ε/μ + μ/2) - e^ε Φ(-ε/μ - μ/2).
  package static func epsilon(mu: Double, delta: Double) -> Double {
    guard mu > 0 else { return 0 }
    guard delta > 0 else { return .infinity }
    func isTooSmall(_ epsilon: Double) -> Bool {
      distribution(-epsilon / mu + mu / 2) - exp(epsilon) * distribution(-epsilon / mu - mu / 2) > delta
    }
    guard isTooSmall(0) else { return 0 }
    var high = 1.0
    while isTooSmall(high), high < 512 { high *= 2 }
    return Bisection.last(from: 0, to: high, where: isTooSmall)
  }

  /// Returns the standard normal distribution function at `value`.
  static func distribution(_ value: Double) -> Double { 0.5 * erfc(-value * 0.5.squareRoot()) }

  /// Returns the standard normal quantile of a probability above 0 and below 1.
  static func quantile(_ probability: Double) -> Double {
    Bisection.last(from: -39, to: 39) { distribution($0) < probability }
  }
}
