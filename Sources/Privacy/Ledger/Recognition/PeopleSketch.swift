/// A ledger's record of a table, used to recognise its people even if the file was changed: another
/// unit, other words, a column more or less, a part of the rows.
///
/// Everything in it is keyed by the owner's secret and is independent of the order of rows and
/// columns and of the columns' names. It is owner-side state and enters no release.
/// `docs/decisions/0010-ledger.md` lists the changes it recognises, with the measured shares.
package struct PeopleSketch: Sendable, Hashable, Codable {
  /// The version of the sketch format. Two sketches are compared only if theirs agree.
  package static let currentVersion = 2

  package let version: Int
  package let rowCount: Int
  /// The number of columns that distinguish rows.
  package let columnCount: Int
  /// The combinations of three of each row's rarest cells, if these are rare enough to identify a
  /// row among all.
  package let traits: CountedSketch
  /// All cells of each row together.
  package let rows: CountedSketch
  /// The rows without each such column; empty if there are more than ``mostColumnsLeftOut``.
  package let rowsWithoutOne: [CountedSketch]
  /// Sums of random signs of the rows, used to estimate the number of rows that differ between two
  /// tables.
  package let difference: RowDifference
  /// A digest of each informative column's cells, whatever their order.
  package let contents: [String]
  /// The number of informative columns.
  var informativeColumns: Int { contents.count }
  /// Digests of the shape of the distribution of each informative column of numbers or times. No
  /// linear change of unit affects them.
  package let forms: [[String]]
  /// The persons named by each column that names persons.
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

/// The persons named by a column, as far as a sketch of names and numbers tells.
package struct PersonSketch: Sendable, Hashable, Codable {
  package let persons: CountedSketch
  /// The probability that a number drawn for somebody else is taken: the share of numbers between
  /// the lowest and the highest that are in use. 0 for names and codes with letters.
  package let density: Double

  package init(persons: CountedSketch, density: Double) {
    self.persons = persons
    self.density = density
  }
}
