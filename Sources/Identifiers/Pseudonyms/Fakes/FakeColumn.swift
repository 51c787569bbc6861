import Tables

/// Columns of fakes, which replace identifiers and prose in a release.
///
/// They are made from the schema and the row numbers only. No real value is used, not even its
/// length or letters. A fake is never missing.
package enum FakeColumn {
  /// The placeholder for every cell of prose.
  package static let removedText = "[text removed]"

  /// Returns the fakes of a column for a block of rows, numbered from 0 in the release, according
  /// to its kind, treatment and pattern.
  ///
  /// Without a pattern, an integer column gets row numbers from 1, another ordered column gets one
  /// fixed value, and any other column gets texts.
  /// - Parameter areFemale: The sex of each row, for given names; empty if the rows do not say.
  package static func make(
    kind: IdentifierKind, column: ColumnSchema, rows: Range<Int>, people: FakePeople,
    areFemale: [Bool?] = []
  ) -> Column {
    switch column.type {
    case .integer: return ticks(column, rows.map { integer(column, row: $0, people: people) })
    case .decimal(let digits):
      let scale = (0..<digits).reduce(Int64(1)) { scale, _ in scale * 10 }
      return ticks(column, rows.map { (Int64($0) + 1) * scale })
    case .scientific, .boolean, .date, .timestamp: return ticks(column, rows.map { _ in 0 })
    case .category, .identifier, .text: break
    }
    let writer = FakeWriter(kind: kind, column: column, people: people)
    return labels(
      column,
      rows.map { row in
        writer.text(row: row, isFemale: areFemale.isEmpty ? nil : areFemale[row - rows.lowerBound])
      })
  }

  /// Returns fakes for all rows of a single column. Columns that must agree share ``FakePeople``
  /// instead.
  package static func make(
    kind: IdentifierKind, column: ColumnSchema, rows: Int,
    generator: inout some RandomNumberGenerator
  ) -> Column {
    make(kind: kind, column: column, rows: 0..<rows, people: FakePeople(using: &generator))
  }

  /// Returns the placeholder for a block of rows of prose.
  package static func prose(column: ColumnSchema, rows: Range<Int>) -> Column {
    labels(column, rows.map { _ in removedText })
  }

  /// Returns the row number, or a number in the schema's form.
  private static func integer(_ column: ColumnSchema, row: Int, people: FakePeople) -> Int64 {
    guard let pattern = column.pattern ?? (column.treatment == .encrypt ? NumberForms.digits : nil)
    else { return Int64(row) + 1 }
    let place = people.place(
      row: row, size: pattern.size, purpose: FakeWriter.purpose(of: column.name))
    return Int64(pattern.text(place: place, person: people.person(row: row)).filter(\.isNumber))
      ?? Int64(row) + 1
  }

  private static func ticks(_ column: ColumnSchema, _ ticks: [Int64]) -> Column {
    column.filled(with: .ticks(ticks))
  }

  private static func labels(_ column: ColumnSchema, _ texts: [String]) -> Column {
    column.filled(with: Cells(labels: texts))
  }
}
