import Crypto
import Foundation
import Ledger

/// The contribution of one part of the rows to a fingerprint. The parts of a table add up in any
/// order.
struct FingerprintSums: Sendable {
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

  mutating func addCells(_ digests: [SipHash128.Digest], ofColumn column: Int, missing: SipHash128.Digest) {
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
