/// A stage of the release, and its share of the budget.
package struct BudgetShare: Codable, Sendable, Equatable {
  /// In plain words: `Learning the domain`.
  package var stage: String
  /// Share of the whole cost, from 0 to 1 (of rho, if zCDP is the currency).
  package var share: Double
  package var detail: String

  package init(stage: String, share: Double, detail: String = "") {
    self.stage = stage
    self.share = share
    self.detail = detail
  }
}
