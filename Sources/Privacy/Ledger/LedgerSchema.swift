import Foundation
import GRDB

/// The stored form of a ledger. A format's meaning never changes; a new format gets a new number.
enum LedgerSchema {
  /// `user_version` of the file.
  package static let currentVersion = 3
  /// `application_id` of the file: "USLG".
  static let applicationID: Int32 = 0x5553_4C47

  /// Creates an empty ledger. Runs inside one transaction, so that a file is either empty or whole.
  static func create(_ db: Database) throws {
    try createFirstFormat(db)
    try chain(db)
    try addPeople(db)
  }

  /// Upgrades a ledger of format 1 to format 2, with all its entries in the chain. A new ledger is
  /// made in the same two steps, so that both have the same tables. The chain cannot detect earlier
  /// changes: an entry records when it began.
  static func chain(_ db: Database) throws {
    try db.execute(sql: chainTables)
    try makeAppendOnly(["chain"], db)
    try db.execute(sql: "PRAGMA user_version = 2")
    guard let key = try readKey(db) else { throw LedgerChain.Fault(detail: "its key is missing") }
    try LedgerChain.begin(key: key, db)
    let entries = try Int64.fetchOne(db, sql: "SELECT count(*) FROM journal") ?? 0
    if entries > 0 {
      try db.append(JournalEntry.ChainBegun(time: JournalEntry.now(), entries: entries), key: key)
    }
  }

  /// Upgrades a ledger of format 2 to format 3: several datasets may charge to one budget, and
  /// grants and sessions name the rule that counts them (``JournalEntry/isOfToday(_:)``). Every
  /// existing account stays as it is.
  static func addPeople(_ db: Database) throws {
    try db.execute(sql: peopleTables)
    try makeAppendOnly(Self.peopleTableNames, db)
    try db.execute(sql: "PRAGMA user_version = 3")
  }

  /// Returns the tables whose rows are records of entries, in a format.
  static func recordTables(version: Int) -> [String] {
    let first = ["datasets", "grants", "sessions", "charges", "settlements"]
    return version < 3 ? first : first + peopleTableNames
  }

  private static let peopleTableNames = [
    "populations", "population_grants", "joins", "declarations", "sketches",
  ]

  /// Returns the format of an open file.
  ///
  /// - Throws: ``LedgerError/notALedger(path:)`` or
  ///   ``LedgerError/newerVersion(path:found:supported:)``.
  package static func version(of db: Database, path: String) throws -> Int {
    guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == applicationID else {
      throw LedgerError.notALedger(path: path)
    }
    let version = try version(of: db)
    guard version <= currentVersion else {
      throw LedgerError.newerVersion(path: path, found: version, supported: currentVersion)
    }
    guard version >= 1 else { throw LedgerError.notALedger(path: path) }
    return version
  }

  /// Returns the version number in the file's header.
  package static func version(of db: Database) throws -> Int {
    try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
  }

  static func readKey(_ db: Database) throws -> FingerprintKey? {
    try Data.fetchOne(db, sql: "SELECT value FROM secrets WHERE name = 'fingerprint'").flatMap {
      FingerprintKey(bytes: $0)
    }
  }

  /// Returns the statement that created each table, index and trigger, by name.
  static func statements(_ db: Database) throws -> [String: String] {
    let rows = try Row.fetchAll(db, sql: "SELECT type, name, sql FROM sqlite_schema")
    return Dictionary(
      uniqueKeysWithValues: rows.map {
        ("\($0["type"] ?? "") \($0["name"] ?? "")", $0["sql"] ?? "")
      })
  }

  /// The statements of a new ledger, by format. Format 1 has no chain to compare them with.
  static let expectedStatements = Result {
    try DatabaseQueue().write { db in
      try createFirstFormat(db)
      try chain(db)
      let second = try statements(db)
      try addPeople(db)
      return [2: second, 3: try statements(db)]
    }
  }

  private static func createFirstFormat(_ db: Database) throws {
    try db.execute(sql: tables)
    try makeAppendOnly(
      ["journal", "datasets", "grants", "sessions", "charges", "settlements", "secrets"], db)
    try db.execute(
      sql: "INSERT INTO secrets (name, value) VALUES ('fingerprint', ?)",
      arguments: [FingerprintKey.generate().bytes])
    try db.execute(sql: "PRAGMA application_id = \(applicationID)")
    try db.execute(sql: "PRAGMA user_version = 1")
  }

  private static func makeAppendOnly(_ tables: [String], _ db: Database) throws {
    for table in tables {
      for verb in ["UPDATE", "DELETE"] {
        try db.execute(
          sql: """
            CREATE TRIGGER \(table)_never_\(verb.lowercased()) BEFORE \(verb) ON \(table)
            BEGIN SELECT RAISE(ABORT, 'a ledger is only ever appended to'); END
            """)
      }
    }
  }
}

/// The statements that create the tables of a ledger. A statement never changes once a version with
/// it is out: `requireOwnTables` compares them.
extension LedgerSchema {
  /// `chain.hash` covers the entry of `journal` and its record, see ``LedgerChain``. `head` is the
  /// one row of a ledger that changes. `sessions.unit` is null if a session is older than format 2.
  static let chainTables = """
    CREATE TABLE chain (
      sequence INTEGER NOT NULL PRIMARY KEY REFERENCES journal (sequence),
      hash BLOB NOT NULL
    );
    CREATE TABLE head (
      only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
      count INTEGER NOT NULL,
      hash BLOB NOT NULL,
      seal BLOB NOT NULL
    );
    ALTER TABLE sessions ADD COLUMN unit TEXT;
    """

  /// Every change of state is one row of `journal`, in a fixed order, with its canonical text; the
  /// other tables hold the same facts for reading. Nothing is updated or deleted: a session ends
  /// with a row in `settlements`. `charges.total_*` are the sums of the session so far, rounded up.
  package static let tables = """
    CREATE TABLE journal (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      canonical TEXT NOT NULL
    );
    CREATE TABLE secrets (
      name TEXT NOT NULL PRIMARY KEY,
      value BLOB NOT NULL
    );
    CREATE TABLE datasets (
      sequence INTEGER NOT NULL PRIMARY KEY REFERENCES journal (sequence),
      identity TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      created TEXT NOT NULL,
      fingerprint TEXT NOT NULL
    );
    CREATE TABLE grants (
      sequence INTEGER NOT NULL PRIMARY KEY REFERENCES journal (sequence),
      dataset INTEGER NOT NULL REFERENCES datasets (sequence),
      created TEXT NOT NULL,
      epsilon REAL NOT NULL CHECK (epsilon > 0 AND epsilon < 9e999),
      delta REAL NOT NULL CHECK (delta >= 0 AND delta < 1),
      origin TEXT NOT NULL
    );
    CREATE TABLE sessions (
      sequence INTEGER NOT NULL PRIMARY KEY REFERENCES journal (sequence),
      dataset INTEGER NOT NULL REFERENCES datasets (sequence),
      opened TEXT NOT NULL,
      purpose TEXT NOT NULL,
      rho REAL NOT NULL CHECK (rho >= 0 AND rho < 9e999),
      delta REAL NOT NULL CHECK (delta >= 0 AND delta < 1),
      host TEXT NOT NULL,
      process INTEGER NOT NULL,
      process_started TEXT NOT NULL
    );
    CREATE TABLE charges (
      sequence INTEGER NOT NULL PRIMARY KEY REFERENCES journal (sequence),
      session INTEGER NOT NULL REFERENCES sessions (sequence),
      charged TEXT NOT NULL,
      rho REAL NOT NULL CHECK (rho >= 0 AND rho < 9e999),
      delta REAL NOT NULL CHECK (delta >= 0 AND delta < 1),
      total_rho REAL NOT NULL CHECK (total_rho >= rho),
      total_delta REAL NOT NULL CHECK (total_delta >= delta),
      event TEXT NOT NULL
    );
    CREATE TABLE settlements (
      sequence INTEGER NOT NULL PRIMARY KEY REFERENCES journal (sequence),
      session INTEGER NOT NULL UNIQUE REFERENCES sessions (sequence),
      closed TEXT NOT NULL,
      rho REAL NOT NULL CHECK (rho >= 0 AND rho < 9e999),
      delta REAL NOT NULL CHECK (delta >= 0 AND delta < 1)
    );
    CREATE INDEX grants_of_dataset ON grants (dataset, sequence);
    CREATE INDEX sessions_of_dataset ON sessions (dataset, sequence);
    CREATE INDEX charges_of_session ON charges (session, sequence);
    """

  /// A dataset or population is named by the entry that made it. `joins` merges the accounts of two
  /// of them; `declarations` says that the people of `dataset` are others than those of `other`,
  /// null if nothing resembled it; `sketches` holds the sketches of datasets from later versions.
  static let peopleTables = """
    CREATE TABLE populations (
      sequence INTEGER NOT NULL PRIMARY KEY REFERENCES journal (sequence),
      name TEXT NOT NULL UNIQUE,
      created TEXT NOT NULL
    );
    CREATE TABLE population_grants (
      sequence INTEGER NOT NULL PRIMARY KEY REFERENCES journal (sequence),
      population INTEGER NOT NULL REFERENCES populations (sequence),
      created TEXT NOT NULL,
      epsilon REAL NOT NULL CHECK (epsilon > 0 AND epsilon < 9e999),
      delta REAL NOT NULL CHECK (delta >= 0 AND delta < 1),
      origin TEXT NOT NULL
    );
    CREATE TABLE joins (
      sequence INTEGER NOT NULL PRIMARY KEY REFERENCES journal (sequence),
      first INTEGER NOT NULL REFERENCES journal (sequence),
      second INTEGER NOT NULL REFERENCES journal (sequence),
      created TEXT NOT NULL
    );
    CREATE TABLE declarations (
      sequence INTEGER NOT NULL PRIMARY KEY REFERENCES journal (sequence),
      dataset INTEGER NOT NULL REFERENCES datasets (sequence),
      other INTEGER REFERENCES datasets (sequence),
      created TEXT NOT NULL
    );
    CREATE TABLE sketches (
      sequence INTEGER NOT NULL PRIMARY KEY REFERENCES journal (sequence),
      dataset INTEGER NOT NULL REFERENCES datasets (sequence),
      created TEXT NOT NULL,
      sketch TEXT NOT NULL
    );
    CREATE INDEX sketches_of_dataset ON sketches (dataset, sequence);
    """
}
