import Crypto
import Foundation

/// A ledger's record of a table, used to recognise it again: keyed digests and sketches, useless
/// without the owner's key.
///
/// It depends on the cells as written, the column names and the number of times each row occurs. It
/// does not depend on the order of rows or columns, the file's name, delimiter or compression, or
/// on how a schema types a column. It is owner-side state and enters no release.
package struct DatasetFingerprint: Sendable, Hashable, Codable {
  /// 64 hexadecimal digits: the same for the same dataset, and for no other that could be found.
  package let identity: String
  /// The number of data rows; exact, and so for the owner only.
  package let rowCount: Int
  /// A keyed digest of each column's name, ascending.
  package let columnNames: [String]
  /// A keyed digest of each column's cells, whatever its name and their order, ascending.
  package let columnContents: [String]
  /// A sketch of the distinct rows.
  package let rows: BottomSketch
  /// A sketch of the distinct values of all columns.
  package let values: BottomSketch
  /// The sketch that recognises the people in an altered file; nil in fingerprints of format 1.
  package let sketch: PeopleSketch?

  package init(
    identity: String, rowCount: Int, columnNames: [String], columnContents: [String],
    rows: BottomSketch, values: BottomSketch,
    sketch: PeopleSketch?
  ) {
    self.identity = identity
    self.rowCount = rowCount
    self.columnNames = columnNames
    self.columnContents = columnContents
    self.rows = rows
    self.values = values
    self.sketch = sketch
  }
}

extension DatasetFingerprint {
  /// Returns the same fingerprint with a sketch that was made later.
  package func with(_ sketch: PeopleSketch) -> DatasetFingerprint {
    DatasetFingerprint(
      identity: identity, rowCount: rowCount, columnNames: columnNames,
      columnContents: columnContents, rows: rows, values: values,
      sketch: sketch)
  }
}

/// A dataset that a ledger knows: the account that releases are charged to.
package struct DatasetIdentity: Sendable, Hashable, Codable {
  /// The keyed digest of its rows and column names, in hexadecimal. Owner-side: it goes into no
  /// release.
  package let identity: String
  /// The name under which it was first seen.
  package let name: String

  package init(identity: String, name: String) {
    self.identity = identity
    self.name = name
  }
}

/// The owner's secret for recognising datasets: 32 bytes from the system's secure generator, kept
/// in the ledger.
///
/// Without it a fingerprint cannot be checked against a guessed table.
package struct FingerprintKey: Sendable, Equatable {
  package let bytes: Data

  /// Returns nil unless there are 32 bytes.
  package init?(bytes: Data) {
    guard bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  private init(fresh: SymmetricKey) { bytes = fresh.withUnsafeBytes { Data($0) } }

  package static func generate() -> FingerprintKey {
    FingerprintKey(fresh: SymmetricKey(size: .bits256))
  }

  /// Returns a key for one purpose, derived by HMAC-SHA-256.
  package func derived(for purpose: String) -> [UInt8] { authenticate(Array(purpose.utf8)) }

  /// Returns the HMAC-SHA-256 of `message`.
  package func authenticate(_ message: [UInt8]) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: bytes)))
  }

  /// Returns the first `count` (at most 4) words of a derived key.
  package func words(for purpose: String, count: Int) -> [UInt64] {
    let digest = derived(for: purpose)
    return (0..<count).map { word in
      (0..<8).reduce(UInt64(0)) { $0 | UInt64(digest[word * 8 + $1]) << UInt64(8 * $1) }
    }
  }
}
