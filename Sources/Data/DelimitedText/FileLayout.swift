import Tables

/// The layout of a file, known before its rows are parsed.
package struct FileLayout {
  package var delimiter: UInt8
  /// Lines before the names or the first row that belong to no row.
  package var skippedLines = 0
  package var hasHeader: Bool
  /// Whether the first line may as well hold the first row.
  package var isHeaderInDoubt = false
  /// The header line's cells; empty texts without one.
  package var headers: [String]
  /// The column names: distinct, never empty.
  package var names: [String]
  /// Whether quotes carry no information: because the schema says so or, without a schema, because
  /// every cell of the sample is quoted, header included. Never so for one column.
  var quotesEverything: Bool
  /// The sign before the decimals of a number.
  var decimalMark = DecimalMark.point
  /// The number of rows in the file, estimated from its size and the sample.
  package var expectedRows: Int
  /// Findings about the first lines.
  package var notes: [ReadNote] = []
}
