import Foundation
import GRDB

extension LedgerChain {
  /// Recomputes the whole chain and returns it. Complexity: reads every record once.
  ///
  /// - Throws: ``Fault``, which names the first entry or table that is not as it was written.
  @discardableResult
  static func verified(key: FingerprintKey, _ db: Database) throws -> LedgerChain {
    try requireOwnTables(db)
    guard let head = try LedgerChain(headOf: db, key: key) else { throw Fault(detail: headFault) }
    var records = try records(db)
    var chain = LedgerChain()
    let sql = """
      SELECT journal.sequence, canonical, hash FROM journal LEFT JOIN chain ON chain.sequence = journal.sequence
      ORDER BY journal.sequence
      """
    let entries = try Row.fetchCursor(db, sql: sql)
    while let entry = try entries.next() {
      let sequence: Int64 = try entry.decode(forColumn: "sequence")
      guard sequence == chain.count + 1 else { throw Fault(detail: "entry \(chain.count + 1) of its journal is missing") }
      let record = records.removeValue(forKey: sequence)
      chain.extend(sequence: sequence, canonical: try entry.decode(forColumn: "canonical"), record: record ?? noRecord)
      guard entry["hash"] as Data? == chain.hash else {
        throw Fault(detail: "entry \(sequence) of its journal, or its record, is not as it was written")
      }
    }
    if let stray = records.keys.min() { throw Fault(detail: "a record says it is of entry \(stray), which its journal does not have") }
    guard chain == head else { throw Fault(detail: "its last entries were removed, or entries were added behind its sealed head") }
    try requireCounters(chain.count, db)
    return chain
  }

  /// Throws unless the tables, indices and triggers are those of a new ledger of its format.
  /// Without its triggers a ledger would forget silently.
  private static func requireOwnTables(_ db: Database) throws {
    let found = try LedgerSchema.statements(db)
    let expected = try LedgerSchema.expectedStatements.get()[LedgerSchema.version(of: db)] ?? [:]
    guard let name = Set(found.keys).union(expected.keys).sorted().first(where: { found[$0] != expected[$0] }) else { return }
    throw Fault(detail: "its own '\(name)' is not as it was made")
  }

  private static func requireCounters(_ count: Int64, _ db: Database) throws {
    guard try Int64.fetchOne(db, sql: "SELECT count(*) FROM chain") == count else {
      throw Fault(detail: "its chain has links without an entry")
    }
    let numbers = try Row.fetchAll(db, sql: "SELECT name, seq FROM sqlite_sequence")
    guard numbers.allSatisfy({ $0["name"] == "journal" && $0["seq"] == count }), numbers.count == (count > 0 ? 1 : 0) else {
      throw Fault(detail: "its count of entries was changed")
    }
    guard try Int.fetchOne(db, sql: "SELECT count(*) FROM secrets") == 1, try Int.fetchOne(db, sql: "SELECT count(*) FROM head") == 1 else {
      throw Fault(detail: "its secrets or its head were added to")
    }
  }
}
