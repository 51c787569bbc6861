/// What a ledger remembers of a table to know its people again although the file was changed: another unit, other words, a column more or
/// less, a part of the rows.
///
/// Everything in it is keyed by the owner's secret and does not depend on the order of rows or columns, nor on the columns' names. It is
/// owner-side state and enters no release. `docs/decisions/0010-ledger.md` says what it recognises, with the measured shares.
package struct PeopleSketch: Sendable, Hashable, Codable {
  /// The form of the sketch: two are compared only if theirs agree.
  package static let currentVersion = 2

  package let version: Int
  package let rowCount: Int
  /// Columns that tell rows apart.
  package let columnCount: Int
  /// Of each row, the combinations of three of its rarest cells, where these are rare enough to name a row among all.
  package let traits: CountedSketch
  /// Of each row, all its cells together.
  package let rows: CountedSketch
  /// For each such column, the rows without it; empty where there are more than ``mostColumnsLeftOut``.
  package let rowsWithoutOne: [CountedSketch]
  /// Sums of random signs of the rows, by which the number of rows that differ between two tables is estimated.
  package let difference: RowDifference
  /// Of each informative column, a digest of its cells, whatever their order.
  package let contents: [String]
  /// How many columns are informative.
  var informativeColumns: Int { contents.count }
  /// Of each informative column of numbers or times, digests of the form of its distribution, which no linear change of unit moves.
  package let forms: [[String]]
  /// Of each column that names persons, who they are.
  package let persons: [PersonSketch]

  package init(
    version: Int, rowCount: Int, columnCount: Int, traits: CountedSketch, rows: CountedSketch, rowsWithoutOne: [CountedSketch],
    difference: RowDifference, contents: [String], forms: [[String]], persons: [PersonSketch]
  ) {
    self.version = version
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.traits = traits
    self.rows = rows
    self.rowsWithoutOne = rowsWithoutOne
    self.difference = difference
    self.contents = contents
    self.forms = forms
    self.persons = persons
  }

  package static let mostColumnsLeftOut = 32
}

/// Who is named by a column, as far as a sketch of names and numbers tells.
package struct PersonSketch: Sendable, Hashable, Codable {
  package let persons: CountedSketch
  /// How likely a number that was drawn for somebody else is taken: the share of numbers between the lowest and the highest that are in
  /// use. 0 for names and codes with letters.
  package let density: Double

  package init(persons: CountedSketch, density: Double) {
    self.persons = persons
    self.density = density
  }
}
