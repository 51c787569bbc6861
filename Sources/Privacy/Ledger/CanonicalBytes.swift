import Crypto
import Foundation
import GRDB

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

  private mutating func append(_ word: UInt64) { withUnsafeBytes(of: word.bigEndian) { bytes.append(contentsOf: $0) } }

  package var digest: Data { Data(SHA256.hash(data: bytes)) }
}
