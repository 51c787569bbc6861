/// A risk and its 95 % interval, each from 0 to 1.
package struct RiskEstimate: Codable, Sendable, Equatable {
  package var value: Double
  package var low: Double
  package var high: Double

  package init(value: Double, low: Double, high: Double) {
    self.value = value
    self.low = low
    self.high = high
  }
}

extension RiskEstimate {
  /// Creates the risk (r_attack − r_control) / (1 − r_control) of Giomi et al. (2023), with its
  /// interval by propagation of error:
  /// √[(e_attack / (1 − r_control))² + (e_control (r_attack − 1) / (1 − r_control)²)²], all within
  /// 0 and 1.
  ///
  /// The value uses the observed rates, so an attack that always succeeds has the risk 1 and one
  /// that never does the risk 0. The interval is around Wilson's centres, as in the reference,
  /// whose value also uses the centres. If even the control is always hit, there is nothing to
  /// tell: the risk is 0 with an interval up to 1.
  package init(attack: SuccessRate, control: SuccessRate?) {
    guard let control else {
      self.init(value: attack.observed, spanning: attack.centre, halfWidth: attack.halfWidth)
      return
    }
    guard control.observed < 1, control.centre < 1 else {
      self.init(value: 0, low: 0, high: 1)
      return
    }
    let room = 1 - control.centre
    let fromAttack = attack.halfWidth / room
    let fromControl = control.halfWidth * (attack.centre - 1) / (room * room)
    self.init(
      value: (attack.observed - control.observed) / (1 - control.observed),
      spanning: (attack.centre - control.centre) / room,
      halfWidth: (fromAttack * fromAttack + fromControl * fromControl).squareRoot())
  }

  private init(value: Double, spanning centre: Double, halfWidth: Double) {
    func bounded(_ value: Double) -> Double { min(max(value, 0), 1) }
    let value = bounded(value)
    self.init(
      value: value, low: min(value, bounded(centre - halfWidth)),
      high: max(value, bounded(centre + halfWidth)))
  }

  /// Returns the smallest risk whose interval would lie above zero at the control's rate: the
  /// smallest that this many attempts could have shown.
  package static func smallestDetectable(
    attempts: Int, control: SuccessRate?, widenedBy factor: Double = 1
  ) -> Double {
    let rate = control?.observed ?? 0
    func isSeen(_ risk: Double) -> Bool {
      let successes = (rate + risk * (1 - rate)) * Double(attempts)
      let attack = SuccessRate(successes: successes, attempts: Double(attempts)).widened(by: factor)
      return RiskEstimate(attack: attack, control: control).low > 0
    }
    guard attempts > 0, rate < 1, isSeen(1) else { return 1 }
    return Bisection.last(from: 0, to: 1) { !isSeen($0) }
  }
}

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
    halfWidth =
      z / (attempts + z * z)
      * (successes * (attempts - successes) / attempts + z * z / 4).squareRoot()
  }

  package init(successes: Int, attempts: Int) {
    self.init(successes: Double(successes), attempts: Double(attempts))
  }

  private init(observed: Double, centre: Double, halfWidth: Double) {
    (self.observed, self.centre, self.halfWidth) = (observed, centre, halfWidth)
  }

  /// Returns the same rate with an interval wider by `factor`.
  func widened(by factor: Double) -> SuccessRate {
    SuccessRate(observed: observed, centre: centre, halfWidth: halfWidth * factor)
  }
}
