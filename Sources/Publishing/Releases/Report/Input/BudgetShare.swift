/// A stage of the release and its part of the budget.
package struct BudgetShare: Codable, Sendable, Equatable {
  /// In plain words: `Learning the domain`.
  package var stage: String
  /// From 0 to 1, of the whole cost (of rho, where zCDP is the currency).
  package var share: Double
  package var detail: String

  package init(stage: String, share: Double, detail: String = "") {
    self.stage = stage
    self.share = share
    self.detail = detail
  }
}
