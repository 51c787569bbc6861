/// A share of successes with its 95 % interval (Wilson 1927): centre (s + z²/2) / (n + z²), half
/// width z / (n + z²) · √(s (n − s) / n + z²/4). Without attempts nothing is known: 0.5 ± 0.5.
package struct SuccessRate: Sendable, Equatable {
  /// The z of a two-sided interval of 95 %.
  package static let z = 1.959963984540054

  package let observed: Double
  package let centre: Double
  package let halfWidth: Double

  /// - Parameter successes: may be a fraction if a count was corrected for the size of a table.
  package init(successes: Double, attempts: Double, z: Double = SuccessRate.z) {
    guard attempts > 0 else {
      (observed, centre, halfWidth) = (0, 0.5, 0.5)
      return
    }
    let successes = min(max(successes, 0), attempts)
    observed = successes / attempts
    centre = (successes + z * z / 2) / (attempts + z * z)
    halfWidth = z / (attempts + z * z) * (successes * (attempts - successes) / attempts + z * z / 4).squareRoot()
  }

  package init(successes: Int, attempts: Int) { self.init(successes: Double(successes), attempts: Double(attempts)) }

  private init(observed: Double, centre: Double, halfWidth: Double) {
    (self.observed, self.centre, self.halfWidth) = (observed, centre, halfWidth)
  }

  /// Returns the same rate with an interval wider by `factor`.
  func widened(by factor: Double) -> SuccessRate { SuccessRate(observed: observed, centre: centre, halfWidth: halfWidth * factor) }
}
