import SchemaFiles
import Tables

/// Decides whether a column seems to identify the person that a row is about, from public facts
/// only: its header and its role in the schema.
package enum PersonSigns {
  /// Whether the header says so, in any of the known languages.
  package static func namesPersons(header: String) -> Bool {
    let header = HeaderReading(header)
    guard !header.isCount, !header.isKind, !header.parts.contains(.staff) else { return false }
    if header.isNumber || header.isPersonAlone, !header.parts.isDisjoint(with: [.person, .kept]) {
      return true
    }
    return header.meanings.contains { $0.value.weight >= leastWeight && meanings.contains($0.key) }
  }

  /// The weight of a phrase of two words, or of the deciding word.
  private static let leastWeight = 2.0

  /// Meanings that identify a person again. Only the cells distinguish names from titles and
  /// places, so a header alone is not enough.
  private static let meanings: Set<ColumnMeaning> = [
    .username, .email, .phone, .socialSecurityNumber, .nationalIdentifier, .recordNumber,
    .healthPlan, .account, .license, .passport,
    .iban, .card, .biometric, .personNumber,
  ]

  /// Whether an identifier of this kind is the same in all rows of a person and different in the
  /// rows of others.
  static func tellsPersonsApart(_ kind: IdentifierKind) -> Bool {
    switch kind {
    case .personName, .email, .phone, .uuid, .code, .other, .ipAddress, .macAddress,
      .socialSecurityNumber, .creditCard, .iban:
      true
    case .givenName, .familyName, .address, .url: false
    }
  }
}

extension ColumnSchema {
  /// Whether the column seems to identify the person that a row is about: an identifier that
  /// persons keep, or a header that says so.
  package var mayNamePersons: Bool {
    if case .identifier(let kind) = role { return PersonSigns.tellsPersonsApart(kind) }
    return PersonSigns.namesPersons(header: header ?? name)
      || PersonSigns.namesPersons(header: name)
  }
}

extension Schema {
  /// Columns beside `unit: row` whose values recur as those of persons do, or may do so if nobody
  /// said otherwise. The schema alone decides this, so it reveals nothing about the rows. Empty if
  /// each row is declared to be a person of its own.
  package var repeatedPersonColumns: [String] {
    guard unit == .row, !eachRowIsAPerson else { return [] }
    return columns.filter { $0.repeats ?? $0.mayNamePersons }.map(\.name)
  }

  /// Returns sentences for the owner if persons have several rows and the schema says otherwise.
  /// They never leave the owner.
  package func repeatedPersonNotes(in table: Table) -> [String] {
    guard unit == .row else { return [] }
    let known = Set(repeatedPersonColumns)
    return columns.compactMap { described in
      guard !known.contains(described.name), described.mayNamePersons,
        let column = table.column(named: described.name),
        described.seemsToRepeat(in: column)
      else { return nil }
      let said = eachRowIsAPerson ? "each row is a person of its own" : "its values do not repeat"
      return
        "'\(described.name)' has the same value in several rows, but the schema says that \(said). If it says whom a row is about, "
        + "protect persons rather than rows: `unit: {person: \(SchemaText.quoted(described.name)), at most: ROWS}`."
    }
  }

  /// The columns that may name persons and whose values come back in several rows: the number of
  /// values, and the most rows of one of them. For the owner alone.
  package func repeatedPersons(in table: Table) -> [(column: String, values: Int, mostRows: Int)] {
    columns.compactMap { described in
      guard described.mayNamePersons || described.repeats == true,
        let column = table.column(named: described.name),
        described.seemsToRepeat(in: column)
      else { return nil }
      let counts = column.counts()
      return (described.name, counts.count, counts.values.max() ?? 0)
    }
  }

  /// Records for each column that may name persons whether its values repeat in these rows. These
  /// are observed facts.
  mutating func observeRepetition(in table: Table) {
    for index in columns.indices where columns[index].mayNamePersons {
      guard let column = table.column(named: columns[index].name) else { continue }
      columns[index].repeats = columns[index].seemsToRepeat(in: column)
    }
  }
}

extension ColumnSchema {
  /// The largest share of repeated full names if each row is a person, to allow for namesakes.
  private static let namesakes = 0.1

  /// Whether values recur in several rows of `column`.
  fileprivate func seemsToRepeat(in column: Column) -> Bool {
    let (present, distinct) = (column.count - column.missingCount, column.distinctCount)
    guard case .identifier(.personName) = role else { return distinct < present }
    return Double(distinct) < (1 - Self.namesakes) * Double(present)
  }
}
