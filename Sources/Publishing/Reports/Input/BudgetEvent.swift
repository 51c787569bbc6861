/// One question, or several alike, put to the rows and paid for.
package struct BudgetEvent: Codable, Sendable, Equatable {
  /// In plain words: `Noisy counts of age × sex`.
  package var question: String
  /// `discrete Gaussian, sigma 41.2`.
  package var mechanism: String
  package var times: Int
  /// The joint cost of all of them, in zCDP's rho; nil if it was charged otherwise.
  package var rho: Double?

  package init(question: String, mechanism: String, times: Int = 1, rho: Double? = nil) {
    self.question = question
    self.mechanism = mechanism
    self.times = times
    self.rho = rho
  }
}
