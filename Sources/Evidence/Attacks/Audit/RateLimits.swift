import Foundation

/// How often a test says "in", at limits that are unfavourable to it.
package struct RateLimits: Sendable, Hashable {
  /// At least so often of runs with the person.
  package let likely: Double
  /// At most so often of runs without.
  package let unlikely: Double

  /// The least epsilon that these rates allow at `delta`, the roles of "in" and "out" as they prove more; 0 where they prove nothing.
  package func epsilon(delta: Double) -> Double {
    func bound(_ power: Double, _ error: Double) -> Double { power > delta ? log((power - delta) / error) : 0 }
    return max(0, bound(likely, unlikely), bound(1 - unlikely, 1 - likely))
  }

  /// The least delta that these rates allow at `epsilon`.
  package func delta(epsilon: Double) -> Double {
    max(0, likely - exp(epsilon) * unlikely, 1 - unlikely - exp(epsilon) * (1 - likely))
  }
}
