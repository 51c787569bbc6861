import Accounting
import Foundation
import GRDB

/// A reservation of one release, to which its questions are charged one by one.
///
/// If the process ends without ``close()``, the whole reservation stays counted.
package final class LedgerSession: BudgetSession, Sendable {
  /// The dataset whose budget it spends.
  package let dataset: DatasetIdentity
  /// The most that this session may spend.
  package let reservation: PrivacyCost
  /// The number under which the ledger lists this session.
  package let number: Int64

  let ledger: Ledger

  init(ledger: Ledger, dataset: DatasetIdentity, reservation: PrivacyCost, number: Int64) {
    self.ledger = ledger
    self.dataset = dataset
    self.reservation = reservation
    self.number = number
  }

  /// Charges one event. When this returns, the charge is on disk; only then may noise be drawn.
  ///
  /// - Throws: ``LedgerError/reservationExceeded(dataset:session:charge:left:)`` if the session
  ///   would spend more than it reserved; ``LedgerError/sessionClosed(dataset:session:)``; other
  ///   ``LedgerError``. After an error nothing may be released; the charge may or may not be
  ///   counted.
  package func charge(_ event: PrivacyEvent) throws {
    // The price depends on the remaining reservation, so it is set within the transaction that
    // charges.
    try ledger.write { db in
      try self.requireOpen(db)
      let before = try self.total(db)
      let cost = event.price(left: self.left(before).rho)
      let (rho, delta) = (cost.rho.value, cost.delta.value)
      let total = (rho: OutwardSum.up(before.rho, rho), delta: OutwardSum.up(before.delta, delta))
      guard total.rho <= self.reservation.rho.value, total.delta <= self.reservation.delta.value
      else {
        throw LedgerError.reservationExceeded(
          dataset: self.dataset.name, session: self.number, charge: cost,
          left: self.left(before))
      }
      let time = JournalEntry.now()
      try db.append(
        JournalEntry.Charge(time: time, session: self.number, rho: rho, delta: delta, event: event),
        to: "charges",
        record: [
          "session": self.number, "charged": time, "rho": rho, "delta": delta,
          "total_rho": total.rho, "total_delta": total.delta,
          "event": try JournalEntry.canonicalText(event),
        ], key: self.ledger.fingerprintKey)
    }
  }

  /// Returns the amount that can still be charged: an event of exactly this cost is accepted.
  ///
  /// - Throws: ``LedgerError``.
  package func remaining() throws -> PrivacyCost {
    try ledger.read { db in try self.left(self.total(db)) }
  }

  /// Settles the session to its charges, which frees the rest of the reservation, and returns their
  /// sum. Closing a session twice changes nothing.
  ///
  /// - Throws: ``LedgerError``; the full reservation then stays counted.
  @discardableResult
  package func close() throws -> PrivacyCost {
    try ledger.write { db in
      let total = try self.total(db)
      if try !self.isClosed(db) {
        let time = JournalEntry.now()
        try db.append(
          JournalEntry.Settlement(
            time: time, session: self.number, rho: total.rho, delta: total.delta),
          to: "settlements",
          record: ["session": self.number, "closed": time, "rho": total.rho, "delta": total.delta],
          key: self.ledger.fingerprintKey)
      }
      return PrivacyCost(rho: Rho(checked: total.rho), delta: Delta(checked: total.delta))
    }
  }

  /// Returns a manifest's marks for this session, which must be closed.
  ///
  /// - Throws: ``LedgerError``.
  package func marks() throws -> LedgerMarks {
    let sql =
      "SELECT hash FROM chain JOIN settlements ON settlements.sequence = chain.sequence WHERE session = ?"
    return try ledger.read { db in
      guard let hash = try Data.fetchOne(db, sql: sql, arguments: [self.number]) else {
        throw self.ledger.corrupt("a settlement is missing")
      }
      return LedgerMarks(
        dataset: self.dataset.identity, settlement: hash, key: self.ledger.fingerprintKey)
    }
  }

  private func requireOpen(_ db: Database) throws {
    let sql = "SELECT EXISTS (SELECT 1 FROM sessions WHERE sequence = ?)"
    guard try Bool.fetchOne(db, sql: sql, arguments: [number]) == true else {
      throw ledger.corrupt("a session that was opened is missing")
    }
    guard try !isClosed(db) else {
      throw LedgerError.sessionClosed(dataset: dataset.name, session: number)
    }
  }

  private func isClosed(_ db: Database) throws -> Bool {
    let sql = "SELECT EXISTS (SELECT 1 FROM settlements WHERE session = ?)"
    return try Bool.fetchOne(db, sql: sql, arguments: [number]) ?? false
  }

  /// Returns the sum of the charges so far, rounded up.
  private func total(_ db: Database) throws -> (rho: Double, delta: Double) {
    let sql =
      "SELECT total_rho, total_delta FROM charges WHERE session = ? ORDER BY sequence DESC LIMIT 1"
    guard let row = try Row.fetchOne(db, sql: sql, arguments: [number]) else { return (0, 0) }
    return (try row.decode(forColumn: "total_rho"), try row.decode(forColumn: "total_delta"))
  }

  private func left(_ total: (rho: Double, delta: Double)) -> PrivacyCost {
    PrivacyCost(
      rho: Rho(checked: OutwardSum.difference(reservation.rho.value, total.rho)),
      delta: Delta(checked: OutwardSum.difference(reservation.delta.value, total.delta)))
  }
}

/// An open session of a ledger, which is charged before any noise is drawn.
package protocol BudgetSession {
  /// Records the event durably, or throws if it does not fit into the remaining budget.
  func charge(_ event: PrivacyEvent) throws
  /// Returns the amount that can still be charged.
  func remaining() throws -> PrivacyCost
}

extension BudgetSession {
  /// Returns an unlimited amount.
  package func remaining() throws -> PrivacyCost {
    PrivacyCost(rho: Rho(checked: .greatestFiniteMagnitude), delta: Delta(checked: 1))
  }
}
