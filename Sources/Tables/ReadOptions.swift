/// What a caller knows about a file before it is read; everything else is found out.
package struct ReadOptions: Sendable {
  /// Nil to detect among comma, semicolon, tab and bar.
  package var delimiter: UInt8?
  /// Nil to detect: a first line is a header unless it is clearly data.
  package var hasHeader: Bool?
  /// Whole cells, compared after trimming blanks, that mean "missing".
  package var missingTokens: [String]
  /// Types by column name, from a schema: these columns are parsed as told, the others are inferred.
  package var columnTypes: [String: ColumnType]?

  /// Reads no further than the block in which this many rows are reached: enough to judge columns by.
  package var mostRows: Int?

  package init(
    delimiter: UInt8? = nil, hasHeader: Bool? = nil, missingTokens: [String] = TableFormat.defaultMissingTokens,
    columnTypes: [String: ColumnType]? = nil, mostRows: Int? = nil
  ) {
    self.delimiter = delimiter
    self.hasHeader = hasHeader
    self.missingTokens = missingTokens
    self.columnTypes = columnTypes
    self.mostRows = mostRows
  }
}
