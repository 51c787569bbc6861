import Accounting
import Foundation
import GRDB

/// A read-only inspection of a ledger's file: whether its chain is whole, and which of its sessions
/// a release belongs to.
package struct LedgerAudit: Sendable {
  /// The path of the file.
  package let path: String
  /// The number of chained entries; 0 for a ledger of format 1, which has no chain yet.
  package let entries: Int
  /// A description of the part that is not as it was written; nil if the chain is whole.
  package let fault: String?
  /// Whether the ledger has a chain. A ledger of format 1 gets one when a newer version next opens
  /// it.
  package let isChained: Bool

  private let settlements: [Settlement]
  private let key: FingerprintKey?

  private struct Settlement: Sendable {
    let dataset: String
    let hash: Data
    let events: [PrivacyEvent?]
  }

  /// Reads the ledger at `url`.
  ///
  /// - Throws: ``LedgerError`` if the file cannot be read, is not a ledger, or has a newer format.
  package init(at url: URL) throws {
    path = url.path
    let path = url.path
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(10)
    do {
      let found = try DatabaseQueue(path: path, configuration: configuration).read { db in
        try Self.look(db, path: path)
      }
      (entries, fault, isChained, settlements, key) = found
    } catch let error as DatabaseError {
      throw LedgerError(error, path: path, busySeconds: 10)
    }
  }

  /// Returns the charges of the session whose settlement `marks` identify; nil if this ledger does
  /// not hold it, or not as it was.
  package func events(of marks: LedgerMarks) -> [PrivacyEvent?]? {
    guard let key else { return nil }
    return settlements.first {
      marks.isOf(settlement: $0.hash, key: key) && marks.isOf(dataset: $0.dataset, key: key)
    }?.events
  }

  private typealias Findings = (
    entries: Int, fault: String?, isChained: Bool, settlements: [Settlement], key: FingerprintKey?
  )

  private static func look(_ db: Database, path: String) throws -> Findings {
    let version = try LedgerSchema.version(of: db, path: path)
    if version == 1 { return (0, nil, false, [], nil) }
    let key = try LedgerSchema.readKey(db)
    do {
      guard let key else { throw LedgerChain.Fault(detail: "its key is missing") }
      guard try String.fetchOne(db, sql: "PRAGMA quick_check(1)") == "ok" else {
        throw LedgerChain.Fault(detail: "its pages do not fit together")
      }
      let chain = try LedgerChain.verified(key: key, db)
      return (Int(chain.count), nil, true, try settlements(db), key)
    } catch let fault as LedgerChain.Fault {
      return (0, fault.detail, true, [], key)
    } catch is RowDecodingError {
      return (0, "a record is not of the stored form", true, [], key)
    } catch let error as DatabaseError
      where [.SQLITE_ERROR, .SQLITE_CORRUPT].contains(error.resultCode)
    {
      return (0, "its tables or pages do not fit together", true, [], key)
    }
  }

  private static func settlements(_ db: Database) throws -> [Settlement] {
    let sql = """
      SELECT settlements.session, datasets.identity, chain.hash FROM settlements
      JOIN sessions ON sessions.sequence = settlements.session JOIN datasets ON datasets.sequence = sessions.dataset
      JOIN chain ON chain.sequence = settlements.sequence ORDER BY settlements.sequence
      """
    return try Row.fetchAll(db, sql: sql).map { row in
      let session: Int64 = try row.decode(forColumn: "session")
      let texts = try String.fetchAll(
        db, sql: "SELECT event FROM charges WHERE session = ? ORDER BY sequence",
        arguments: [session])
      return Settlement(
        dataset: try row.decode(forColumn: "identity"), hash: try row.decode(forColumn: "hash"),
        events: texts.map { try? JSONDecoder().decode(PrivacyEvent.self, from: Data($0.utf8)) })
    }
  }
}
