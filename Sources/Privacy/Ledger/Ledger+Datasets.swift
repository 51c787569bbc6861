import Foundation
import GRDB
import Tables

extension Ledger {
  /// The keyed fingerprint of a table under this owner's secret. Complexity: one pass over the cells, on all cores.
  public func fingerprint(of table: Tables.Table) -> DatasetFingerprint {
    DatasetFingerprint.compute(table: table, key: fingerprintKey)
  }

  /// Whether this table is one that the ledger knows, resembles one, or is new. Changes nothing.
  ///
  /// - Throws: ``LedgerError``.
  public func recognise(_ fingerprint: DatasetFingerprint) throws -> DatasetRecognition {
    let known = try read { db in try self.knownDatasets(db) }
    if let same = known.first(where: { $0.fingerprint.identity == fingerprint.identity }) { return .known(same.dataset) }
    let closest =
      known.map { (dataset: $0.dataset, resemblance: $0.fingerprint.resemblance(to: fingerprint)) }
      .filter { $0.resemblance.isNotable }
      .max { $0.resemblance.estimate < $1.resemblance.estimate }
    guard let closest else { return .new }
    return .resembles(closest.dataset, closest.resemblance)
  }

  /// The account of this table: the one it already has, or a new one under `name` without a budget.
  ///
  /// - Throws: ``LedgerError``.
  public func register(_ fingerprint: DatasetFingerprint, name: String) throws -> DatasetIdentity {
    let stored = try JournalEntry.canonicalText(fingerprint)
    return try write { db in
      let identity = fingerprint.identity
      if let known = try String.fetchOne(db, sql: "SELECT name FROM datasets WHERE identity = ?", arguments: [identity]) {
        return DatasetIdentity(identity: identity, name: known)
      }
      let time = JournalEntry.now()
      try db.append(
        JournalEntry.DatasetSeen(time: time, identity: identity, name: name), to: "datasets",
        record: ["identity": identity, "name": name, "created": time, "fingerprint": stored], key: self.fingerprintKey)
      return DatasetIdentity(identity: identity, name: name)
    }
  }

  private func knownDatasets(_ db: Database) throws -> [(dataset: DatasetIdentity, fingerprint: DatasetFingerprint)] {
    try Row.fetchAll(db, sql: "SELECT identity, name, fingerprint FROM datasets ORDER BY sequence").map { row in
      let dataset = DatasetIdentity(
        identity: try row.decode(forColumn: "identity"), name: try row.decode(forColumn: "name"))
      return (dataset, try storedFingerprint(row))
    }
  }

  func storedFingerprint(_ row: Row) throws -> DatasetFingerprint {
    let text: String = try row.decode(forColumn: "fingerprint")
    guard let fingerprint = try? JSONDecoder().decode(DatasetFingerprint.self, from: Data(text.utf8)) else {
      throw corrupt("the fingerprint of a dataset is not of the stored form")
    }
    return fingerprint
  }

  /// The sequence number of a dataset.
  func number(of dataset: DatasetIdentity, _ db: Database) throws -> Int64 {
    let sql = "SELECT sequence FROM datasets WHERE identity = ?"
    guard let number = try Int64.fetchOne(db, sql: sql, arguments: [dataset.identity]) else {
      throw LedgerError.unknownDataset(name: dataset.name)
    }
    return number
  }
}
