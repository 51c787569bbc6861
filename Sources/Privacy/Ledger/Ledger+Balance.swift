import GRDB

extension Ledger {
  /// What is left of a dataset's budget now. Another process may reserve it before this one does.
  ///
  /// - Throws: ``LedgerError``.
  package func balance(of dataset: DatasetIdentity) throws -> LedgerBalance {
    try read { db in try self.balance(self.number(of: dataset, db), db) }
  }

  /// The largest ρ that a session may reserve now along with `delta` for its events; 0 where nothing fits.
  ///
  /// - Throws: ``LedgerError``.
  public func largestReservation(of dataset: DatasetIdentity, delta: Delta) throws -> Rho {
    Rho(checked: try balance(of: dataset).largestRho(delta: delta.value))
  }

  /// What a release of (`epsilon`, `delta`) reserves: the largest ρ that a grant of just that allows, along with `eventDelta` for events
  /// that have a δ of their own. ρ is 0 where `eventDelta` uses up `delta`. Made by the rule by which the ledger accepts, so that a
  /// release fits its own grant to the last bit.
  public static func reservation(epsilon: Epsilon, delta: Delta, eventDelta: Delta) -> PrivacyCost {
    let rho = LedgerBalance.reservation(epsilon: epsilon.value, delta: delta.value, eventDelta: eventDelta.value)
    return PrivacyCost(rho: Rho(checked: rho), delta: eventDelta)
  }

  /// Grants, settled sessions at what they were charged, all others at their full reservation.
  ///
  /// What earlier versions granted and spent becomes one part, by the rule of then; a grant after an answer begins a part of its own.
  func balance(_ dataset: Int64, _ db: Database) throws -> LedgerBalance {
    let (grants, sessions) = (try grantAmounts(dataset, db), try sessionAmounts(dataset, db))
    let hasOldSessions = sessions.contains { !$0.isOfToday }
    func isOld(_ entry: Amount) -> Bool { hasOldSessions && !entry.isOfToday }
    var balance = LedgerBalance()
    for grant in grants where isOld(grant) { balance.grant(epsilon: grant.first, delta: grant.delta) }
    for session in sessions where isOld(session) { balance.use(rho: session.first, delta: session.delta) }
    if hasOldSessions { balance.closeOldRule() }
    var before: Int64 = 0
    for grant in grants where !isOld(grant) {
      if try hasAnswer(dataset, after: before, upTo: grant.sequence, db) { balance.answer() }
      balance.grant(epsilon: grant.first, delta: grant.delta)
      before = grant.sequence
    }
    if try hasAnswer(dataset, after: before, upTo: .max, db) { balance.answer() }
    for session in sessions where !isOld(session) { balance.use(rho: session.first, delta: session.delta) }
    return balance
  }

  /// A grant's ε or a session's ρ, and the δ beside it.
  private struct Amount {
    let sequence: Int64
    let first, delta: Double
    let isOfToday: Bool

    init(_ row: Row) throws {
      sequence = try row.decode(forColumn: "sequence")
      first = try row.decode(forColumn: "first")
      delta = try row.decode(forColumn: "delta")
      isOfToday = JournalEntry.isOfToday(try row.decode(forColumn: "canonical"))
    }
  }

  private func grantAmounts(_ dataset: Int64, _ db: Database) throws -> [Amount] {
    let sql = """
      SELECT grants.sequence, epsilon AS first, delta, canonical FROM grants JOIN journal ON journal.sequence = grants.sequence
      WHERE dataset = ? ORDER BY grants.sequence
      """
    return try Row.fetchAll(db, sql: sql, arguments: [dataset]).map(Amount.init)
  }

  private func sessionAmounts(_ dataset: Int64, _ db: Database) throws -> [Amount] {
    let sql = """
      SELECT sessions.sequence, coalesce(settlements.rho, sessions.rho) AS first,
        coalesce(settlements.delta, sessions.delta) AS delta, canonical
      FROM sessions JOIN journal ON journal.sequence = sessions.sequence
      LEFT JOIN settlements ON settlements.session = sessions.sequence
      WHERE sessions.dataset = ? ORDER BY sessions.sequence
      """
    return try Row.fetchAll(db, sql: sql, arguments: [dataset]).map(Amount.init)
  }

  /// Whether anything was charged, and therefore perhaps answered, between two entries.
  private func hasAnswer(_ dataset: Int64, after first: Int64, upTo last: Int64, _ db: Database) throws -> Bool {
    let sql = """
      SELECT EXISTS (SELECT 1 FROM charges JOIN sessions ON sessions.sequence = charges.session
        WHERE dataset = ? AND charges.sequence > ? AND charges.sequence < ?)
      """
    return try Bool.fetchOne(db, sql: sql, arguments: [dataset, first, last]) ?? false
  }
}
