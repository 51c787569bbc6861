import SchemaFiles
import Tables

/// Whether a column seems to say whom a row is about, by what is public of it: its header, and the role that the schema gives it.
package enum PersonSigns {
  /// Whether the header says so, in any of the languages that are known.
  package static func namesPersons(header: String) -> Bool {
    let header = HeaderReading(header)
    guard !header.isCount, !header.isKind, !header.parts.contains(.staff) else { return false }
    if header.isNumber || header.isPersonAlone, !header.parts.isDisjoint(with: [.person, .kept]) { return true }
    return header.meanings.contains { $0.value.weight >= leastWeight && meanings.contains($0.key) }
  }

  /// What a phrase of two words, or the word that decides, weighs.
  private static let leastWeight = 2.0

  /// Meanings by which a person is known again. Names are told from titles and places by their cells, so a header alone does not do.
  private static let meanings: Set<ColumnMeaning> = [
    .username, .email, .phone, .socialSecurityNumber, .nationalIdentifier, .recordNumber, .healthPlan, .account, .license, .passport,
    .iban, .card, .biometric, .personNumber,
  ]

  /// Whether an identifier of this kind is the same in all rows of a person, and another in those of anybody else.
  static func tellsPersonsApart(_ kind: IdentifierKind) -> Bool {
    switch kind {
    case .personName, .email, .phone, .uuid, .code, .other, .ipAddress, .macAddress, .socialSecurityNumber, .creditCard, .iban: true
    case .givenName, .familyName, .address, .url: false
    }
  }
}

extension ColumnSchema {
  /// Whether the column seems to say whom a row is about: an identifier that persons keep, or a header that says so.
  package var mayNamePersons: Bool {
    if case .identifier(let kind) = role { return PersonSigns.tellsPersonsApart(kind) }
    return PersonSigns.namesPersons(header: header ?? name) || PersonSigns.namesPersons(header: name)
  }
}

extension Schema {
  /// Columns beside `unit: row` whose values come back in several rows as those of persons do, or may do so as far as anybody said:
  /// decided by the schema alone, so that it is no answer about the rows. Empty where each row is declared to be a person of its own.
  package var repeatedPersonColumns: [String] {
    guard unit == .row, !eachRowIsAPerson else { return [] }
    return columns.filter { $0.repeats ?? $0.mayNamePersons }.map(\.name)
  }

  /// Sentences for the owner where the rows show persons with several rows and the schema says otherwise. They never travel.
  package func repeatedPersonNotes(in table: Table) -> [String] {
    guard unit == .row else { return [] }
    let known = Set(repeatedPersonColumns)
    return columns.compactMap { described in
      guard !known.contains(described.name), described.mayNamePersons, let column = table.column(named: described.name),
        described.seemsToRepeat(in: column)
      else { return nil }
      let said = eachRowIsAPerson ? "each row is a person of its own" : "its values do not repeat"
      return "'\(described.name)' has the same value in several rows, but the schema says that \(said). If it says whom a row is about, "
        + "protect persons rather than rows: `unit: {person: \(SchemaText.quoted(described.name)), at most: ROWS}`."
    }
  }

  /// Says of each column that may name persons whether its values repeat in these rows: observed facts.
  mutating func observeRepetition(in table: Table) {
    for index in columns.indices where columns[index].mayNamePersons {
      guard let column = table.column(named: columns[index].name) else { continue }
      columns[index].repeats = columns[index].seemsToRepeat(in: column)
    }
  }
}

extension ColumnSchema {
  /// The most that full names may repeat where each row is a person: namesakes.
  private static let namesakes = 0.1

  /// Whether values come back in several rows of `column`.
  fileprivate func seemsToRepeat(in column: Column) -> Bool {
    let (present, distinct) = (column.count - column.missingCount, column.counts().count)
    guard case .identifier(.personName) = role else { return distinct < present }
    return Double(distinct) < (1 - Self.namesakes) * Double(present)
  }
}
