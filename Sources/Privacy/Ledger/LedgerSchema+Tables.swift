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
