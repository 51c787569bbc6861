import Foundation

/// The rates at which a test says "in", at limits that are unfavourable to it.
package struct RateLimits: Sendable, Hashable {
  /// The lower limit of the rate for runs with the person.
  package let likely: Double
  /// The upper limit of the rate for runs without.
  package let unlikely: Double

  /// Returns the least epsilon that these rates allow at `delta`, with the roles of "in" and "out"
  /// that prove more; 0 if they prove nothing.
  package func epsilon(delta: Double) -> Double {
    func bound(_ power: Double, _ error: Double) -> Double { power > delta ? log((power - delta) / error) : 0 }
    return max(0, bound(likely, unlikely), bound(1 - unlikely, 1 - likely))
  }

  /// Returns the least delta that these rates allow at `epsilon`.
  package func delta(epsilon: Double) -> Double {
    max(0, likely - exp(epsilon) * unlikely, 1 - unlikely - exp(epsilon) * (1 - likely))
  }
}
