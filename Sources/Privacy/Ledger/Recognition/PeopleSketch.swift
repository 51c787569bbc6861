/// What a ledger remembers of a table to know its people again although the file was changed: another unit, other words, a column more or
/// less, a part of the rows.
///
/// Everything in it is keyed by the owner's secret and does not depend on the order of rows or columns, nor on the columns' names. It is
/// owner-side state and enters no release. `docs/decisions/0010-ledger.md` says what it recognises, with the measured shares.
package struct PeopleSketch: Sendable, Hashable, Codable {
  /// The form of the sketch: two are compared only if theirs agree.
  package static let currentVersion = 2

  let version: Int
  let rowCount: Int
  /// Columns that tell rows apart.
  let columnCount: Int
  /// Of each row, the combinations of three of its rarest cells, where these are rare enough to name a row among all.
  let traits: CountedSketch
  /// Of each row, all its cells together.
  let rows: CountedSketch
  /// For each such column, the rows without it; empty where there are more than ``mostColumnsLeftOut``.
  let rowsWithoutOne: [CountedSketch]
  /// Sums of random signs of the rows, by which the number of rows that differ between two tables is estimated.
  let difference: RowDifference
  /// Of each informative column, a digest of its cells, whatever their order.
  let contents: [String]
  /// How many columns are informative.
  var informativeColumns: Int { contents.count }
  /// Of each informative column of numbers or times, digests of the form of its distribution, which no linear change of unit moves.
  let forms: [[String]]
  /// Of each column that names persons, who they are.
  let persons: [PersonSketch]

  static let mostColumnsLeftOut = 32
}

/// Who is named by a column, as far as a sketch of names and numbers tells.
struct PersonSketch: Sendable, Hashable, Codable {
  let persons: CountedSketch
  /// How likely a number that was drawn for somebody else is taken: the share of numbers between the lowest and the highest that are in
  /// use. 0 for names and codes with letters.
  let density: Double
}
