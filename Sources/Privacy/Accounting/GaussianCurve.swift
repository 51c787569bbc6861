import Foundation

/// The privacy of the Gaussian mechanism: N(mean, 1) against N(0, 1), exactly, rounded towards more
/// loss.
///
/// A mechanism is Gaussian differentially private with this mean if its outputs on neighbouring
/// tables are no easier to tell apart than these two distributions (Dong, Roth and Su 2022). Means
/// add by their squares, however the mechanisms are chosen, so half the square serves as the `rho`
/// of an account. See `docs/proofs/gaussian-filter.md`.
package enum GaussianCurve {
  /// Returns the epsilon, rounded up, of everything that costs `rho`, at a separate `delta`. The
  /// delta must be above zero unless rho is zero.
  package static func epsilon(rho: Rho, delta: Delta) -> Epsilon {
    precondition(
      delta.value > 0 || rho.value == 0, "a Gaussian mechanism has no epsilon at a delta of zero")
    return Epsilon(checked: epsilon(mean: mean(rho), delta: delta.value))
  }

  /// Returns the delta, rounded up, of everything that costs `rho`, at `epsilon`.
  package static func delta(rho: Rho, epsilon: Epsilon) -> Delta {
    Delta(checked: delta(mean: mean(rho), epsilon: epsilon.value))
  }

  /// Returns whether everything that costs `rho` is within `epsilon` at `delta`, by the same test
  /// that sets a budget.
  package static func allows(rho: Rho, epsilon: Epsilon, delta: Delta) -> Bool {
    rho.value == 0 || delta.value > 0 && self.delta(rho: rho, epsilon: epsilon) <= delta
  }

  /// Returns the largest rho, up to rounding, that ``allows(rho:epsilon:delta:)`` accepts, or zero
  /// if `delta` is zero.
  package static func rho(epsilon: Epsilon, delta: Delta) -> Rho {
    // Search over the bits of doubles to find tiny budgets too.
    var (low, high) = (0 as UInt64, mostRho.bitPattern)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      let isAllowed = allows(
        rho: Rho(checked: Double(bitPattern: middle)), epsilon: epsilon, delta: delta)
      if isAllowed { low = middle } else { high = middle }
    }
    return Rho(checked: Double(bitPattern: low))
  }

  private static let mostRho = 1e9

  /// Returns the mean of the Gaussian mechanism that has this rho.
  static func mean(_ rho: Rho) -> Double {
    rho.value == 0 ? 0 : (2 * rho.value).squareRoot().nextUp
  }
}

extension GaussianCurve {
  /// Returns an upper bound on the delta at `epsilon`, within a relative 1e-9 of it: the
  /// probability under N(mean, 1) of being above the point where the loss is epsilon, less
  /// exp(epsilon) times that under N(0, 1) (Balle and Wang 2018, theorem 8).
  package static func delta(mean: Double, epsilon: Double) -> Double {
    guard mean > 0 else { return 0 }
    guard mean < 1e150 else { return 1 }
    // With x the distance of that point from N(mean, 1), and M the ratio of a normal distribution's
    // upper tail to its density, delta = density(x) (M(x) - M(x + mean)), written so that nothing
    // cancels.
    let x = epsilon / mean - mean / 2
    let density = exp(-x * x / 2) / (2 * Double.pi).squareRoot()
    let value: Double
    if x < -5 {
      value = 1 - 0.5 * erfc(-x * 0.5.squareRoot()) - density * tailByDensity(x + mean)
    } else if mean >= 0.5 {
      value = density * (tailByDensity(x) - tailByDensity(x + mean))
    } else {
      value = density * integral(x) { -expm1(-mean * $0) }
    }
    return min(1, max(0, value) * (1 + 1e-10) + .leastNormalMagnitude)
  }

  /// Returns an epsilon at which ``delta(mean:epsilon:)`` is at most `delta`: the smallest, up to a
  /// relative 1e-12.
  package static func epsilon(mean: Double, delta: Double) -> Double {
    if mean == 0 || delta >= 1 || self.delta(mean: mean, epsilon: 0) <= delta { return 0 }
    var (low, high) = (0.0, max(mean * mean, mean))
    while self.delta(mean: mean, epsilon: high) > delta {
      (low, high) = (high, 2 * high)
      guard high < 1e300 else { return .greatestFiniteMagnitude }
    }
    while high - low > 1e-13 * high {
      let middle = (low + high) / 2
      guard middle > low, middle < high else { break }
      if self.delta(mean: mean, epsilon: middle) <= delta { high = middle } else { low = middle }
    }
    return high
  }

  /// Returns M(x): the probability of a standard normal number above x, divided by its density
  /// there.
  private static func tailByDensity(_ x: Double) -> Double { integral(x) { _ in 1 } }

  /// Returns the integral over t > 0 of weight(t) exp(-x t - t²/2): eight-point Gauss-Legendre on
  /// 32 panels, up to an exponent 45 below that at 0 (for x above 0) or at its peak.
  private static func integral(_ x: Double, weight: (Double) -> Double) -> Double {
    let end = x >= 0 ? 90 / (x + (x * x + 90).squareRoot()) : -x + (x * x + 90).squareRoot()
    let half = end / 64
    var sum = 0.0
    for panel in 0..<32 {
      let centre = half * Double(2 * panel + 1)
      for (node, share) in GaussLegendre.nodes {
        let t = centre + half * node
        sum += share * weight(t) * exp(-x * t - t * t / 2)
      }
    }
    return sum * half
  }
}

/// Tails of the standard normal distribution, rounded to the side that a bound needs.
enum NormalTail {
  /// Returns an upper bound on the probability of a number above `x`.
  static func above(_ x: Double) -> Double {
    min(1, 0.5 * erfc(x * 0.5.squareRoot()) * (1 + 1e-12) + .leastNormalMagnitude)
  }

  /// Returns a number that is exceeded with probability at least `probability`: the largest, up to
  /// 1e-12.
  static func quantile(below probability: Double) -> Double {
    var (low, high) = (-39.0, 39.0)
    while high - low > 1e-13 {
      let middle = (low + high) / 2
      if 0.5 * erfc(middle * 0.5.squareRoot()) * (1 - 1e-12) >= probability {
        low = middle
      } else {
        high = middle
      }
    }
    return low
  }

  /// Returns a number that is exceeded with probability at most `probability`: the smallest, up to
  /// 1e-12.
  static func quantile(above probability: Double) -> Double {
    var (low, high) = (-39.0, 39.0)
    while high - low > 1e-13 {
      let middle = (low + high) / 2
      if above(middle) <= probability { high = middle } else { low = middle }
    }
    return high
  }
}
