/// The counts of one attack, from which its result follows.
package struct AttackOutcome {
  package let name: String
  package let attempts: Int
  package let successes: Int
  var baselineAttempts = 0
  var baselineSuccesses = 0
  var detail = ""
  /// The rows of the original that were hit, each listed once per hit.
  var hitRows: [Int] = []
  /// The factor by which intervals are wider than those of independent attempts.
  var widening = 1.0
  /// The control's successes at its own size.
  package private(set) var rawControlSuccesses: Int?
  private var controlAttempts: Int?
  private var controlSuccesses: Double?
  private var controlWidening = 1.0

  package init(name: String, attempts: Int, successes: Int) {
    (self.name, self.attempts, self.successes) = (name, attempts, successes)
  }

  /// - Parameters:
  ///   - corrected: the successes that the control would have at the original's size, if that
  ///     matters.
  ///   - scale: the uncertainty of the corrected count, as a multiple of that of the `raw` count.
  package mutating func setControl(
    attempts: Int, raw: Int, corrected: Double? = nil, scale: Double = 1
  ) {
    controlAttempts = attempts
    rawControlSuccesses = raw
    controlSuccesses = corrected ?? Double(raw)
    guard let corrected, attempts > 0 else { return }
    let rate = SuccessRate(successes: corrected, attempts: Double(attempts))
    controlWidening =
      scale * SuccessRate(successes: raw, attempts: attempts).halfWidth / rate.halfWidth
  }

  package var result: AttackResult {
    let attack = SuccessRate(successes: successes, attempts: attempts).widened(by: widening)
    let control = controlAttempts.map { attempts in
      SuccessRate(successes: controlSuccesses ?? 0, attempts: Double(attempts)).widened(
        by: widening * controlWidening)
    }
    return AttackResult(
      name: name, attempts: attempts, successes: successes, controlAttempts: controlAttempts,
      controlSuccesses: controlSuccesses.map { Int($0.rounded()) },
      baselineAttempts: baselineAttempts,
      baselineSuccesses: baselineSuccesses, risk: RiskEstimate(attack: attack, control: control),
      smallestDetectable: RiskEstimate.smallestDetectable(
        attempts: attempts, control: control, widenedBy: widening), rates: rates,
      detail: detail)
  }

  private var rates: AttackRates {
    AttackRates(
      attack: AttackRate(attempts: attempts, successes: Double(successes), widening: widening),
      control: controlAttempts.map {
        AttackRate(
          attempts: $0, successes: controlSuccesses ?? 0, widening: widening * controlWidening,
          uncorrected: rawControlSuccesses)
      },
      baseline: baselineAttempts > 0
        ? AttackRate(attempts: baselineAttempts, successes: Double(baselineSuccesses), widening: 1)
        : nil)
  }
}

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
    (self.attempts, self.successes, self.widening) = (
      attempts, min(max(successes, 0), Double(attempts)), widening
    )
    (value, uncorrectedSuccesses) = (rate.observed, uncorrected)
    (low, high) = (max(0, rate.centre - rate.halfWidth), min(1, rate.centre + rate.halfWidth))
  }
}
