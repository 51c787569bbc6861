import Accounting

/// Where charges go before any noise is drawn: an open session of a ledger.
public protocol BudgetSession {
  /// Records the event durably, or throws where it does not fit into what is left.
  func charge(_ event: PrivacyEvent) throws
  /// What may still be charged.
  func remaining() throws -> PrivacyCost
}

extension BudgetSession {
  /// Without a limit.
  public func remaining() throws -> PrivacyCost {
    PrivacyCost(rho: Rho(checked: .greatestFiniteMagnitude), delta: Delta(checked: 1))
  }
}
