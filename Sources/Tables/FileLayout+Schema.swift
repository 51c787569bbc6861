extension FileLayout {
  /// The layout that a schema declares. Of the file only the header line is looked at, which is public structure; of a file without one,
  /// nothing.
  /// - Throws: ``TableError`` where the header is faulty.
  init(_ whole: FileSample, declaredBy schema: Schema) throws(TableError) {
    let sample = whole.dropping(lines: schema.format.skippedLines)
    skippedLines = schema.format.skippedLines
    delimiter = schema.format.delimiter
    hasHeader = schema.format.hasHeader
    if hasHeader {
      try sample.checkBeginning()
      headers = sample.rows(delimiter: delimiter, limit: 1).first?.map { String(decoding: $0.bytes, as: UTF8.self) } ?? []
    } else {
      headers = schema.columns.map { _ in "" }
    }
    names = FileLayout.names(for: headers)
    quotesEverything = schema.format.quotedTokens == .missing
    expectedRows = FileLayout.expectedRows(sample, delimiter: delimiter)
    if hasHeader { try checkHeaders(sample) }
  }
}
