import Accounting
import Foundation
import GRDB

extension Ledger {
  /// Returns the state and history of all accounts, in the order in which they were first seen.
  ///
  /// - Parameter furtherDelta: The δ of the further release for which
  ///   ``LedgerReport/Account/furtherEpsilon`` is computed.
  /// - Parameter eventDelta: The part of it that such a release keeps for events with a δ of their
  ///   own.
  /// - Throws: ``LedgerError``; ``LedgerError/corrupt(path:detail:)`` if the sums kept with the
  ///   charges do not add up.
  package func report(furtherDelta: Delta, eventDelta: Delta = Delta(checked: 0)) throws
    -> LedgerReport
  {
    try read { db in
      let shapes = try self.shapes(db)
      let accounts = try LedgerAccounts(db).all.map { account in
        (account.isShared, try self.record(account, shapes, furtherDelta, eventDelta, db))
      }
      return LedgerReport(
        datasets: accounts.filter { !$0.0 }.map(\.1), populations: accounts.filter(\.0).map(\.1))
    }
  }

  /// Returns the rows and columns of each dataset.
  private func shapes(_ db: Database) throws -> [Int64: (rows: Int, columns: Int)] {
    let known = try knownDatasets(db)
    return Dictionary(
      uniqueKeysWithValues: known.map {
        ($0.number, ($0.fingerprint.rowCount, $0.fingerprint.columnNames.count))
      })
  }

  private func record(
    _ account: LedgerAccount, _ shapes: [Int64: (rows: Int, columns: Int)], _ furtherDelta: Delta,
    _ eventDelta: Delta, _ db: Database
  ) throws -> LedgerReport.Account {
    let balance = try balance(account, db)
    let datasets = account.datasets.map { dataset in
      let shape = shapes[dataset.number] ?? (0, 0)
      return LedgerReport.Dataset(
        dataset: dataset.identity, firstSeen: dataset.created, rows: shape.rows,
        columns: shape.columns)
    }
    let firstSeen = account.datasets.map(\.created) + account.populations.map(\.created)
    return LedgerReport.Account(
      name: account.name, populations: account.populations.map(\.name),
      dataset: account.isShared ? nil : datasets.first?.dataset,
      datasets: datasets, firstSeen: firstSeen.min() ?? "",
      rows: datasets.reduce(0) { $0 + $1.rows },
      columns: datasets.map(\.columns).max() ?? 0, grants: account.grants.map(Self.record),
      grantedEpsilon: Epsilon(checked: balance.grantedEpsilon),
      grantedDelta: Delta(checked: balance.grantedDelta),
      used: PrivacyCost(
        rho: Rho(checked: balance.usedRho), delta: Delta(checked: balance.usedDelta)),
      promisedEpsilon: Epsilon(checked: balance.promisedEpsilon),
      promisedDelta: Delta(checked: min(1, balance.promisedDelta)),
      isJoined: balance.isJoined,
      usedEpsilon: balance.usedEpsilon.map { Epsilon(checked: $0) }, usedCurve: balance.usedCurve,
      isAnswered: balance.isAnswered, parts: balance.partCount,
      leftDelta: Delta(checked: balance.leftDelta),
      leftRho: Rho(checked: balance.largestRho(delta: eventDelta.value)),
      furtherEpsilon: Epsilon(
        checked: balance.largestEpsilon(delta: furtherDelta.value, eventDelta: eventDelta.value)),
      furtherDelta: furtherDelta, furtherEventDelta: eventDelta,
      sessions: try sessionRecords(account, db))
  }

  private static func record(_ grant: LedgerAccount.Grant) -> LedgerReport.Grant {
    LedgerReport.Grant(
      sequence: grant.sequence, time: grant.created, epsilon: Epsilon(checked: grant.epsilon),
      delta: Delta(checked: grant.delta),
      origin: grant.origin, isCounted: grant.isCounted)
  }

  func sessionRecords(_ account: LedgerAccount, _ db: Database) throws -> [LedgerReport.Session] {
    let sql = """
      SELECT sessions.*, datasets.name AS dataset_name, settlements.closed, settlements.rho AS settled_rho,
        settlements.delta AS settled_delta
      FROM sessions JOIN datasets ON datasets.sequence = sessions.dataset
      LEFT JOIN settlements ON settlements.session = sessions.sequence
      WHERE sessions.dataset IN \(account.datasetList) ORDER BY sessions.sequence
      """
    return try Row.fetchAll(db, sql: sql).map { try self.sessionRecord($0, db) }
  }

  private func sessionRecord(_ row: Row, _ db: Database) throws -> LedgerReport.Session {
    let number: Int64 = try row.decode(forColumn: "sequence")
    let (charges, charged) = try chargeRecords(number, db)
    let reserved = try amount(row, "rho", "delta")
    let closed: String? = try row.decode(forColumn: "closed")
    let process = ProcessIdentity(
      host: try row.decode(forColumn: "host"), process: try row.decode(forColumn: "process"),
      started: try row.decode(forColumn: "process_started"))
    let state: LedgerReport.SessionState =
      closed != nil ? .closed : process.isRunning == false ? .abandoned : .open
    if closed != nil, try amount(row, "settled_rho", "settled_delta") != charged {
      throw corrupt("session \(number) was not settled to the sum of its charges")
    }
    return LedgerReport.Session(
      sequence: number, dataset: try row.decode(forColumn: "dataset_name"),
      opened: try row.decode(forColumn: "opened"), closed: closed,
      purpose: try row.decode(forColumn: "purpose"), state: state, reserved: reserved,
      charged: charged,
      counted: closed == nil ? reserved : charged, charges: charges)
  }

  private func chargeRecords(_ session: Int64, _ db: Database) throws -> (
    [LedgerReport.Charge], PrivacyCost
  ) {
    var total = (rho: 0.0, delta: 0.0)
    let sql = "SELECT * FROM charges WHERE session = ? ORDER BY sequence"
    let charges = try Row.fetchAll(db, sql: sql, arguments: [session]).map { row in
      let cost = try amount(row, "rho", "delta")
      total = (
        OutwardSum.up(total.rho, cost.rho.value), OutwardSum.up(total.delta, cost.delta.value)
      )
      guard
        try amount(row, "total_rho", "total_delta")
          == PrivacyCost(rho: Rho(checked: total.rho), delta: Delta(checked: total.delta))
      else {
        throw corrupt("the charges of session \(session) do not add up")
      }
      let event: String = try row.decode(forColumn: "event")
      return LedgerReport.Charge(
        sequence: try row.decode(forColumn: "sequence"), time: try row.decode(forColumn: "charged"),
        cost: cost,
        event: try? JSONDecoder().decode(PrivacyEvent.self, from: Data(event.utf8)))
    }
    return (charges, PrivacyCost(rho: Rho(checked: total.rho), delta: Delta(checked: total.delta)))
  }

  private func amount(_ row: Row, _ rho: String, _ delta: String) throws -> PrivacyCost {
    PrivacyCost(
      rho: Rho(checked: try row.decode(forColumn: rho)),
      delta: Delta(checked: try row.decode(forColumn: delta)))
  }
}
