import GRDB

extension Ledger {
  /// What is left of the budget of a dataset's account now. Another process may reserve it before this one does.
  ///
  /// - Throws: ``LedgerError``.
  package func balance(of dataset: DatasetIdentity) throws -> LedgerBalance {
    try read { db in try self.balance(self.account(of: dataset, db), db) }
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

  /// Grants of an account, its settled sessions at what they were charged, all others at their full reservation.
  func balance(_ account: LedgerAccount, _ db: Database) throws -> LedgerBalance {
    var balance = LedgerBalance()
    for grant in account.grants where grant.isCounted { balance.grant(epsilon: grant.epsilon, delta: grant.delta) }
    let sessions = try Row.fetchAll(
      db,
      sql: """
        SELECT coalesce(settlements.rho, sessions.rho) AS rho, coalesce(settlements.delta, sessions.delta) AS delta
        FROM sessions LEFT JOIN settlements ON settlements.session = sessions.sequence
        WHERE sessions.dataset IN \(account.datasetList) ORDER BY sessions.sequence
        """)
    for row in sessions {
      balance.use(rho: try row.decode(forColumn: "rho"), delta: try row.decode(forColumn: "delta"))
    }
    return balance
  }
}
