import Accounting

/// An open session of a ledger, which is charged before any noise is drawn.
package protocol BudgetSession {
  /// Records the event durably, or throws if it does not fit into the remaining budget.
  func charge(_ event: PrivacyEvent) throws
  /// Returns the amount that can still be charged.
  func remaining() throws -> PrivacyCost
}

extension BudgetSession {
  /// Returns an unlimited amount.
  package func remaining() throws -> PrivacyCost {
    PrivacyCost(rho: Rho(checked: .greatestFiniteMagnitude), delta: Delta(checked: 1))
  }
}
