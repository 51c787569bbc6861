import Crypto
import Foundation
import HubRecords

/// One entry of the log: an event with its number and the hash of the entry before it.
package struct LogEntry: Sendable, Codable, Equatable {
  /// The newest format that this version writes and reads.
  package static let currentFormat = 1
  /// The hash that the first entry names as the one before it.
  package static let origin = String(repeating: "0", count: 64)

  package let format: Int
  /// Counts from 1.
  package let number: Int
  /// The hash of the entry before, in hexadecimal.
  package let previous: String
  package let event: DatedEvent

  package init(number: Int, previous: String, event: DatedEvent) {
    (format, self.number, self.previous, self.event) = (
      Self.currentFormat, number, previous, event
    )
  }

  /// The entry as a line of the log: JSON with sorted keys.
  package func line() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  /// Reads a line. Nil if it is not one, or not as this version would have written it.
  package init?(line: String) {
    guard let entry = try? JSONDecoder().decode(LogEntry.self, from: Data(line.utf8)),
      entry.format == Self.currentFormat, (try? entry.line()) == line
    else { return nil }
    self = entry
  }

  /// SHA-256 of a line, in hexadecimal.
  package static func hash(ofLine line: String) -> String {
    SHA256.hash(data: Data(line.utf8)).hexadecimal
  }
}

/// The key of a log's seal.
package typealias SealKey = SymmetricKey

/// The state of the log after its last entry, and the proof that a holder of the key wrote it.
package struct LogSeal: Sendable, Codable, Equatable {
  /// The number of entries.
  package let entries: Int
  /// The hash of the last entry.
  package let head: String
  /// HMAC-SHA-256 of both under the hub's key, in hexadecimal.
  package let code: String

  package init(entries: Int, head: String, code: String) {
    (self.entries, self.head, self.code) = (entries, head, code)
  }

  package init(entries: Int, head: String, key: SymmetricKey) {
    self.init(
      entries: entries, head: head,
      code: HMAC<SHA256>.authenticationCode(for: Self.text(entries, head), using: key).hexadecimal)
  }

  /// Whether a holder of the key sealed this.
  package func isGenuine(key: SymmetricKey) -> Bool {
    guard let bytes = [UInt8](hexadecimal: code) else { return false }
    return HMAC<SHA256>.isValidAuthenticationCode(
      bytes, authenticating: Self.text(entries, head), using: key)
  }

  private static func text(_ entries: Int, _ head: String) -> Data {
    Data("understudy hub log \(entries) \(head)".utf8)
  }
}

extension Sequence<UInt8> {
  /// The bytes as hexadecimal digits.
  package var hexadecimal: String {
    reduce(into: "") { text, byte in
      text += (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
  }
}

extension [UInt8] {
  /// Reads hexadecimal digits. Nil if there is anything else.
  package init?(hexadecimal text: String) {
    let digits = text.utf8.map { UInt8(String(UnicodeScalar($0)), radix: 16) }
    guard digits.count % 2 == 0, !digits.contains(nil) else { return nil }
    self = stride(from: 0, to: digits.count, by: 2).map {
      (digits[$0] ?? 0) << 4 | (digits[$0 + 1] ?? 0)
    }
  }
}
