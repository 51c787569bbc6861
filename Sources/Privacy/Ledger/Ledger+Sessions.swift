import Accounting
import GRDB
import Tables

extension Ledger {
  /// Reserves part of the budget of a dataset's account for one release, durably, before its first
  /// question is asked.
  ///
  /// - Parameter reserving: The most that the session will spend: ρ, and the sum of the δ of events
  ///   that have one of their own.
  /// - Parameter purpose: A line for the owner's history. No value of the table belongs in it.
  /// - Parameter unit: The unit that the session's amounts protect. All sessions of an account must
  ///   protect the same unit, or their sum would be meaningless.
  /// - Throws: ``LedgerError/unitDiffers(dataset:kept:asked:)``; ``LedgerError/overdraw(_:)`` if
  ///   the reservation does not fit along with everything spent and reserved;
  ///   ``LedgerError/noGrant(dataset:)``; ``LedgerError/invalidReservation(delta:)``; other
  ///   ``LedgerError``.
  package func openSession(
    dataset: DatasetIdentity, reserving: PrivacyCost, purpose: String, unit: PrivacyUnit
  ) throws -> LedgerSession {
    let amount = reserving
    guard amount.delta.value < 1 else { throw LedgerError.invalidReservation(delta: amount.delta.value) }
    let number = try write { db in
      let account = try self.account(of: dataset, db)
      guard !account.grants.isEmpty else { throw LedgerError.noGrant(dataset: account.name) }
      if let kept = try self.unit(of: account, db), kept != unit.ledgerText {
        throw LedgerError.unitDiffers(dataset: account.name, kept: kept, asked: unit.ledgerText)
      }
      let balance = try self.balance(account, db)
      guard balance.allows(rho: amount.rho.value, delta: amount.delta.value) else {
        throw LedgerError.overdraw(try self.shortfall(account, amount, balance, db))
      }
      return try self.insertSession(dataset, amount, purpose, unit.ledgerText, db)
    }
    return LedgerSession(ledger: self, dataset: dataset, reservation: amount, number: number)
  }

  private func insertSession(
    _ dataset: DatasetIdentity, _ amount: PrivacyCost, _ purpose: String, _ unit: String, _ db: Database
  ) throws -> Int64 {
    let (time, process) = (JournalEntry.now(), ProcessIdentity.current())
    return try db.append(
      JournalEntry.SessionOpened(
        time: time, dataset: dataset.identity, purpose: purpose, unit: unit, rho: amount.rho.value, delta: amount.delta.value),
      to: "sessions",
      record: [
        "dataset": try number(of: dataset, db), "opened": time, "purpose": purpose, "rho": amount.rho.value, "delta": amount.delta.value,
        "host": process.host, "process": process.process, "process_started": process.started, "unit": unit,
      ], key: fingerprintKey)
  }

  private func shortfall(
    _ account: LedgerAccount, _ requested: PrivacyCost, _ balance: LedgerBalance, _ db: Database
  ) throws -> LedgerShortfall {
    let events = requested.delta.value
    let delta = events > 0 ? min(1, events / LedgerBalance.eventShare) : balance.leftDelta
    return LedgerShortfall(
      dataset: account.name, requested: requested, grantedEpsilon: Epsilon(checked: balance.grantedEpsilon),
      grantedDelta: Delta(checked: balance.grantedDelta), usedEpsilon: balance.usedEpsilon.map { Epsilon(checked: $0) },
      leftDelta: Delta(checked: balance.leftDelta), leftRho: Rho(checked: balance.largestRho(delta: events)),
      delta: Delta(checked: delta),
      requestedEpsilon: LedgerBalance.epsilon(reserving: requested.rho.value, delta: delta).map { Epsilon(checked: $0) },
      leftEpsilon: Epsilon(checked: balance.largestEpsilon(delta: delta, eventDelta: events)),
      abandonedSessions: try sessionRecords(account, db).count { $0.state == .abandoned })
  }
}

extension PrivacyUnit {
  /// The unit as a ledger writes it. It omits the number of rows that count for a person: each
  /// event is charged with its own sensitivity.
  fileprivate var ledgerText: String {
    switch self {
    case .row: "row"
    case .person(let column, _): "person in column '\(column)'"
    }
  }
}
