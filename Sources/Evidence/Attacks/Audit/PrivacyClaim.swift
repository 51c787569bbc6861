import Foundation

/// A claim that a mechanism is (epsilon, delta)-differentially private for each of several pairs.
///
/// The pairs are fixed before anything is run. A claim of zero-concentrated differential privacy,
/// or an exact law, gives many pairs.
package struct PrivacyClaim: Sendable, Hashable {
  /// One point of the claim.
  package struct Pair: Sendable, Hashable, Codable {
    package let epsilon: Double
    package let delta: Double

    package init(epsilon: Double, delta: Double) {
      self.epsilon = epsilon
      self.delta = delta
    }
  }

  /// The pairs, at least one.
  package let pairs: [Pair]

  package init(_ pairs: [Pair]) {
    precondition(!pairs.isEmpty, "a claim says something")
    self.pairs = pairs
  }

  /// Creates a claim of one pair.
  package init(epsilon: Double, delta: Double = 0) {
    self.init([Pair(epsilon: epsilon, delta: delta)])
  }

  /// Returns the pair that the rates exceed most or, if they exceed none, come closest to.
  package func closest(to limits: RateLimits) -> Pair {
    pairs.max { $0.closeness(of: limits) < $1.closeness(of: limits) } ?? pairs[0]
  }

  /// Returns how close the rates come to the claim, or by how much they exceed it; larger is
  /// closer.
  func closeness(of limits: RateLimits) -> Closeness { closest(to: limits).closeness(of: limits) }

  /// Whether the rates refute a pair.
  package func isRefuted(by limits: RateLimits) -> Bool {
    pairs.contains { limits.epsilon(delta: $0.delta) > $0.epsilon }
  }

  /// Orders by the epsilon proved beyond the claimed one, then by the share of the claimed epsilon,
  /// then by that of delta.
  struct Closeness: Comparable {
    let excess: Double
    let share: Double
    let deltaShare: Double

    static func < (left: Closeness, right: Closeness) -> Bool {
      (left.excess, left.share, left.deltaShare) < (right.excess, right.share, right.deltaShare)
    }
  }
}

extension PrivacyClaim.Pair {
  fileprivate func closeness(of limits: RateLimits) -> PrivacyClaim.Closeness {
    let proved = limits.epsilon(delta: delta)
    return PrivacyClaim.Closeness(
      excess: max(0, proved - epsilon), share: proved / max(epsilon, 1e-3),
      deltaShare: limits.delta(epsilon: epsilon) / max(delta, 1e-12))
  }
}

/// The rates at which a test says "in", at limits that are unfavourable to it.
package struct RateLimits: Sendable, Hashable {
  /// The lower limit of the rate for runs with the person.
  package let likely: Double
  /// The upper limit of the rate for runs without.
  package let unlikely: Double

  /// Returns the least epsilon that these rates allow at `delta`, with the roles of "in" and "out"
  /// that prove more; 0 if they prove nothing.
  package func epsilon(delta: Double) -> Double {
    func bound(_ power: Double, _ error: Double) -> Double {
      power > delta ? log((power - delta) / error) : 0
    }
    return max(0, bound(likely, unlikely), bound(1 - unlikely, 1 - likely))
  }

  /// Returns the least delta that these rates allow at `epsilon`.
  package func delta(epsilon: Double) -> Double {
    max(0, likely - exp(epsilon) * unlikely, 1 - unlikely - exp(epsilon) * (1 - likely))
  }
}

/// Finds the point at which a condition stops holding.
enum Bisection {
  /// Returns the last point found at which `holds` is true. It is taken to be true at `low` and
  /// false at `high`.
  static func last(from low: Double, to high: Double, where holds: (Double) -> Bool) -> Double {
    var (low, high) = (low, high)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if holds(middle) { low = middle } else { high = middle }
    }
    return low
  }
}
