import Tables

/// Facts that a caller without a schema knows about a file before reading it. The rest is detected.
package struct ReadOptions: Sendable {
  /// Nil to detect comma, semicolon, tab or bar.
  package var delimiter: UInt8?
  /// Nil to detect: a first line is a header unless it is clearly data.
  package var hasHeader: Bool?
  /// Lines before the names or the first row; nil to detect titles, comments and `sep=`.
  package var skippedLines: Int?
  /// Nil to detect: a point, unless numbers of a file not separated by commas clearly have a comma.
  package var decimalMark: DecimalMark?
  /// Whole cells that mean "missing", compared after trimming blanks.
  package var missingTokens: [String]
  /// Whether labels are looked at once more for numbers with signs around their digits, for code
  /// words, for packed dates and for flags. Without, a column whose cells are not all plain numbers or
  /// dates has labels.
  package var seesWrittenForms = true
  /// The number of rows after which no further block is read: enough to judge columns by.
  package var mostRows: Int?

  package init(
    delimiter: UInt8? = nil, hasHeader: Bool? = nil, missingTokens: [String] = TableFormat.defaultMissingTokens,
    mostRows: Int? = nil
  ) {
    self.delimiter = delimiter
    self.hasHeader = hasHeader
    self.missingTokens = missingTokens
    self.mostRows = mostRows
  }
}
