import TableSources
import Tables

/// The statements that make a table of PostgreSQL, with the types, keys and comments that a schema
/// gives its columns.
package struct TableStatements {
  private let table: String
  private let columns: [Written]
  private let keys: [[String]]
  private let dialect = SQLDialect.standard

  private struct Written {
    let name: String
    let type: String
    let isNullable: Bool
  }

  /// The rows of a statement.
  private static let rowsAtOnce = 500

  /// - Parameters:
  ///   - name: The table's name as a user writes it, such as `clinic.patients`.
  ///   - rows: The rows that will be written.
  ///   - schema: Says which cells may be missing, and which columns tell rows apart.
  package init(_ name: String, for rows: Table, schema: Schema) throws(AddressFault) {
    table = try dialect.table(name).sql
    var columns: [Written] = []
    for column in rows.columns {
      let (shape, declared) = (column.shape, schema.column(named: column.name))
      columns.append(
        Written(
          name: try dialect.name(shape.name), type: Self.type(of: shape),
          isNullable: declared?.isNullable != false || column.hasMissing))
    }
    self.columns = columns
    var keys: [[String]] = []
    for case .unique(let names) in schema.rules {
      var key: [String] = []
      for name in names { key.append(try dialect.name(name)) }
      keys.append(key)
    }
    self.keys = keys
  }

  /// The database's type for a column. Columns with code words, durations and words for truth that
  /// would be lost are texts.
  private static func type(of shape: ColumnShape) -> String {
    guard shape.codes.isEmpty, shape.numberFormat.isPlain else { return "text" }
    switch shape.type {
    case .integer: return "bigint"
    case .decimal(let digits): return "numeric(19, \(digits))"
    case .scientific: return "double precision"
    case .boolean(let words):
      let plain = [words.whenFalse, words.whenTrue].map { $0.lowercased() }
      return plain == ["false", "true"] ? "boolean" : "text"
    case .date: return "date"
    case .timestamp:
      guard let pattern = TimePattern(shape.type), !pattern.isClock else { return "text" }
      return "timestamp"
    case .category, .identifier, .text: return "text"
    }
  }

  /// Statements that make the table, with a comment that says what it is.
  /// - Parameter replaces: Whether a table of that name goes first.
  package func making(comment: String, replaces: Bool) throws(AddressFault) -> [String] {
    let described = columns.map {
      "\($0.name) \($0.type)\($0.isNullable ? "" : " NOT NULL")"
    }
    let unique = keys.map { "UNIQUE (\($0.joined(separator: ", ")))" }
    let drop = replaces ? ["DROP TABLE IF EXISTS \(table)"] : []
    return drop + [
      "CREATE TABLE \(table) (\((described + unique).joined(separator: ", ")))",
      "COMMENT ON TABLE \(table) IS \(try SQLDialect.literal(comment))",
    ]
  }

  /// Calls `body` with statements that fill the table.
  package func filling(_ rows: Table, _ body: (String) throws -> Void) throws {
    let writers = zip(columns, rows.columns).map { Self.writer(of: $1, type: $0.type) }
    for start in stride(from: 0, to: rows.rowCount, by: Self.rowsAtOnce) {
      let values = try (start..<min(start + Self.rowsAtOnce, rows.rowCount)).map { row in
        "(" + (try writers.map { try $0(row) }.joined(separator: ", ")) + ")"
      }
      try body("INSERT INTO \(table) VALUES \(values.joined(separator: ", "))")
    }
  }

  /// Returns the literal of each row's cell.
  private static func writer(of column: Column, type: String) -> (Int) throws -> String {
    switch column.cells {
    case .labels(let codes, let dictionary):
      return { row in
        codes[row] == Cells.missingCode
          ? "NULL" : try SQLDialect.literal(dictionary[Int(codes[row])])
      }
    case .ticks(let ticks):
      let text = writtenForm(of: column, type: type)
      return { row in
        if ticks[row] == Cells.missingTick { return "NULL" }
        if let code = Cells.code(ticks[row]) { return try SQLDialect.literal(column.codes[code]) }
        return try SQLDialect.literal(text(ticks[row]))
      }
    }
  }

  /// Returns the text of a tick as the database reads it: that of the file for texts, else with a
  /// point and as ISO 8601.
  private static func writtenForm(of column: Column, type: String) -> (Int64) -> String {
    var shape = column.shape
    switch type {
    case "date": shape.type = .date(.iso)
    case "timestamp":
      let pattern = TimePattern(column.type)
      let perDay = pattern?.ticksPerDay ?? 86_400
      let iso = ColumnType.timestamp(
        TimestampFormat(pattern: "yyyy-MM-dd HH:mm:ss.SSSSSS", fractionDigits: 6))
      return { iso.format(tick: $0 * (86_400_000_000 / perDay)) }
    case "boolean":
      shape.type = .boolean(BooleanLabels(whenFalse: "false", whenTrue: "true"))
    case "text":
      let write = column.tickWriter
      return { tick in
        var buffer = ByteBuffer()
        write(tick, &buffer)
        return String(decoding: buffer.bytes, as: UTF8.self)
      }
    default: break
    }
    let type = shape.type
    return { type.format(tick: $0) }
  }
}

extension Column {
  /// Whether a cell is missing: one can be where the schema allows none, if nothing was learned.
  fileprivate var hasMissing: Bool {
    switch cells {
    case .ticks(let ticks): ticks.contains(Cells.missingTick)
    case .labels(let codes, _): codes.contains(Cells.missingCode)
    }
  }
}
