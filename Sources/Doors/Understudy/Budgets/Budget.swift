import Accounting
import Foundation
import Ledger

/// The budget of a table's people: a lone dataset, or several that share one.
public struct Budget: Reported {
  package let report: LedgerReport.Account
  package init(report: LedgerReport.Account) { self.report = report }

  /// The population's name, or else that of the first dataset.
  public var name: String { report.name }
  /// The ε of all grants that count.
  public var grantedEpsilon: Double { report.grantedEpsilon.value }
  /// The δ of all grants that count.
  public var grantedDelta: Double { report.grantedDelta.value }
  /// The ε of the answers so far; nil if the δ of events has used up its share.
  public var usedEpsilon: Double? { report.usedEpsilon?.value }
  /// The largest ε that a further release could ask for at ``furtherDelta``.
  public var furtherEpsilon: Double { report.furtherEpsilon.value }
  /// The δ that a further release may have.
  public var furtherDelta: Double { report.leftDelta.value }

  /// Every grant and every release, in order.
  public var history: [BudgetEntry] {
    let grants = report.grants.map { grant in
      (
        grant.sequence,
        BudgetEntry(
          time: grant.time, event: grant.origin, epsilon: grant.epsilon.value,
          delta: grant.delta.value)
      )
    }
    let sessions = report.sessions.map { session in
      let (rho, delta) = (session.counted.rho.value, session.counted.delta.value)
      return (
        session.sequence,
        BudgetEntry(time: session.opened, event: session.purpose, rho: rho, delta: delta)
      )
    }
    return (grants + sessions).sorted { $0.0 < $1.0 }.map(\.1)
  }
}

/// A grant, or the charges of a release.
public struct BudgetEntry: Sendable, Codable, Equatable {
  /// When it began: ISO 8601, in UTC.
  public let time: String
  /// The origin of a grant, or the purpose of the charges.
  public let event: String
  /// The ε that was granted; nil for charges.
  public var epsilon: Double?
  /// The ρ that counts; nil for a grant.
  public var rho: Double?
  /// The δ that was granted or counts.
  public let delta: Double
}

/// A grant that was given, and the budget after it.
public struct BudgetReceipt: Sendable, Codable {
  /// The budget, with the grant in it.
  public let budget: Budget
  /// Sentences for the owner.
  public let notes: [String]
}
