import Foundation

/// The ε and δ above which a promise is weak, and those above which it must be accepted explicitly.
///
/// δ is the chance that the promise fails outright: a mechanism that publishes each of n rows with
/// probability δ is (0, δ)-private, so δ must be far below 1/n (NIST SP 800-226, section 2.3; Dwork
/// and Roth 2014, section 2.3.1). The meaning of "far below" is a judgement; here it is n^-1.5, and
/// never above one in a million.
package enum PromiseLimits {
  /// Above this, a release names the hazard of a large epsilon.
  package static let strongEpsilon = 5.0
  private static let strongDelta = 1e-6
  /// Beyond these, a grant is made only if the owner explicitly accepts that hardly anything is
  /// promised.
  package static let acceptedEpsilon = 20.0
  package static let acceptedDelta = 1e-3

  /// Returns the δ above which a release names the hazard of a large delta.
  /// - Parameter rows: the approximate number of rows, as public knowledge; nil if nobody gave it.
  package static func strongDelta(rows: Int?) -> Double {
    guard let rows, rows > 0 else { return strongDelta }
    return min(strongDelta, pow(Double(rows), -1.5))
  }

  /// Returns whether a grant of this size must be accepted explicitly.
  package static func needAcceptance(epsilon: Double, delta: Double) -> Bool {
    epsilon > acceptedEpsilon || delta > acceptedDelta
  }
}
