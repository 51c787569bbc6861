/// The rates of an attack on the original's people, on the control's and of guessing, from which
/// anybody can recompute the risk.
package struct AttackRates: Codable, Sendable, Equatable {
  package var attack: AttackRate
  /// The rate on the control; nil if there is none.
  package var control: AttackRate?
  /// The rate of guessing; nil if nobody guessed.
  package var baseline: AttackRate?

  package init(attack: AttackRate, control: AttackRate?, baseline: AttackRate?) {
    (self.attack, self.control, self.baseline) = (attack, control, baseline)
  }
}

/// The success rate of an attack, with a 95 % interval (Wilson 1927) within 0 and 1.
package struct AttackRate: Codable, Sendable, Equatable {
  package var attempts: Int
  /// Successes; a fraction if corrected for the size of the control.
  package var successes: Double
  /// The count before that correction.
  package var uncorrectedSuccesses: Int?
  package var value: Double
  package var low: Double
  package var high: Double
  /// The width of the interval relative to that of as many independent attempts: attempts on one
  /// person are related, and a corrected count is more or less certain than a plain one.
  package var widening: Double

  init(attempts: Int, successes: Double, widening: Double, uncorrected: Int? = nil) {
    let rate = SuccessRate(successes: successes, attempts: Double(attempts)).widened(by: widening)
    (self.attempts, self.successes, self.widening) = (attempts, min(max(successes, 0), Double(attempts)), widening)
    (value, uncorrectedSuccesses) = (rate.observed, uncorrected)
    (low, high) = (max(0, rate.centre - rate.halfWidth), min(1, rate.centre + rate.halfWidth))
  }
}
