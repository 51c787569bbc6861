import Foundation

/// From where on ε and δ weaken a promise, and from where on nobody gets them without saying so.
///
/// δ is the chance that the promise fails outright: a mechanism that publishes each of n rows with the probability δ is (0, δ)-private, so
/// δ must be far below 1/n (NIST SP 800-226, section 2.3; Dwork and Roth 2014, section 2.3.1). What "far below" is, is a judgement; here
/// it is n^-1.5, and never above one in a million.
package enum PromiseLimits {
  /// Above it a release names the hazard ``Hazard/largeEpsilon``.
  package static let strongEpsilon = 5.0
  private static let strongDelta = 1e-6
  /// Beyond these a grant is made only where the owner accepts in so many words that hardly anything is promised.
  package static let acceptedEpsilon = 20.0
  package static let acceptedDelta = 1e-3

  /// Above it a release names the hazard ``Hazard/largeDelta``.
  /// - Parameter rows: about how many there are, as public knowledge; nil where nobody said.
  package static func strongDelta(rows: Int?) -> Double {
    guard let rows, rows > 0 else { return strongDelta }
    return min(strongDelta, pow(Double(rows), -1.5))
  }

  /// Whether a grant of this size must be accepted in so many words.
  package static func needAcceptance(epsilon: Double, delta: Double) -> Bool { epsilon > acceptedEpsilon || delta > acceptedDelta }
}
