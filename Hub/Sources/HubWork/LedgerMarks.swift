import Foundation
import Understudy

/// The numbers of the ledger's entries, by which a worker sees what has been charged since.
struct LedgerMarks: Sendable {
  private let accounts: [Account]

  init(_ budgets: [Budget]) throws {
    accounts = try budgets.map {
      try JSONDecoder().decode(Account.self, from: JSONEncoder().encode($0))
    }
  }

  /// The number of the newest entry; 0 for an empty ledger.
  var newest: Int64 {
    accounts.flatMap { $0.sessions.map(\.sequence) + $0.grants.map(\.sequence) }.max() ?? 0
  }

  /// The sessions that were opened after an entry.
  /// - Parameter budget: The name of the budget that was to be charged. If it is nil, or the ledger
  ///   has no budget of this name any more, the sessions of all budgets are taken: too many make a
  ///   job fail, too few would charge twice.
  func sessions(after mark: Int64, in budget: String?) -> [Session] {
    let named = accounts.filter { $0.name == budget }
    return (named.isEmpty ? accounts : named).flatMap(\.sessions).filter { $0.sequence > mark }
  }

  func hasBudget(named name: String) -> Bool { accounts.contains { $0.name == name } }

  /// The largest ε of a further question to a budget's table: its δ need not be left, because only
  /// the δ of events adds up (docs/proofs/ledger.md). Nil for a budget that there is not.
  func answerEpsilon(of budget: String) -> Double? {
    accounts.first { $0.name == budget }?.answerEpsilon
  }

  func hasGrant(after mark: Int64) -> Bool {
    accounts.flatMap(\.grants).contains { $0.sequence > mark }
  }

  enum State: String, Decodable {
    case open, closed, abandoned
  }

  struct Session: Decodable {
    let sequence: Int64
    let state: State
    let counted: Cost
  }

  struct Cost: Decodable {
    let rho: Double
  }

  private struct Account: Decodable {
    let name: String
    let answerEpsilon: Double?
    let sessions: [Session]
    let grants: [Grant]
  }

  private struct Grant: Decodable {
    let sequence: Int64
  }
}
