import Foundation
import GRDB

extension Ledger {
  /// Returns whether the ledger knows this table, knows one that resembles it, or has never seen
  /// it. Changes nothing.
  ///
  /// - Throws: ``LedgerError``.
  package func recognise(_ fingerprint: DatasetFingerprint) throws -> DatasetRecognition {
    let known = try read { db in try self.knownDatasets(db) }
    if let same = known.first(where: { $0.fingerprint.identity == fingerprint.identity }) {
      return .known(same.dataset)
    }
    let closest =
      known.map { (dataset: $0.dataset, resemblance: $0.fingerprint.resemblance(to: fingerprint)) }
      .filter { $0.resemblance.isNotable }
      .max { $0.resemblance.estimate < $1.resemblance.estimate }
    guard let closest else { return .new }
    return .resembles(closest.dataset, closest.resemblance)
  }

  /// Returns the number of this table's entry: the existing one, or a new one under `name`.
  func register(_ fingerprint: DatasetFingerprint, stored: String, name: String, _ db: Database)
    throws -> Int64
  {
    let identity = fingerprint.identity
    let sql = "SELECT sequence FROM datasets WHERE identity = ?"
    let time = JournalEntry.now()
    if let known = try Int64.fetchOne(db, sql: sql, arguments: [identity]) {
      try addSketch(of: fingerprint, to: known, at: time, db)
      return known
    }
    return try db.append(
      JournalEntry.DatasetSeen(time: time, identity: identity, name: name), to: "datasets",
      record: ["identity": identity, "name": name, "created": time, "fingerprint": stored],
      key: fingerprintKey)
  }

  /// Stores the sketch of a dataset that was registered without one, or before anybody said which
  /// columns name persons.
  private func addSketch(
    of fingerprint: DatasetFingerprint, to number: Int64, at time: String, _ db: Database
  ) throws {
    guard let sketch = fingerprint.sketch,
      let kept = try knownDatasets(db).first(where: { $0.number == number })?.fingerprint.sketch
    else { return try insertSketch(fingerprint.sketch, number, time, db) }
    if kept.version < sketch.version || kept.persons.count < sketch.persons.count {
      try insertSketch(sketch, number, time, db)
    }
  }

  private func insertSketch(
    _ sketch: PeopleSketch?, _ number: Int64, _ time: String, _ db: Database
  ) throws {
    guard let sketch else { return }
    try db.append(
      JournalEntry.Sketched(time: time, dataset: number), to: "sketches",
      record: [
        "dataset": number, "created": time, "sketch": try JournalEntry.canonicalText(sketch),
      ], key: fingerprintKey)
  }

  struct KnownDataset {
    package let number: Int64
    let dataset: DatasetIdentity
    package let fingerprint: DatasetFingerprint
  }

  func knownDatasets(_ db: Database) throws -> [KnownDataset] {
    let sketches = try Row.fetchAll(
      db, sql: "SELECT dataset, sketch FROM sketches ORDER BY sequence")
    let later = Dictionary(
      try sketches.map {
        (
          try $0.decode(Int64.self, forColumn: "dataset"),
          try $0.decode(String.self, forColumn: "sketch")
        )
      },
      uniquingKeysWith: { $1 })
    return try Row.fetchAll(
      db, sql: "SELECT sequence, identity, name, fingerprint FROM datasets ORDER BY sequence"
    ).map { row in
      let dataset = DatasetIdentity(
        identity: try row.decode(forColumn: "identity"), name: try row.decode(forColumn: "name"))
      let number: Int64 = try row.decode(forColumn: "sequence")
      let fingerprint = try storedFingerprint(row)
      return KnownDataset(
        number: number, dataset: dataset,
        fingerprint: try later[number].map { fingerprint.with(try storedSketch($0)) } ?? fingerprint
      )
    }
  }

  private func storedSketch(_ text: String) throws -> PeopleSketch {
    guard let sketch = try? JSONDecoder().decode(PeopleSketch.self, from: Data(text.utf8)) else {
      throw corrupt("the sketch of a dataset is not of the stored form")
    }
    return sketch
  }

  func storedFingerprint(_ row: Row) throws -> DatasetFingerprint {
    let text: String = try row.decode(forColumn: "fingerprint")
    guard
      let fingerprint = try? JSONDecoder().decode(DatasetFingerprint.self, from: Data(text.utf8))
    else {
      throw corrupt("the fingerprint of a dataset is not of the stored form")
    }
    return fingerprint
  }
}

extension Ledger {
  /// Returns the account whose budget a dataset spends.
  func account(of dataset: DatasetIdentity, _ db: Database) throws -> LedgerAccount {
    try LedgerAccounts(db).account(holding: number(of: dataset, db))
  }

  /// Returns the sequence number of a dataset.
  package func number(of dataset: DatasetIdentity, _ db: Database) throws -> Int64 {
    let sql = "SELECT sequence FROM datasets WHERE identity = ?"
    guard let number = try Int64.fetchOne(db, sql: sql, arguments: [dataset.identity]) else {
      throw LedgerError.unknownDataset(name: dataset.name)
    }
    return number
  }

  /// Returns the unit of an account: that of its first session that names one. Sessions of format 1
  /// do not.
  func unit(of account: LedgerAccount, _ db: Database) throws -> String? {
    let sql =
      "SELECT unit FROM sessions WHERE dataset IN \(account.datasetList) AND unit IS NOT NULL ORDER BY sequence LIMIT 1"
    return try String.fetchOne(db, sql: sql)
  }

  /// Joins the account of `second` with that of `first`; does nothing if they are already one.
  ///
  /// - Throws: ``LedgerError/unitDiffers(dataset:kept:asked:)`` if the amounts spent by the two
  ///   accounts protect different units.
  func join(_ first: Int64, _ second: Int64, _ db: Database) throws {
    let accounts = try LedgerAccounts(db)
    let (known, joining) = (
      try accounts.account(holding: first), try accounts.account(holding: second)
    )
    guard known.number != joining.number else { return }
    if let kept = try unit(of: known, db), let asked = try unit(of: joining, db), kept != asked {
      throw LedgerError.unitDiffers(dataset: known.name, kept: kept, asked: asked)
    }
    let time = JournalEntry.now()
    try db.append(
      JournalEntry.Joined(time: time, first: first, second: second), to: "joins",
      record: ["created": time, "first": first, "second": second], key: fingerprintKey)
  }

  /// Returns the number of the population with that name, which is created if there is none.
  func population(named name: String, _ db: Database) throws -> Int64 {
    try PeopleClaim.requireName(name)
    let sql = "SELECT sequence FROM populations WHERE name = ?"
    if let number = try Int64.fetchOne(db, sql: sql, arguments: [name]) { return number }
    let time = JournalEntry.now()
    return try db.append(
      JournalEntry.PopulationNamed(time: time, name: name), to: "populations",
      record: ["name": name, "created": time], key: fingerprintKey)
  }
}

extension LedgerAccount {
  /// The numbers of its datasets, for SQL: `(3, 17)`.
  var datasetList: String { "(" + datasets.map { String($0.number) }.joined(separator: ", ") + ")" }
}
