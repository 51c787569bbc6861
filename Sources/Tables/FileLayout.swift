/// How a file is laid out, known before its rows are parsed.
struct FileLayout {
  var delimiter: UInt8
  var hasHeader: Bool
  /// The header line's cells; empty texts without one.
  var headers: [String]
  /// Distinct, never empty.
  var names: [String]
  /// Whether quotes tell nothing: as the schema says, or, without one, since every cell of the sample is quoted, header included. Never so
  /// for one column.
  var quotesEverything: Bool
  /// Rows in the file, judged by its size and the sample.
  var expectedRows: Int
}
