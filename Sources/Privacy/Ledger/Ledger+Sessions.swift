import Accounting
import GRDB
import Tables

extension Ledger {
  /// Reserves part of the budget of a dataset's account for one release, durably, before its first
  /// question is asked.
  ///
  /// - Parameter reserving: The most that the session will spend: ρ, and the sum of the δ of events
  ///   that have one of their own. The δ at which ρ is converted is that of the grants, which no
  ///   session uses up: it need not be left (`docs/proofs/ledger.md`).
  /// - Parameter asked: The δ of the request, in which a refusal is worded; nil if its events tell.
  /// - Parameter purpose: A line for the owner's history. No value of the table belongs in it.
  /// - Parameter unit: The unit that the session's amounts protect. All sessions of an account must
  ///   protect the same unit, or their sum would be meaningless.
  /// - Throws: ``LedgerError/unitDiffers(dataset:kept:asked:)``; ``LedgerError/overdraw(_:)`` if
  ///   the reservation does not fit along with everything spent and reserved;
  ///   ``LedgerError/noGrant(dataset:)``; ``LedgerError/invalidReservation(delta:)``; other
  ///   ``LedgerError``.
  package func openSession(
    dataset: DatasetIdentity, reserving: PrivacyCost, at asked: Delta? = nil, purpose: String,
    unit: PrivacyUnit
  ) throws -> LedgerSession {
    let amount = reserving
    guard amount.delta.value < 1 else {
      throw LedgerError.invalidReservation(delta: amount.delta.value)
    }
    let number = try write { db in
      let account = try self.account(of: dataset, db)
      guard !account.grants.isEmpty else { throw LedgerError.noGrant(dataset: account.name) }
      if let kept = try self.unit(of: account, db), kept != unit.ledgerText {
        throw LedgerError.unitDiffers(dataset: account.name, kept: kept, asked: unit.ledgerText)
      }
      let balance = try self.balance(account, db)
      guard balance.allows(rho: amount.rho.value, delta: amount.delta.value) else {
        throw LedgerError.overdraw(try self.shortfall(account, amount, asked, balance, db))
      }
      return try self.insertSession(dataset, amount, purpose, unit.ledgerText, db)
    }
    return LedgerSession(ledger: self, dataset: dataset, reservation: amount, number: number)
  }

  private func insertSession(
    _ dataset: DatasetIdentity, _ amount: PrivacyCost, _ purpose: String, _ unit: String,
    _ db: Database
  ) throws -> Int64 {
    let (time, process) = (JournalEntry.now(), ProcessIdentity.current())
    return try db.append(
      JournalEntry.SessionOpened(
        time: time, dataset: dataset.identity, purpose: purpose, unit: unit, rho: amount.rho.value,
        delta: amount.delta.value),
      to: "sessions",
      record: [
        "dataset": try number(of: dataset, db), "opened": time, "purpose": purpose,
        "rho": amount.rho.value, "delta": amount.delta.value,
        "host": process.host, "process": process.process, "process_started": process.started,
        "unit": unit,
      ], key: fingerprintKey)
  }

  private func shortfall(
    _ account: LedgerAccount, _ requested: PrivacyCost, _ asked: Delta?, _ balance: LedgerBalance,
    _ db: Database
  ) throws -> LedgerShortfall {
    let events = requested.delta.value
    let delta =
      asked?.value
      ?? (events > 0 ? min(1, events / LedgerBalance.eventShare) : balance.leftDelta)
    return LedgerShortfall(
      dataset: account.name, requested: requested,
      grantedEpsilon: Epsilon(checked: balance.grantedEpsilon),
      grantedDelta: Delta(checked: balance.grantedDelta),
      usedEpsilon: balance.usedEpsilon.map { Epsilon(checked: $0) },
      leftDelta: Delta(checked: balance.leftDelta),
      leftRho: Rho(checked: balance.largestRho(delta: events)),
      delta: Delta(checked: delta),
      requestedEpsilon: LedgerBalance.epsilon(reserving: requested.rho.value, delta: delta).map {
        Epsilon(checked: $0)
      },
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

/// The reason that a reservation does not fit: the request, the grants, and the remaining budget.
package struct LedgerShortfall: Sendable, Equatable {
  /// The name of the account: a population's, or the one under which the ledger knows the dataset.
  package let dataset: String
  /// The reservation that was refused.
  package let requested: PrivacyCost
  /// The ε of all grants together.
  package let grantedEpsilon: Epsilon
  /// The δ of all grants together.
  package let grantedDelta: Delta
  /// The spending of closed sessions plus the reservations of open ones, as ε at the granted δ; nil
  /// if the δ of events has used up the granted δ.
  package let usedEpsilon: Epsilon?
  /// The δ of the grants that no event has used yet.
  package let leftDelta: Delta
  /// The largest ρ that a further session may reserve along with the requested δ; 0 if nothing
  /// fits.
  package let leftRho: Rho
  /// The δ at which the next two ε are given: that of the request, as far as it is said or its
  /// events reveal it, else all remaining δ.
  package let delta: Delta
  /// About the ε that was requested; nil if no δ is left.
  package let requestedEpsilon: Epsilon?
  /// The largest ε of a further release that fits.
  package let leftEpsilon: Epsilon
  /// The number of sessions whose processes ended without settling, which are counted in full.
  package let abandonedSessions: Int

  /// Whether a smaller epsilon would be refused too, or be below 0.001: nothing fits until more is
  /// granted.
  package var isUsedUp: Bool { leftRho.value < 1e-8 }

  /// Whether δ is missing: with the requested δ, nothing would fit however small its ρ.
  package var lacksDelta: Bool {
    requested.delta.value > leftDelta.value * LedgerBalance.eventShare
  }
}
