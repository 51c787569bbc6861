/// The rates of an attack on the original's people, on the control's and of guessing, such that anybody can work out the risk again.
package struct AttackRates: Codable, Sendable, Equatable {
  package var attack: AttackRate
  /// Nil without a control.
  package var control: AttackRate?
  /// Nil where nobody guessed.
  package var baseline: AttackRate?

  package init(attack: AttackRate, control: AttackRate?, baseline: AttackRate?) {
    (self.attack, self.control, self.baseline) = (attack, control, baseline)
  }
}

/// How often an attack succeeded, with a 95 % interval (Wilson 1927) within 0 and 1.
package struct AttackRate: Codable, Sendable, Equatable {
  package var attempts: Int
  /// A fraction where the count was corrected for the size of the control.
  package var successes: Double
  /// The count before that correction.
  package var uncorrectedSuccesses: Int?
  package var value: Double
  package var low: Double
  package var high: Double
  /// How many times as wide the interval is as that of so many independent attempts: attempts on one person hang together, and a corrected
  /// count is surer or less sure than a count.
  package var widening: Double

  init(attempts: Int, successes: Double, widening: Double, uncorrected: Int? = nil) {
    let rate = SuccessRate(successes: successes, attempts: Double(attempts)).widened(by: widening)
    (self.attempts, self.successes, self.widening) = (attempts, min(max(successes, 0), Double(attempts)), widening)
    (value, uncorrectedSuccesses) = (rate.observed, uncorrected)
    (low, high) = (max(0, rate.centre - rate.halfWidth), min(1, rate.centre + rate.halfWidth))
  }
}
