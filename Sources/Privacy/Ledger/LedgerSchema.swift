import GRDB

/// The stored form of a ledger. A format's meaning never changes; a new one gets a new number.
enum LedgerSchema {
  /// `user_version` of the file.
  static let currentVersion = 1
  /// `application_id` of the file: "USLG".
  static let applicationID: Int32 = 0x5553_4C47

  /// Creates an empty ledger. Runs inside one transaction, so that a file is either empty or whole.
  static func create(_ db: Database) throws {
    try db.execute(sql: tables)
    for table in ["journal", "datasets", "grants", "sessions", "charges", "settlements", "secrets"] {
      for verb in ["UPDATE", "DELETE"] {
        try db.execute(
          sql: """
            CREATE TRIGGER \(table)_never_\(verb.lowercased()) BEFORE \(verb) ON \(table)
            BEGIN SELECT RAISE(ABORT, 'a ledger is only ever appended to'); END
            """)
      }
    }
    try db.execute(
      sql: "INSERT INTO secrets (name, value) VALUES ('fingerprint', ?)", arguments: [FingerprintKey.generate().bytes])
    try db.execute(sql: "PRAGMA application_id = \(applicationID)")
    try db.execute(sql: "PRAGMA user_version = \(currentVersion)")
  }

  /// Every change of state is one row of `journal`, in a fixed order, with its canonical text; the other tables hold the same facts
  /// for reading. Nothing is updated or deleted: a session ends by a row in `settlements`. `charges.total_*` are the sums of the
  /// session so far, rounded up. A later format chains the rows of `journal` by hashes.
  private static let tables = """
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
}
