import Foundation
import GRDB

/// One change of state, in the canonical form that is kept for ever: JSON with sorted keys, numbers written so that they read back
/// to the same `Double`.
enum JournalEntry {
  struct DatasetSeen: Encodable {
    let kind = "dataset"
    let time, identity, name: String
  }
  struct Grant: Encodable {
    let kind = "grant"
    let time, dataset, origin: String
    let epsilon, delta: Double
  }
  struct SessionOpened: Encodable {
    let kind = "session"
    let time, dataset, purpose: String
    let rho, delta: Double
  }
  struct Charge: Encodable {
    let kind = "charge"
    let time: String
    let session: Int64
    let rho, delta: Double
    let event: PrivacyEvent
  }
  struct Settlement: Encodable {
    let kind = "settlement"
    let time: String
    let session: Int64
    let rho, delta: Double
  }

  static func canonicalText(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// The time of an entry: UTC, ISO 8601, milliseconds.
  static func now() -> String { Date.now.ISO8601Format(.init(includingFractionalSeconds: true)) }
}

extension Database {
  /// Appends to the journal and returns the sequence number.
  func appendToJournal(_ entry: some Encodable) throws -> Int64 {
    try execute(sql: "INSERT INTO journal (canonical) VALUES (?)", arguments: [JournalEntry.canonicalText(entry)])
    return lastInsertedRowID
  }
}
