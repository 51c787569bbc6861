import Tables

/// What a caller who has no schema knows about a file before it is read; everything else is found out.
package struct ReadOptions: Sendable {
  /// Nil to detect among comma, semicolon, tab and bar.
  package var delimiter: UInt8?
  /// Nil to detect: a first line is a header unless it is clearly data.
  package var hasHeader: Bool?
  /// Lines in front of the names or of the first row; nil to detect titles, comments and `sep=`.
  package var skippedLines: Int?
  /// Nil to detect: a point, unless numbers of a file that is not separated by commas are clearly written with one.
  package var decimalMark: DecimalMark?
  /// Whole cells, compared after trimming blanks, that mean "missing".
  package var missingTokens: [String]
  /// Reads no further than the block in which this many rows are reached: enough to judge columns by.
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
