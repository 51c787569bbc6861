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

  /// The states of the sessions that were opened after an entry.
  func sessions(after mark: Int64) -> [State] {
    accounts.flatMap(\.sessions).filter { $0.sequence > mark }.map(\.state)
  }

  func hasGrant(after mark: Int64) -> Bool {
    accounts.flatMap(\.grants).contains { $0.sequence > mark }
  }

  enum State: String, Decodable {
    case open, closed, abandoned
  }

  private struct Account: Decodable {
    let sessions: [Session]
    let grants: [Grant]
  }

  private struct Session: Decodable {
    let sequence: Int64
    let state: State
  }

  private struct Grant: Decodable {
    let sequence: Int64
  }
}
