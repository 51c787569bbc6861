import TableSources

/// The way in which a database writes names in SQL.
package enum SQLDialect: Sendable {
  /// PostgreSQL, DuckDB and the standard.
  case standard
  case spark

  private var quote: String { self == .standard ? "\"" : "`" }

  /// Returns a name in quotation marks, which is then nothing but a name.
  package func name(_ name: String) throws(AddressFault) -> String {
    guard !name.isEmpty, !name.utf8.contains(0) else { throw .noTable }
    return quote + name.replacing(quote, with: quote + quote) + quote
  }

  /// Returns the last part of a table's name, and the whole as SQL. Users write `patients`,
  /// `clinic.patients`, or quotation marks around names that hold a point.
  package func table(_ text: String) throws(AddressFault) -> (name: String, sql: String) {
    let parts = try Self.parts(text)
    guard let last = parts.last, parts.count <= 3 else { throw .noTable }
    var names: [String] = []
    for part in parts { names.append(try name(part)) }
    return (last, names.joined(separator: "."))
  }

  private static func parts(_ text: String) throws(AddressFault) -> [String] {
    var parts = [""]
    var isQuoted = false
    var rest = Substring(text)
    while let character = rest.popFirst() {
      switch character {
      case "\"" where isQuoted && rest.first == "\"":
        parts[parts.count - 1].append(rest.removeFirst())
      case "\"": isQuoted.toggle()
      case "." where !isQuoted: parts.append("")
      default: parts[parts.count - 1].append(character)
      }
    }
    guard !isQuoted else { throw .noTable }
    return parts
  }

  /// Returns a text as DuckDB reads it, and PostgreSQL with standard strings: backslashes stand for
  /// themselves.
  package static func literal(_ text: String) throws(AddressFault) -> String {
    guard !text.utf8.contains(0) else { throw .unreadable }
    return "'" + text.replacing("'", with: "''") + "'"
  }
}
