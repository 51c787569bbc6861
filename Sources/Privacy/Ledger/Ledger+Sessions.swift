import GRDB
import Tables

extension Ledger {
  /// Sets part of a dataset's budget aside for one release, durably, before its first question is asked.
  ///
  /// - Parameter reserving: the most that the session will spend: ρ, and the sum of the δ of events that have one of their own.
  /// - Parameter purpose: a line for the owner's history; no value of the table belongs in it.
  /// - Parameter unit: whom the session's amounts protect. All sessions of a dataset must protect the same unit, or their sum would say
  ///   nothing.
  /// - Throws: ``LedgerError/unitDiffers(dataset:kept:asked:)``;
  ///   ``LedgerError/overdraw(_:)`` where the reservation does not fit along with all that is spent and reserved;
  ///   ``LedgerError/noGrant(dataset:)``; ``LedgerError/invalidReservation(delta:)``; other ``LedgerError``.
  public func openSession(
    dataset: DatasetIdentity, reserving: PrivacyCost, purpose: String, unit: PrivacyUnit
  ) throws -> LedgerSession {
    let amount = reserving
    guard amount.delta.value < 1 else { throw LedgerError.invalidReservation(delta: amount.delta.value) }
    let number = try write { db in
      let datasetNumber = try self.number(of: dataset, db)
      guard try Self.hasGrant(datasetNumber, db) else { throw LedgerError.noGrant(dataset: dataset.name) }
      try self.requireUnit(unit.ledgerText, of: dataset, datasetNumber, db)
      let balance = try self.balance(datasetNumber, db)
      guard balance.allows(rho: amount.rho.value, delta: amount.delta.value) else {
        throw LedgerError.overdraw(try self.shortfall(dataset, datasetNumber, amount, balance, db))
      }
      return try self.insertSession(dataset, datasetNumber, amount, purpose, unit.ledgerText, db)
    }
    return LedgerSession(ledger: self, dataset: dataset, reservation: amount, number: number)
  }

  /// A dataset keeps the unit of its first session that names one; sessions of format 1 do not.
  private func requireUnit(_ asked: String, of dataset: DatasetIdentity, _ number: Int64, _ db: Database) throws {
    let sql = "SELECT unit FROM sessions WHERE dataset = ? AND unit IS NOT NULL ORDER BY sequence LIMIT 1"
    guard let kept = try String.fetchOne(db, sql: sql, arguments: [number]), kept != asked else { return }
    throw LedgerError.unitDiffers(dataset: dataset.name, kept: kept, asked: asked)
  }

  private func insertSession(
    _ dataset: DatasetIdentity, _ datasetNumber: Int64, _ amount: PrivacyCost, _ purpose: String, _ unit: String, _ db: Database
  ) throws -> Int64 {
    let (time, process) = (JournalEntry.now(), ProcessIdentity.current())
    return try db.append(
      JournalEntry.SessionOpened(
        time: time, dataset: dataset.identity, purpose: purpose, unit: unit, rho: amount.rho.value, delta: amount.delta.value),
      to: "sessions",
      record: [
        "dataset": datasetNumber, "opened": time, "purpose": purpose, "rho": amount.rho.value, "delta": amount.delta.value,
        "host": process.host, "process": process.process, "process_started": process.started, "unit": unit,
      ], key: fingerprintKey)
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

extension PrivacyUnit {
  /// As a ledger writes it. How many rows of a person count is not part of it: each event is charged with its own sensitivity.
  fileprivate var ledgerText: String {
    switch self {
    case .row: "row"
    case .person(let column, _): "person in column '\(column)'"
    }
  }
}
