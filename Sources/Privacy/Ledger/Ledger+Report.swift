import Foundation
import GRDB

extension Ledger {
  /// The state and history of all datasets, in the order in which they were first seen.
  ///
  /// - Parameter furtherDelta: the δ of the further release that ``LedgerReport/DatasetAccount/furtherEpsilon`` is asked for.
  /// - Parameter eventDelta: the part of it that such a release keeps for events with a δ of their own.
  /// - Throws: ``LedgerError``; ``LedgerError/corrupt(path:detail:)`` where the sums kept with the charges do not add up.
  public func report(furtherDelta: Delta, eventDelta: Delta = Delta(checked: 0)) throws -> LedgerReport {
    try read { db in
      let rows = try Row.fetchAll(db, sql: "SELECT sequence, identity, name, created, fingerprint FROM datasets ORDER BY sequence")
      return LedgerReport(datasets: try rows.map { try self.account($0, furtherDelta, eventDelta, db) })
    }
  }

  private func account(_ row: Row, _ furtherDelta: Delta, _ eventDelta: Delta, _ db: Database) throws
    -> LedgerReport.DatasetAccount
  {
    let number: Int64 = try row.decode(forColumn: "sequence")
    let balance = try balance(number, db)
    let fingerprint = try storedFingerprint(row)
    return LedgerReport.DatasetAccount(
      dataset: DatasetIdentity(identity: try row.decode(forColumn: "identity"), name: try row.decode(forColumn: "name")),
      firstSeen: try row.decode(forColumn: "created"), rows: fingerprint.rowCount, columns: fingerprint.columnNames.count,
      grants: try grantRecords(number, db), grantedEpsilon: Epsilon(checked: balance.grantedEpsilon),
      grantedDelta: Delta(checked: balance.grantedDelta),
      used: PrivacyCost(rho: Rho(checked: balance.usedRho), delta: Delta(checked: balance.usedDelta)),
      usedEpsilon: balance.usedEpsilon.map { Epsilon(checked: $0) }, usedCurve: balance.usedCurve,
      isAnswered: balance.isAnswered, parts: balance.partCount, leftDelta: Delta(checked: balance.leftDelta),
      leftRho: Rho(checked: balance.largestRho(delta: eventDelta.value)),
      furtherEpsilon: Epsilon(checked: balance.largestEpsilon(delta: furtherDelta.value, eventDelta: eventDelta.value)),
      furtherDelta: furtherDelta, furtherEventDelta: eventDelta, sessions: try sessionRecords(number, db))
  }

  private func grantRecords(_ dataset: Int64, _ db: Database) throws -> [LedgerReport.Grant] {
    let sql = "SELECT sequence, created, epsilon, delta, origin FROM grants WHERE dataset = ? ORDER BY sequence"
    return try Row.fetchAll(db, sql: sql, arguments: [dataset]).map { row in
      LedgerReport.Grant(
        sequence: try row.decode(forColumn: "sequence"), time: try row.decode(forColumn: "created"),
        epsilon: Epsilon(checked: try row.decode(forColumn: "epsilon")), delta: Delta(checked: try row.decode(forColumn: "delta")),
        origin: try row.decode(forColumn: "origin"))
    }
  }

  func sessionRecords(_ dataset: Int64, _ db: Database) throws -> [LedgerReport.Session] {
    let sql = """
      SELECT sessions.*, settlements.closed, settlements.rho AS settled_rho, settlements.delta AS settled_delta
      FROM sessions LEFT JOIN settlements ON settlements.session = sessions.sequence
      WHERE dataset = ? ORDER BY sessions.sequence
      """
    return try Row.fetchAll(db, sql: sql, arguments: [dataset]).map { try self.sessionRecord($0, db) }
  }

  private func sessionRecord(_ row: Row, _ db: Database) throws -> LedgerReport.Session {
    let number: Int64 = try row.decode(forColumn: "sequence")
    let (charges, charged) = try chargeRecords(number, db)
    let reserved = try amount(row, "rho", "delta")
    let closed: String? = try row.decode(forColumn: "closed")
    let process = ProcessIdentity(
      host: try row.decode(forColumn: "host"), process: try row.decode(forColumn: "process"),
      started: try row.decode(forColumn: "process_started"))
    let state: LedgerReport.SessionState = closed != nil ? .closed : process.isRunning == false ? .abandoned : .open
    if closed != nil, try amount(row, "settled_rho", "settled_delta") != charged {
      throw corrupt("session \(number) was not settled to the sum of its charges")
    }
    return LedgerReport.Session(
      sequence: number, opened: try row.decode(forColumn: "opened"), closed: closed,
      purpose: try row.decode(forColumn: "purpose"), state: state, reserved: reserved, charged: charged,
      counted: closed == nil ? reserved : charged, charges: charges)
  }

  private func chargeRecords(_ session: Int64, _ db: Database) throws -> ([LedgerReport.Charge], PrivacyCost) {
    var total = (rho: 0.0, delta: 0.0)
    let sql = "SELECT * FROM charges WHERE session = ? ORDER BY sequence"
    let charges = try Row.fetchAll(db, sql: sql, arguments: [session]).map { row in
      let cost = try amount(row, "rho", "delta")
      total = (OutwardSum.up(total.rho, cost.rho.value), OutwardSum.up(total.delta, cost.delta.value))
      guard try amount(row, "total_rho", "total_delta") == PrivacyCost(rho: Rho(checked: total.rho), delta: Delta(checked: total.delta))
      else {
        throw corrupt("the charges of session \(session) do not add up")
      }
      let event: String = try row.decode(forColumn: "event")
      return LedgerReport.Charge(
        sequence: try row.decode(forColumn: "sequence"), time: try row.decode(forColumn: "charged"), cost: cost,
        event: try? JSONDecoder().decode(PrivacyEvent.self, from: Data(event.utf8)))
    }
    return (charges, PrivacyCost(rho: Rho(checked: total.rho), delta: Delta(checked: total.delta)))
  }

  private func amount(_ row: Row, _ rho: String, _ delta: String) throws -> PrivacyCost {
    PrivacyCost(rho: Rho(checked: try row.decode(forColumn: rho)), delta: Delta(checked: try row.decode(forColumn: delta)))
  }
}
