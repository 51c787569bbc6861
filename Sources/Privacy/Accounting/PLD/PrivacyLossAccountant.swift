import Foundation

/// Adds up privacy losses of mechanisms whose parameters are fixed beforehand and returns the
/// resulting guarantee, never below the true one.
package struct PrivacyLossAccountant: Sendable {
  package let spacing: Double
  package private(set) var parts: [(losses: PrivacyLossDistribution, count: Int)] = []

  /// Creates an accountant of losses on this grid.
  package init(spacing: Double) { self.spacing = spacing }

  /// Adds `count` uses of a mechanism.
  package mutating func compose(_ losses: PrivacyLossDistribution, count: Int = 1) {
    precondition(
      losses.spacing == spacing && count >= 1, "losses of another grid, or no use of them")
    parts.append((losses, count))
  }

  /// Returns the smallest epsilon, rounded up, at which the composition is (epsilon,
  /// delta)-differentially private, or nil if no epsilon is enough.
  package func epsilon(delta: Double) -> Double? {
    if parts.isEmpty { return 0 }
    let most = parts.reduce(0) { $0 + Double($1.count) * $1.losses.greatest }
    let infinite = parts.reduce(0) { $0 + Double($1.count) * $1.losses.infinite } * (1 + 1e-12)
    guard delta > infinite else { return nil }
    var (tilt, best) = (Moments(parts).tilt(delta: delta), max(0, most))
    for _ in 0..<Self.mostTilts {
      let composed = ComposedLosses(parts, tilt: tilt)
      let (found, isAccurate) = Self.epsilon(of: composed, delta: delta, upTo: best)
      best = min(best, found)
      if isAccurate { break }
      tilt /= 2
    }
    return best
  }

  /// Returns the delta at `epsilon`, rounded up.
  package func delta(epsilon: Double) -> Double {
    if parts.isEmpty { return 0 }
    var (tilt, best) = (Moments(parts).tilt(epsilon: epsilon), 1.0)
    for _ in 0..<Self.mostTilts {
      let (found, error) = ComposedLosses(parts, tilt: tilt).deltaAndError(epsilon)
      best = min(best, found)
      if error <= Self.smallError * found { break }
      tilt /= 2
    }
    return best
  }

  /// Every tilt gives a bound. Near the largest possible loss, the best tilt by moments is far too
  /// steep, so smaller ones are tried.
  private static let mostTilts = 24
  private static let smallError = 1e-5

  private static func epsilon(of composed: ComposedLosses, delta: Double, upTo most: Double) -> (
    epsilon: Double, isAccurate: Bool
  ) {
    var (low, high) = (0.0, most)
    if composed.delta(0) <= delta { return (0, true) }
    for _ in 0..<60 where high - low > 1e-12 * high {
      let middle = (low + high) / 2
      if composed.delta(middle) <= delta { high = middle } else { low = middle }
    }
    return (high, composed.deltaAndError(low).error <= smallError * delta)
  }
}
