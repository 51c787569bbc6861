import Tables

/// How a file is laid out, known before its rows are parsed.
package struct FileLayout {
  package var delimiter: UInt8
  /// Lines in front of the names, or of the first row, that belong to no row.
  package var skippedLines = 0
  package var hasHeader: Bool
  /// Whether the first line may as well hold the first row.
  package var isHeaderInDoubt = false
  /// The header line's cells; empty texts without one.
  package var headers: [String]
  /// Distinct, never empty.
  package var names: [String]
  /// Whether quotes tell nothing: as the schema says, or, without one, since every cell of the sample is quoted, header included. Never so
  /// for one column.
  var quotesEverything: Bool
  /// The sign before the decimals of a number.
  var decimalMark = DecimalMark.point
  /// Rows in the file, judged by its size and the sample.
  package var expectedRows: Int
  /// What was found out about the first lines.
  package var notes: [ReadNote] = []
}
