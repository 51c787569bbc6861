import Foundation
import GRDB

/// The durable account of each dataset's grants and of the amounts its releases spent: one SQLite
/// file per owner.
///
/// Every question that a release asks about the rows is charged here, on disk, before any noise is
/// drawn. A dataset's remaining budget is its grants minus the charges of closed sessions minus the
/// full reservations of sessions still open, so a process that dies can only make the ledger count
/// too much. Every check and its write are one immediate transaction: two processes cannot overdraw
/// together. The entries are a hash chain that is checked whenever the file is opened. Nothing in
/// it may enter a release. `docs/decisions/0010-ledger.md` explains the design.
package final class Ledger: Sendable {
  /// The location of the file.
  package let url: URL
  /// The owner's secret for recognising datasets.
  package let fingerprintKey: FingerprintKey

  private let queue: DatabaseQueue
  private let file: LedgerFile
  private let busySeconds: Double

  /// Opens the ledger at `url`, or creates it there, with the folders above it, for its owner only
  /// (mode 0600).
  ///
  /// - Parameter busySeconds: How long to wait for another process before giving up.
  /// - Throws: ``LedgerError`` if the file cannot be made, read or written, is damaged, is not a
  ///   ledger, or has a newer format.
  package init(at url: URL, busySeconds: Double = 10) throws {
    let file = try LedgerFile(preparing: url)
    self.file = file
    self.url = url
    self.busySeconds = busySeconds
    let path = file.path
    var configuration = Configuration()
    configuration.busyMode = .timeout(busySeconds)
    configuration.label = "ledger"
    configuration.prepareDatabase { try Self.prepare($0, path: path) }
    do {
      queue = try DatabaseQueue(path: path, configuration: configuration)
      fingerprintKey = try queue.writeWithoutTransaction { db in
        var key: FingerprintKey?
        try db.inTransaction(.immediate) {
          try Self.createOrCheck(db, path: path)
          key = try LedgerSchema.readKey(db)
          guard let key else { throw LedgerError.corrupt(path: path, detail: "its key is missing") }
          try LedgerChain.verified(key: key, db)
          return .commit
        }
        try file.closeToOthers()
        guard let key else { throw LedgerError.corrupt(path: path, detail: "its key is missing") }
        return key
      }
    } catch let error as DatabaseError {
      throw LedgerError(error, path: path, busySeconds: busySeconds)
    } catch let fault as LedgerChain.Fault {
      throw LedgerError.corrupt(path: path, detail: fault.detail)
    } catch is RowDecodingError {
      throw LedgerError.corrupt(path: path, detail: "a record is not of the stored form")
    }
  }

  /// Checks and writes in one immediate transaction, which is on disk when this returns.
  package func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try translatingErrors {
      try queue.writeWithoutTransaction { db in
        try file.requireInPlace()
        var result: Result?
        try db.inTransaction(.immediate) {
          result = try body(db)
          try file.requireInPlace()
          return .commit
        }
        guard let result else { preconditionFailure("a transaction ended without running") }
        return result
      }
    }
  }

  /// Reads one consistent state.
  package func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try translatingErrors { try queue.read(body) }
  }

  func corrupt(_ detail: String) -> LedgerError { .corrupt(path: file.path, detail: detail) }

  private func translatingErrors<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw LedgerError(error, path: file.path, busySeconds: busySeconds)
    } catch let fault as LedgerChain.Fault {
      throw corrupt(fault.detail)
    } catch is RowDecodingError {
      throw corrupt("a record is not of the stored form")
    }
  }

  /// Sets up a rollback journal, deleted at each commit with its folder synced. A committed charge
  /// survives a loss of power, and the one file always holds all of it.
  private static func prepare(_ db: Database, path: String) throws {
    let foundID = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    let foundVersion = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    if foundID == LedgerSchema.applicationID, foundVersion > LedgerSchema.currentVersion {
      throw LedgerError.newerVersion(
        path: path, found: foundVersion, supported: LedgerSchema.currentVersion)
    }
    if foundID != LedgerSchema.applicationID, foundID != 0 || foundVersion != 0 {
      throw LedgerError.notALedger(path: path)
    }
    let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
    if foundID == 0, tables > 0 { throw LedgerError.notALedger(path: path) }
    let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE")
    guard mode == "delete" else {
      throw LedgerError.storage(path: path, detail: "its journal mode cannot be set")
    }
    try db.execute(sql: "PRAGMA synchronous = EXTRA")
    try db.execute(sql: "PRAGMA fullfsync = ON")
    try db.execute(sql: "PRAGMA trusted_schema = OFF")
  }

  private static func createOrCheck(_ db: Database, path: String) throws {
    let foundID = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    if foundID == 0 { return try LedgerSchema.create(db) }
    guard try String.fetchOne(db, sql: "PRAGMA quick_check(1)") == "ok" else {
      throw LedgerError.corrupt(path: path, detail: "its pages do not fit together")
    }
    let version = try LedgerSchema.version(of: db, path: path)
    if version == 1 { try LedgerSchema.chain(db) }
    if version < 3 {
      // Find changes to an older ledger before it gets new tables.
      if let key = try LedgerSchema.readKey(db) { try LedgerChain.verified(key: key, db) }
      try LedgerSchema.addPeople(db)
    }
  }
}
