import Basics
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
    let rule = JournalEntry.rule
  }
  struct SessionOpened: Encodable {
    let kind = "session"
    let time, dataset, purpose, unit: String
    let rho, delta: Double
    let rule = JournalEntry.rule
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

  struct PopulationNamed: Encodable {
    let kind = "population"
    let time, name: String
  }
  struct PopulationGrant: Encodable {
    let kind = "grant"
    let time: String
    let population: Int64
    let origin: String
    let epsilon, delta: Double
    let rule = JournalEntry.rule
  }
  /// Two accounts, each named by the entry of a dataset or population in it, are one from here on.
  struct Joined: Encodable {
    let kind = "joined"
    let time: String
    let first, second: Int64
  }
  struct OtherPeople: Encodable {
    let kind = "other people"
    let time: String
    let dataset: Int64
    let other: Int64?
  }
  /// A dataset that is known by an older fingerprint got a sketch.
  struct Sketched: Encodable {
    let kind = "sketch"
    let time: String
    let dataset: Int64
  }
  /// The answers of a session are in a release that is out. It has no record of its own: versions that do not know it pass over it.
  struct Published: Encodable {
    let kind = "published"
    let session: Int64
    let time: String

    /// How the canonical text of such an entry begins.
    static let beginning = #"{"kind":"published","session":"#
  }

  /// Entries before this one were written without a chain.
  struct ChainBegun: Encodable {
    let kind = "chain"
    let time: String
    let entries: Int64
  }

  /// How grants and sessions are counted since format 3: in Gaussians. Entries of before name no rule.
  private static let rule = "gaussian"

  /// Whether an entry was written by the rule of today.
  static func isOfToday(_ canonical: String) -> Bool {
    struct Named: Decodable { let rule: String? }
    return (try? JSONDecoder().decode(Named.self, from: Data(canonical.utf8)))?.rule == rule
  }

  static func canonicalText(_ value: some Encodable) throws -> String { try CanonicalJSON.line(value) }

  /// The time of an entry: UTC, ISO 8601, milliseconds.
  static func now() -> String { Date.now.ISO8601Format(.init(includingFractionalSeconds: true)) }
}

extension Database {
  /// Appends an entry and its record to the journal, the record's table and the chain, and returns the entry's number.
  ///
  /// - Parameter record: the columns of the record without its number, which is the entry's.
  @discardableResult
  func append(
    _ entry: some Encodable, to table: String? = nil, record: KeyValuePairs<String, (any DatabaseValueConvertible)?> = [:],
    key: FingerprintKey
  ) throws -> Int64 {
    try execute(sql: "INSERT INTO journal (canonical) VALUES (?)", arguments: [JournalEntry.canonicalText(entry)])
    let sequence = lastInsertedRowID
    if let table {
      let columns = record.map(\.key).joined(separator: ", ")
      let places = record.map { _ in "?" }.joined(separator: ", ")
      try execute(
        sql: "INSERT INTO \(table) (sequence, \(columns)) VALUES (?, \(places))",
        arguments: StatementArguments([sequence] + record.map(\.value)))
    }
    try LedgerChain.extend(by: sequence, table: table, key: key, self)
    return sequence
  }
}
