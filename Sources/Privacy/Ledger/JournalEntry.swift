import Accounting
import Basics
import Foundation
import GRDB

/// One change of state, in the canonical form that is kept for ever: JSON with sorted keys and
/// numbers that read back to the same `Double`.
enum JournalEntry {
  struct DatasetSeen: Encodable {
    package let kind = "dataset"
    package let time, identity, name: String
  }
  struct Grant: Encodable {
    package let kind = "grant"
    package let time, dataset, origin: String
    package let epsilon, delta: Double
    let rule = JournalEntry.rule
  }
  struct SessionOpened: Encodable {
    package let kind = "session"
    package let time, dataset, purpose, unit: String
    package let rho, delta: Double
    let rule = JournalEntry.rule
  }
  struct Charge: Encodable {
    package let kind = "charge"
    package let time: String
    let session: Int64
    package let rho, delta: Double
    package let event: PrivacyEvent
  }
  struct Settlement: Encodable {
    package let kind = "settlement"
    package let time: String
    let session: Int64
    package let rho, delta: Double
  }

  struct PopulationNamed: Encodable {
    package let kind = "population"
    package let time, name: String
  }
  struct PopulationGrant: Encodable {
    package let kind = "grant"
    package let time: String
    let population: Int64
    let origin: String
    package let epsilon, delta: Double
    let rule = JournalEntry.rule
  }
  /// Two accounts, each named by the entry of a dataset or population in it, are one from here on.
  struct Joined: Encodable {
    package let kind = "joined"
    package let time: String
    package let first, second: Int64
  }
  struct OtherPeople: Encodable {
    package let kind = "other people"
    package let time: String
    let dataset: Int64
    package let other: Int64?
  }
  /// A dataset known by an older fingerprint received a sketch.
  struct Sketched: Encodable {
    package let kind = "sketch"
    package let time: String
    let dataset: Int64
  }
  /// The answers of a session are in a published release. The entry has no record of its own:
  /// versions that do not know it skip it.
  struct Published: Encodable {
    package let kind = "published"
    let session: Int64
    package let time: String

    /// The beginning of the canonical text of such an entry.
    static let beginning = #"{"kind":"published","session":"#
  }

  /// Entries before this one were written without a chain.
  struct ChainBegun: Encodable {
    package let kind = "chain"
    package let time: String
    let entries: Int64
  }

  /// The rule for counting grants and sessions since format 3: in Gaussians. Earlier entries name
  /// no rule.
  private static let rule = "gaussian"

  /// Returns whether an entry was written under the current rule.
  static func isOfToday(_ canonical: String) -> Bool {
    struct Named: Decodable { let rule: String? }
    return (try? JSONDecoder().decode(Named.self, from: Data(canonical.utf8)))?.rule == rule
  }

  static func canonicalText(_ value: some Encodable) throws -> String {
    try CanonicalJSON.line(value)
  }

  /// Returns the time of an entry: UTC, ISO 8601, milliseconds.
  static func now() -> String { Date.now.ISO8601Format(.init(includingFractionalSeconds: true)) }
}

extension Database {
  /// Appends an entry and its record to the journal, the record's table and the chain, and returns
  /// the entry's number.
  ///
  /// - Parameter record: The columns of the record without its number, which is the entry's.
  @discardableResult
  package func append(
    _ entry: some Encodable, to table: String? = nil,
    record: KeyValuePairs<String, (any DatabaseValueConvertible)?> = [:],
    key: FingerprintKey
  ) throws -> Int64 {
    try execute(
      sql: "INSERT INTO journal (canonical) VALUES (?)",
      arguments: [JournalEntry.canonicalText(entry)])
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
