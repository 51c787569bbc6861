import Basics
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
  package static func compute(table: Table, persons: [String] = [], key: FingerprintKey) -> DatasetFingerprint {
    let digester = CellDigester(key: key)
    let columns = table.columns.map { FingerprintColumn($0, digester: digester, key: key) }
    let rowKey = key.derived(for: "understudy fingerprint 1 rows")
    let parts = max(1, min(ProcessInfo.processInfo.activeProcessorCount, table.rowCount / blockRows))
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

  private static func assemble(_ sums: FingerprintSums, _ sketch: PeopleSketch, _ table: Table, _ key: FingerprintKey) -> DatasetFingerprint
  {
    let names = table.columns.map { key.derived(for: "understudy fingerprint 1 name \($0.name)") }.map(ContentDigest.hexadecimal).sorted()
    let contents = sums.columns.map { sum in
      ContentDigest.hexadecimal(
        key.authenticate(message("understudy fingerprint 1 contents", [sum.low, sum.high, UInt64(table.rowCount)])))
    }
    var text = message("understudy fingerprint 1 dataset", sums.rows + [UInt64(table.rowCount), UInt64(names.count)])
    for name in names { text += Array(name.utf8) }
    return DatasetFingerprint(
      identity: ContentDigest.hexadecimal(key.authenticate(text)), rowCount: table.rowCount, columnNames: names,
      columnContents: contents.sorted(), rows: sums.rowSketch, values: sums.valueSketch, sketch: sketch)
  }

  /// Returns a purpose followed by words in little-endian order.
  private static func message(_ purpose: String, _ words: [UInt64]) -> [UInt8] {
    Array(purpose.utf8) + words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) } }
  }
}
