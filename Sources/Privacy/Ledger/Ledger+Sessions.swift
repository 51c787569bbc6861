import GRDB

extension Ledger {
  /// Sets part of a dataset's budget aside for one release, durably, before its first question is asked.
  ///
  /// - Parameter reserving: the most that the session will spend: ρ, and the sum of the δ of events that have one of their own.
  /// - Parameter purpose: a line for the owner's history; no value of the table belongs in it.
  /// - Throws: ``LedgerError/overdraw(_:)`` where the reservation does not fit along with all that is spent and reserved;
  ///   ``LedgerError/noGrant(dataset:)``; ``LedgerError/invalidReservation(delta:)``; other ``LedgerError``.
  public func openSession(
    dataset: DatasetIdentity, reserving: PrivacyCost, purpose: String
  ) throws -> LedgerSession {
    let amount = reserving
    guard amount.delta.value < 1 else { throw LedgerError.invalidReservation(delta: amount.delta.value) }
    let number = try write { db in
      let datasetNumber = try self.number(of: dataset, db)
      guard try Self.hasGrant(datasetNumber, db) else { throw LedgerError.noGrant(dataset: dataset.name) }
      let balance = try self.balance(datasetNumber, db)
      guard balance.allows(rho: amount.rho.value, delta: amount.delta.value) else {
        throw LedgerError.overdraw(try self.shortfall(dataset, datasetNumber, amount, balance, db))
      }
      return try self.insertSession(dataset, datasetNumber, amount, purpose, db)
    }
    return LedgerSession(ledger: self, dataset: dataset, reservation: amount, number: number)
  }

  private func insertSession(
    _ dataset: DatasetIdentity, _ datasetNumber: Int64, _ amount: PrivacyCost, _ purpose: String, _ db: Database
  ) throws -> Int64 {
    let (time, process) = (JournalEntry.now(), ProcessIdentity.current())
    let sequence = try db.appendToJournal(
      JournalEntry.SessionOpened(
        time: time, dataset: dataset.identity, purpose: purpose, rho: amount.rho.value, delta: amount.delta.value))
    try db.execute(
      sql: """
        INSERT INTO sessions (sequence, dataset, opened, purpose, rho, delta, host, process, process_started)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        sequence, datasetNumber, time, purpose, amount.rho.value, amount.delta.value, process.host, process.process,
        process.started,
      ])
    return sequence
  }

  private func shortfall(
    _ dataset: DatasetIdentity, _ number: Int64, _ requested: PrivacyCost, _ balance: LedgerBalance, _ db: Database
  ) throws -> LedgerShortfall {
    LedgerShortfall(
      dataset: dataset.name, requested: requested, grantedEpsilon: Epsilon(checked: balance.grantedEpsilon),
      grantedDelta: Delta(checked: balance.grantedDelta), usedEpsilon: balance.usedEpsilon.map { Epsilon(checked: $0) },
      leftDelta: Delta(checked: balance.leftDelta), leftRho: Rho(checked: balance.largestRho(delta: requested.delta.value)),
      abandonedSessions: try sessionRecords(number, db).count { $0.state == .abandoned })
  }
}
