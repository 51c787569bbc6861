import Crypto
import Foundation
import GRDB

/// The hash chain over a ledger's journal, and the sealed head that marks its end.
///
/// Each entry has a SHA-256 hash over the previous hash, its number, its canonical text, and every
/// column of the record that it made in another table. The head holds the number of entries, the
/// last hash, and an HMAC-SHA-256 of both under a key derived from the owner's secret.
/// `docs/decisions/0010-ledger.md` describes the changes that this detects and those it cannot.
struct LedgerChain: Equatable {
  /// The number of chained entries.
  package private(set) var count: Int64 = 0
  /// The hash of the last entry; of nothing if there is none.
  package private(set) var hash = Data(SHA256.hash(data: Data("understudy ledger chain 2".utf8)))

  init() {}

  /// Reads the end of the chain from the head; nil if the head is missing or its seal is not this
  /// owner's.
  init?(headOf db: Database, key: FingerprintKey) throws {
    guard let row = try Row.fetchOne(db, sql: "SELECT * FROM head"), let seal = row["seal"] as Data?
    else { return nil }
    count = row["count"] ?? -1
    hash = row["hash"] ?? Data()
    guard seal == self.seal(key: key) else { return nil }
  }

  /// Hashes one more entry.
  mutating func extend(sequence: Int64, canonical: String, record: Data) {
    var message = CanonicalBytes("understudy ledger entry 2")
    message.append(hash)
    message.append(sequence)
    message.append(Data(canonical.utf8))
    message.append(record)
    count += 1
    hash = message.digest
  }

  /// Extends the chain by the entry `sequence`, whose record is in `table`, and moves the head.
  static func extend(by sequence: Int64, table: String?, key: FingerprintKey, _ db: Database) throws
  {
    guard var chain = try LedgerChain(headOf: db, key: key), chain.count == sequence - 1 else {
      throw Fault(detail: headFault)
    }
    let record = try table.flatMap { table in
      try Row.fetchOne(db, sql: "SELECT * FROM \(table) WHERE sequence = ?", arguments: [sequence])
        .map { digest(of: $0, in: table) }
    }
    let canonical = try String.fetchOne(
      db, sql: "SELECT canonical FROM journal WHERE sequence = ?", arguments: [sequence])
    chain.extend(sequence: sequence, canonical: canonical ?? "", record: record ?? noRecord)
    try db.execute(
      sql: "INSERT INTO chain (sequence, hash) VALUES (?, ?)", arguments: [sequence, chain.hash])
    try chain.writeHead(key: key, db)
  }

  /// Chains all entries of a ledger that has no chain yet.
  static func begin(key: FingerprintKey, _ db: Database) throws {
    var chain = LedgerChain()
    let records = try self.records(db)
    let entries = try Row.fetchCursor(
      db, sql: "SELECT sequence, canonical FROM journal ORDER BY sequence")
    while let entry = try entries.next() {
      let sequence: Int64 = try entry.decode(forColumn: "sequence")
      guard sequence == chain.count + 1 else {
        throw Fault(detail: "entry \(chain.count + 1) of its journal is missing")
      }
      chain.extend(
        sequence: sequence, canonical: try entry.decode(forColumn: "canonical"),
        record: records[sequence] ?? noRecord)
      try db.execute(
        sql: "INSERT INTO chain (sequence, hash) VALUES (?, ?)", arguments: [sequence, chain.hash])
    }
    try chain.writeHead(key: key, db)
  }

  /// Returns the HMAC-SHA-256 of the number of entries and the last hash.
  private func seal(key: FingerprintKey) -> Data {
    var message = CanonicalBytes("understudy ledger head 2")
    message.append(count)
    message.append(hash)
    return Data(key.authenticate(Array(message.bytes)))
  }

  private func writeHead(key: FingerprintKey, _ db: Database) throws {
    try db.execute(
      sql: "INSERT OR REPLACE INTO head (only, count, hash, seal) VALUES (1, ?, ?, ?)",
      arguments: [count, hash, seal(key: key)])
  }

  /// A claim of a ledger's records that its chain does not confirm.
  struct Fault: Error {
    let detail: String
  }

  static let headFault = "the head of its chain is missing, or not sealed by this ledger's key"
  static let noRecord = Data(SHA256.hash(data: Data("no record".utf8)))

  /// Returns a digest of every column's name and stored value, bit for bit.
  private static func digest(of row: Row, in table: String) -> Data {
    var message = CanonicalBytes("understudy ledger record 2")
    message.append(Data(table.utf8))
    for (column, value) in row {
      message.append(Data(column.utf8))
      message.append(value)
    }
    return message.digest
  }

  /// Returns the digest of each entry's record, by the entry's number.
  static func records(_ db: Database) throws -> [Int64: Data] {
    var digests: [Int64: Data] = [:]
    for table in LedgerSchema.recordTables(version: try LedgerSchema.version(of: db)) {
      let rows = try Row.fetchCursor(db, sql: "SELECT * FROM \(table) ORDER BY sequence")
      while let row = try rows.next() {
        let sequence: Int64 = try row.decode(forColumn: "sequence")
        guard digests.updateValue(digest(of: row, in: table), forKey: sequence) == nil else {
          throw Fault(
            detail:
              "entry \(sequence) of its journal has two records, one of them in the table \(table)")
        }
      }
    }
    return digests
  }
}

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
      guard sequence == chain.count + 1 else {
        throw Fault(detail: "entry \(chain.count + 1) of its journal is missing")
      }
      let record = records.removeValue(forKey: sequence)
      chain.extend(
        sequence: sequence, canonical: try entry.decode(forColumn: "canonical"),
        record: record ?? noRecord)
      guard entry["hash"] as Data? == chain.hash else {
        throw Fault(
          detail: "entry \(sequence) of its journal, or its record, is not as it was written")
      }
    }
    if let stray = records.keys.min() {
      throw Fault(detail: "a record says it is of entry \(stray), which its journal does not have")
    }
    guard chain == head else {
      throw Fault(
        detail: "its last entries were removed, or entries were added behind its sealed head")
    }
    try requireCounters(chain.count, db)
    return chain
  }

  /// Throws unless the tables, indices and triggers are those of a new ledger of its format.
  /// Without its triggers a ledger would forget silently.
  private static func requireOwnTables(_ db: Database) throws {
    let found = try LedgerSchema.statements(db)
    let expected = try LedgerSchema.expectedStatements.get()[LedgerSchema.version(of: db)] ?? [:]
    guard
      let name = Set(found.keys).union(expected.keys).sorted().first(where: {
        found[$0] != expected[$0]
      })
    else { return }
    throw Fault(detail: "its own '\(name)' is not as it was made")
  }

  private static func requireCounters(_ count: Int64, _ db: Database) throws {
    guard try Int64.fetchOne(db, sql: "SELECT count(*) FROM chain") == count else {
      throw Fault(detail: "its chain has links without an entry")
    }
    let numbers = try Row.fetchAll(db, sql: "SELECT name, seq FROM sqlite_sequence")
    guard numbers.allSatisfy({ $0["name"] == "journal" && $0["seq"] == count }),
      numbers.count == (count > 0 ? 1 : 0)
    else {
      throw Fault(detail: "its count of entries was changed")
    }
    guard try Int.fetchOne(db, sql: "SELECT count(*) FROM secrets") == 1,
      try Int.fetchOne(db, sql: "SELECT count(*) FROM head") == 1
    else {
      throw Fault(detail: "its secrets or its head were added to")
    }
  }
}

/// A message to hash that can be read in only one way: a purpose, then parts, each preceded by its
/// length.
struct CanonicalBytes {
  package private(set) var bytes = Data()

  init(_ purpose: String) { append(Data(purpose.utf8)) }

  package mutating func append(_ part: Data) {
    append(Int64(part.count))
    bytes += part
  }

  /// Appends eight bytes, the highest first.
  package mutating func append(_ number: Int64) { append(UInt64(bitPattern: number)) }

  /// Appends a letter for the kind, then the value: for numbers with a point, the bits of their
  /// `Double`.
  package mutating func append(_ value: DatabaseValue) {
    switch value.storage {
    case .null: bytes += Data("n".utf8)
    case .int64(let number):
      bytes += Data("i".utf8)
      append(number)
    case .double(let number):
      bytes += Data("d".utf8)
      append(number.bitPattern)
    case .string(let text):
      bytes += Data("t".utf8)
      append(Data(text.utf8))
    case .blob(let data):
      bytes += Data("b".utf8)
      append(data)
    }
  }

  private mutating func append(_ word: UInt64) {
    withUnsafeBytes(of: word.bigEndian) { bytes.append(contentsOf: $0) }
  }

  package var digest: Data { Data(SHA256.hash(data: bytes)) }
}
