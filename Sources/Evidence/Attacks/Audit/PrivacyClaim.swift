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
  package init(epsilon: Double, delta: Double = 0) { self.init([Pair(epsilon: epsilon, delta: delta)]) }

  /// Returns the pair that the rates exceed most or, if they exceed none, come closest to.
  package func closest(to limits: RateLimits) -> Pair { pairs.max { $0.closeness(of: limits) < $1.closeness(of: limits) } ?? pairs[0] }

  /// Returns how close the rates come to the claim, or by how much they exceed it; larger is
  /// closer.
  func closeness(of limits: RateLimits) -> Closeness { closest(to: limits).closeness(of: limits) }

  /// Whether the rates refute a pair.
  package func isRefuted(by limits: RateLimits) -> Bool { pairs.contains { limits.epsilon(delta: $0.delta) > $0.epsilon } }

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
      excess: max(0, proved - epsilon), share: proved / max(epsilon, 1e-3), deltaShare: limits.delta(epsilon: epsilon) / max(delta, 1e-12))
  }
}
