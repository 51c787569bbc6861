import Accounting
import Ledger

/// Charges nothing, because nothing is promised: for rows that are public, and for runs without a
/// guarantee.
struct Unbudgeted: BudgetSession {
  func charge(_ event: PrivacyEvent) throws {}
}
