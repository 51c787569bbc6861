/// The result of one attack: how often it succeeded against the original's people, against people
/// who were not in it, and by guessing alone.
package struct AttackResult: Codable, Sendable, Equatable {
  /// The attack's name for machines, such as `singling-out-univariate`.
  package var name: String
  package var attempts: Int
  package var successes: Int
  package var controlAttempts: Int?
  package var controlSuccesses: Int?
  package var baselineAttempts: Int
  package var baselineSuccesses: Int
  /// How much more often the attack succeeded against the original's people than against others, 0
  /// to 1.
  package var risk: RiskEstimate
  /// The smallest risk that this many attempts would have distinguished from zero.
  package var smallestDetectable: Double
  /// The rates behind the risk, with their intervals.
  package var rates: AttackRates?
  /// The known and the sought columns, or why there were fewer attempts than asked for. It may name
  /// columns, never values.
  package var detail: String?

  package init(
    name: String, attempts: Int, successes: Int, controlAttempts: Int?, controlSuccesses: Int?, baselineAttempts: Int,
    baselineSuccesses: Int, risk: RiskEstimate, smallestDetectable: Double, rates: AttackRates? = nil, detail: String? = nil
  ) {
    self.name = name
    self.attempts = attempts
    self.successes = successes
    self.controlAttempts = controlAttempts
    self.controlSuccesses = controlSuccesses
    self.baselineAttempts = baselineAttempts
    self.baselineSuccesses = baselineSuccesses
    self.risk = risk
    self.smallestDetectable = smallestDetectable
    self.rates = rates
    self.detail = detail
  }
}
