import Accounting
import GRDB

extension Ledger {
  /// Returns the current balance of a dataset's account. Another process may reserve it before this
  /// one does.
  ///
  /// - Throws: ``LedgerError``.
  package func balance(of dataset: DatasetIdentity) throws -> LedgerBalance {
    try read { db in try self.balance(self.account(of: dataset, db), db) }
  }

  /// Returns the largest ρ that a session can reserve now along with `delta` for its events, or 0
  /// if nothing fits.
  ///
  /// - Throws: ``LedgerError``.
  package func largestReservation(of dataset: DatasetIdentity, delta: Delta) throws -> Rho {
    Rho(checked: try balance(of: dataset).largestRho(delta: delta.value))
  }

  /// Returns the reservation of a release of (`epsilon`, `delta`): the largest ρ that a grant of
  /// exactly that allows, along with `eventDelta` for events with a δ of their own. ρ is 0 if
  /// `eventDelta` uses up `delta`. The same rule decides whether the ledger accepts, so a release
  /// fits its own grant to the last bit.
  package static func reservation(epsilon: Epsilon, delta: Delta, eventDelta: Delta) -> PrivacyCost
  {
    let rho = LedgerBalance.reservation(
      epsilon: epsilon.value, delta: delta.value, eventDelta: eventDelta.value)
    return PrivacyCost(rho: Rho(checked: rho), delta: eventDelta)
  }

  /// Returns the balance from the grants of an account, its settled sessions at their charges, and
  /// all others at their full reservation. If accounts with grants were joined, the grants of all
  /// of them are promised, and those of each account alone are a limit.
  func balance(_ account: LedgerAccount, _ db: Database) throws -> LedgerBalance {
    let sessions = try sessionAmounts(account, db)
    func balance(_ grants: [LedgerAccount.Grant]) throws -> LedgerBalance {
      try self.balance(of: self.amounts(of: grants, db), sessions, account, db)
    }
    guard account.budgets.count > 1 else { return try balance(account.budgets.first ?? []) }
    return try balance(account.givenGrants).limited(by: account.budgets.map(balance))
  }

  /// Returns the balance. Grants and spending of earlier versions become one part, by the rule of
  /// that time. A grant after an answer begins a new part.
  private func balance(
    of grants: [Amount], _ sessions: [Amount], _ account: LedgerAccount, _ db: Database
  ) throws -> LedgerBalance {
    let hasOldSessions = sessions.contains { !$0.isOfToday }
    func isOld(_ entry: Amount) -> Bool { hasOldSessions && !entry.isOfToday }
    var balance = LedgerBalance()
    for grant in grants where isOld(grant) {
      balance.grant(epsilon: grant.first, delta: grant.delta)
    }
    for session in sessions where isOld(session) {
      balance.use(rho: session.first, delta: session.delta)
    }
    if hasOldSessions { balance.closeOldRule() }
    var before: Int64 = 0
    for grant in grants where !isOld(grant) {
      if try hasAnswer(account, after: before, upTo: grant.sequence, db) { balance.answer() }
      balance.grant(epsilon: grant.first, delta: grant.delta)
      before = grant.sequence
    }
    if try hasAnswer(account, after: before, upTo: .max, db) { balance.answer() }
    for session in sessions where !isOld(session) {
      balance.use(rho: session.first, delta: session.delta)
    }
    return balance
  }

  /// A grant's ε or a session's ρ, and the δ beside it.
  private struct Amount {
    let sequence: Int64
    let first, delta: Double
    let isOfToday: Bool
  }

  private func amounts(of grants: [LedgerAccount.Grant], _ db: Database) throws -> [Amount] {
    try grants.map { grant in
      let canonical = try String.fetchOne(
        db, sql: "SELECT canonical FROM journal WHERE sequence = ?", arguments: [grant.sequence])
      return Amount(
        sequence: grant.sequence, first: grant.epsilon, delta: grant.delta,
        isOfToday: JournalEntry.isOfToday(canonical ?? ""))
    }
  }

  private func sessionAmounts(_ account: LedgerAccount, _ db: Database) throws -> [Amount] {
    let sql = """
      SELECT sessions.sequence, coalesce(settlements.rho, sessions.rho) AS rho,
        coalesce(settlements.delta, sessions.delta) AS delta, canonical
      FROM sessions JOIN journal ON journal.sequence = sessions.sequence
      LEFT JOIN settlements ON settlements.session = sessions.sequence
      WHERE sessions.dataset IN \(account.datasetList) ORDER BY sessions.sequence
      """
    return try Row.fetchAll(db, sql: sql).map { row in
      Amount(
        sequence: try row.decode(forColumn: "sequence"), first: try row.decode(forColumn: "rho"),
        delta: try row.decode(forColumn: "delta"),
        isOfToday: JournalEntry.isOfToday(try row.decode(forColumn: "canonical")))
    }
  }

  /// Returns whether anything was charged, and so perhaps answered, between two entries.
  private func hasAnswer(
    _ account: LedgerAccount, after first: Int64, upTo last: Int64, _ db: Database
  ) throws -> Bool {
    let sql = """
      SELECT EXISTS (SELECT 1 FROM charges JOIN sessions ON sessions.sequence = charges.session
        WHERE dataset IN \(account.datasetList) AND charges.sequence > ? AND charges.sequence < ?)
      """
    return try Bool.fetchOne(db, sql: sql, arguments: [first, last]) ?? false
  }
}
