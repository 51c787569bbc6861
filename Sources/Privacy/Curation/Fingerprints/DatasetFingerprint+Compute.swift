import Basics
import Crypto
import Foundation
import Ledger
import Tables

extension DatasetFingerprint {
  /// Fingerprints a table under the owner's key, on all cores.
  ///
  /// Each cell has a 128-bit keyed digest of its canonical form. A row's digest is a keyed sum over
  /// the columns of its cells' digests, put through SHA-256 with the key. The row digests are added
  /// modulo 2^256, and the sum is authenticated by HMAC-SHA-256 with the row count and the column
  /// names. `docs/decisions/0010-ledger.md` gives the reasons. Complexity: three passes over the
  /// cells; a few megabytes besides the table.
  /// - Parameter persons: the columns that name persons.
  package static func compute(table: Table, persons: [String] = [], key: FingerprintKey)
    -> DatasetFingerprint
  {
    let digester = CellDigester(key: key)
    let columns = table.columns.map { FingerprintColumn($0, digester: digester, key: key) }
    let rowKey = key.derived(for: "understudy fingerprint 1 rows")
    let parts = max(
      1, min(ProcessInfo.processInfo.activeProcessorCount, table.rowCount / blockRows))
    let sums = Concurrently.map(parts) { part in
      let rows = table.rowCount * part / parts..<table.rowCount * (part + 1) / parts
      return Self.sums(of: rows, columns, missing: digester.missing, rowKey: rowKey)
    }
    var total = FingerprintSums(columnCount: columns.count)
    for part in sums { total.merge(part) }
    let sketch = PeopleSketch.compute(table: table, persons: persons, key: key)
    return assemble(total, sketch, table, key)
  }

  /// Small enough for a block's digests to stay in the cache of a core.
  private static let blockRows = 4096

  private static func sums(
    of rows: Range<Int>, _ columns: [FingerprintColumn], missing: SipHash128.Digest, rowKey: [UInt8]
  ) -> FingerprintSums {
    var sums = FingerprintSums(columnCount: columns.count)
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: blockRows) {
      let block = start..<min(start + blockRows, rows.upperBound)
      var rowDigests = [SipHash128.Digest](repeating: .init(low: 0, high: 0), count: block.count)
      for (index, column) in columns.enumerated() {
        let cells = column.digests(of: block)
        sums.addCells(cells, ofColumn: index, missing: missing)
        column.add(cells, to: &rowDigests)
      }
      sums.addRows(rowDigests, key: rowKey)
    }
    return sums
  }

  private static func assemble(
    _ sums: FingerprintSums, _ sketch: PeopleSketch, _ table: Table, _ key: FingerprintKey
  ) -> DatasetFingerprint {
    let names = table.columns.map { key.derived(for: "understudy fingerprint 1 name \($0.name)") }
      .map(ContentDigest.hexadecimal).sorted()
    let contents = sums.columns.map { sum in
      ContentDigest.hexadecimal(
        key.authenticate(
          message("understudy fingerprint 1 contents", [sum.low, sum.high, UInt64(table.rowCount)]))
      )
    }
    var text = message(
      "understudy fingerprint 1 dataset", sums.rows + [UInt64(table.rowCount), UInt64(names.count)])
    for name in names { text += Array(name.utf8) }
    return DatasetFingerprint(
      identity: ContentDigest.hexadecimal(key.authenticate(text)), rowCount: table.rowCount,
      columnNames: names,
      columnContents: contents.sorted(), rows: sums.rowSketch, values: sums.valueSketch,
      sketch: sketch)
  }

  /// Returns a purpose followed by words in little-endian order.
  private static func message(_ purpose: String, _ words: [UInt64]) -> [UInt8] {
    Array(purpose.utf8)
      + words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) } }
  }
}

/// The contribution of one part of the rows to a fingerprint. The parts of a table add up in any
/// order.
private struct FingerprintSums: Sendable {
  /// The sum of the row digests modulo 2^256, lowest word first.
  private(set) var rows: [UInt64] = [0, 0, 0, 0]
  /// For each column, the sum of its cells' digests in two words, each modulo 2^64.
  private(set) var columns: [SipHash128.Digest]
  private(set) var rowSketch = BottomSketch()
  private(set) var valueSketch = BottomSketch()

  init(columnCount: Int) { columns = Array(repeating: .init(low: 0, high: 0), count: columnCount) }

  mutating func merge(_ other: FingerprintSums) {
    addToRows(other.rows)
    for column in columns.indices {
      columns[column].low &+= other.columns[column].low
      columns[column].high &+= other.columns[column].high
    }
    rowSketch.merge(other.rowSketch)
    valueSketch.merge(other.valueSketch)
  }

  mutating func addCells(
    _ digests: [SipHash128.Digest], ofColumn column: Int, missing: SipHash128.Digest
  ) {
    var (low, high) = (UInt64(0), UInt64(0))
    for digest in digests {
      low &+= digest.low
      high &+= digest.high
      if digest != missing { valueSketch.insert(digest.low) }
    }
    columns[column].low &+= low
    columns[column].high &+= high
  }

  /// Adds SHA-256(`key` ‖ row) of each row. `key` is 32 bytes, so all messages have the same
  /// length.
  mutating func addRows(_ digests: [SipHash128.Digest], key: [UInt8]) {
    var message = key + [UInt8](repeating: 0, count: 16)
    for digest in digests {
      message.withUnsafeMutableBytes { bytes in
        bytes.storeBytes(of: digest.low.littleEndian, toByteOffset: key.count, as: UInt64.self)
        bytes.storeBytes(of: digest.high.littleEndian, toByteOffset: key.count + 8, as: UInt64.self)
      }
      var hash = SHA256()
      message.withUnsafeBytes { hash.update(bufferPointer: $0) }
      let words = hash.finalize().withUnsafeBytes { bytes in
        (
          UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
          UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
          UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self)),
          UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self))
        )
      }
      var carry = Self.add(words.0, carry: false, to: &rows[0])
      carry = Self.add(words.1, carry: carry, to: &rows[1])
      carry = Self.add(words.2, carry: carry, to: &rows[2])
      _ = Self.add(words.3, carry: carry, to: &rows[3])
      rowSketch.insert(words.0)
    }
  }

  private mutating func addToRows(_ words: [UInt64]) {
    var carry = false
    for word in 0..<4 { carry = Self.add(words[word], carry: carry, to: &rows[word]) }
  }

  @inline(__always)
  private static func add(_ word: UInt64, carry: Bool, to total: inout UInt64) -> Bool {
    let (sum, overflow) = total.addingReportingOverflow(word)
    let (withCarry, overflowByCarry) = sum.addingReportingOverflow(carry ? 1 : 0)
    total = withCarry
    return overflow || overflowByCarry
  }
}

extension Ledger {
  /// Returns the keyed fingerprint of a table under this owner's secret. Complexity: one pass over
  /// the cells, on all cores.
  ///
  /// - Parameter schema: says which columns name persons, so that they are recognised in tables of
  ///   other kinds.
  package func fingerprint(of table: OwnerTable, schema: Schema? = nil) -> DatasetFingerprint {
    DatasetFingerprint.compute(
      table: table.ownersRows, persons: schema?.personColumns ?? [], key: fingerprintKey)
  }
}
