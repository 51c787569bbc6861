import GRDB

extension LedgerError {
  /// Translates an SQLite error for the owner of the ledger. SQLite's own message is left out
  /// because it could quote stored values.
  package init(_ error: DatabaseError, path: String, busySeconds: Double) {
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path: path, seconds: busySeconds)
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: self = .readOnly(path: path)
    case .SQLITE_NOTADB: self = .notALedger(path: path)
    case .SQLITE_CORRUPT: self = .corrupt(path: path, detail: "its pages do not fit together")
    case .SQLITE_FULL: self = .storage(path: path, detail: "the disk is full")
    case .SQLITE_CANTOPEN: self = .storage(path: path, detail: "the file cannot be opened")
    case .SQLITE_IOERR: self = .storage(path: path, detail: "the disk reported an error")
    case .SQLITE_CONSTRAINT: self = .corrupt(path: path, detail: "a record breaks a rule of the ledger")
    default: self = .storage(path: path, detail: "SQLite error \(error.extendedResultCode.rawValue)")
    }
  }
}
