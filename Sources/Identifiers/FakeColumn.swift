import Tables

/// Columns of fakes, which stand in for identifiers and prose in a release.
///
/// Made from the schema and the row numbers only: no real value, not even its length or letters, goes in. A fake is never missing.
public enum FakeColumn {
  /// What stands for every cell of prose.
  public static let removedText = "[text removed]"

  /// Fakes of a kind for a block of rows, numbered from 0 in the release.
  ///
  /// An integer column gets row numbers from 1, another ordered column one fixed value, any other column texts.
  public static func make(kind: IdentifierKind, column: ColumnSchema, rows: Range<Int>, people: FakePeople) -> Column {
    switch column.type {
    case .integer: return ticks(column, rows.map { Int64($0) + 1 })
    case .decimal(let digits):
      let scale = (0..<digits).reduce(Int64(1)) { scale, _ in scale * 10 }
      return ticks(column, rows.map { (Int64($0) + 1) * scale })
    case .boolean, .date, .timestamp: return ticks(column, rows.map { _ in 0 })
    case .category, .identifier, .text: break
    }
    return labels(column, rows.map { text(kind, column: column.name, row: $0, people: people) })
  }

  /// Fakes for all rows of a column on its own; columns that are to agree share ``FakePeople`` instead.
  public static func make(
    kind: IdentifierKind, column: ColumnSchema, rows: Int, generator: inout some RandomNumberGenerator
  ) -> Column {
    make(kind: kind, column: column, rows: 0..<rows, people: FakePeople(using: &generator))
  }

  /// The placeholder for a block of rows of prose.
  public static func prose(column: ColumnSchema, rows: Range<Int>) -> Column {
    labels(column, rows.map { _ in removedText })
  }

  private static func text(_ kind: IdentifierKind, column: String, row: Int, people: FakePeople) -> String {
    switch kind {
    case .personName: return people.person(row: row).fullName
    case .givenName: return people.person(row: row).given
    case .familyName: return people.person(row: row).family
    case .email: return people.person(row: row).email
    case .phone: return people.person(row: row).phone
    case .uuid: return people.uuid(row: row)
    case .code: return "ID" + padded(row)
    case .other: return HeaderMeaning(column).isAddress ? "\(row + 1) Example Street" : "fictitious-" + padded(row)
    }
  }

  private static func padded(_ row: Int) -> String {
    let digits = String(row + 1)
    return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
  }

  private static func ticks(_ column: ColumnSchema, _ ticks: [Int64]) -> Column {
    column.filled(with: .ticks(ticks))
  }

  private static func labels(_ column: ColumnSchema, _ texts: [String]) -> Column {
    var dictionary = LabelDictionary()
    var known: [String: Int32] = [:]
    let codes = texts.map { text in
      if let code = known[text] { return code }
      let code = dictionary.append(text)
      known[text] = code
      return code
    }
    return column.filled(with: .labels(codes: codes, dictionary: dictionary))
  }
}
