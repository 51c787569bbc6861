/// The reason why a database did not answer, by its code, in our words.
///
/// A driver's own text is never shown: it holds the query, and often cells.
package enum DatabaseFault: Equatable, Sendable, Codable {
  case unreachable
  case login
  case noRights
  case noSuchDatabase
  case noSuchTable
  case noSuchColumn
  case exists
  case query
  case cell
  case readOnly
  case ended
  case cancelled
  case diskFull
  case memory
  case busy
  case changed
  /// A code of five letters or digits, or nothing; and the driver's status.
  case other(code: String, status: Int)

  /// - Parameters:
  ///   - code: SQLSTATE, or an empty text.
  ///   - status: The driver's status, as ADBC numbers them.
  package init(code: String, status: Int) {
    let isCode =
      code.utf8.count == 5 && code != "00000"
      && code.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
    let code = isCode ? code : ""
    self =
      switch code {
      case "42501": .noRights
      case "42P01", "3F000": .noSuchTable
      case "42703": .noSuchColumn
      case "42P07": .exists
      case "3D000": .noSuchDatabase
      case "25006": .readOnly
      case "57014": .cancelled
      case "57P01", "57P02", "57P03", "57P05": .ended
      case "53100", "58030", "53400": .diskFull
      case "53200": .memory
      case "53300": .busy
      case "40001", "40P01": .changed
      default: Self.ofClass(code.prefix(2), code: code, status: status)
      }
  }

  /// Classes of codes, and the statuses of drivers that give no code.
  private static func ofClass(_ prefix: Substring, code: String, status: Int) -> DatabaseFault {
    switch (prefix, status) {
    case ("08", _): .unreachable
    case ("28", _): .login
    case ("42", _): .query
    case ("22", _): .cell
    case ("", 3): .noSuchTable
    case ("", 11): .cancelled
    case ("", 13): .login
    case ("", 14): .noRights
    default: .other(code: code, status: status)
    }
  }

  package func sentence(table: String) -> String {
    switch self {
    case .unreachable:
      "\(table): the database cannot be reached. Check the host, the port, and that the server runs and lets you in."
    case .login:
      "\(table): the database refuses the user or the password. Check the user's name, and the password file (PGPASSFILE) or PGPASSWORD."
    case .noRights:
      "\(table): the database's user may not read it. Ask its administrator for GRANT SELECT on it."
    case .noSuchDatabase:
      "\(table): there is no database of that name on the server. Check the last part of the address."
    case .noSuchTable:
      "\(table): the database has no such table. Check its name, and put its schema in front, as in clinic.patients."
    case .noSuchColumn:
      "\(table): the query names a column that is not there. Check the names in the query."
    case .exists:
      "\(table): the database has a table of that name already. Name another."
    case .query: "\(table): the database does not understand the query. Try it there first."
    case .cell:
      "\(table): the database could not convert a cell as the query asks. Mend the query's conversions."
    case .readOnly:
      "\(table): the query would change the database, and may only read. Give one that selects."
    case .ended: "\(table): the server ended the connection. Try again when it runs."
    case .cancelled:
      "\(table): the query was cancelled on the server. Try again, or allow it more time."
    case .diskFull:
      "\(table): the server's disk is full, or what the user may take of it (temp_file_limit). Make room there."
    case .memory: "\(table): the server has not enough memory for the query. Ask for less."
    case .busy: "\(table): the server has too many connections. Try again later."
    case .changed: "\(table): others changed the table while it was read. Try again."
    case .other(let code, let status):
      "\(table): the database refused (\(code.isEmpty ? "status \(status)" : "code \(code)")). Look into the server's log."
    }
  }

  var id: String {
    switch self {
    case .unreachable: "database.unreachable"
    case .login: "database.login"
    case .noRights: "database.no-rights"
    case .noSuchDatabase: "database.no-such-database"
    case .noSuchTable: "database.no-such-table"
    case .noSuchColumn: "database.no-such-column"
    case .exists: "database.exists"
    case .query: "database.query"
    case .cell: "database.cell"
    case .readOnly: "database.read-only"
    case .ended: "database.ended"
    case .cancelled: "database.cancelled"
    case .diskFull: "database.disk-full"
    case .memory: "database.memory"
    case .busy: "database.busy"
    case .changed: "database.changed"
    case .other: "database.other"
    }
  }
}
