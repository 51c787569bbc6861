import Tables

#if PLANTED_FAULTS
  import Basics
#endif

extension FileLayout {
  /// The layout that a schema declares. Of the file only the header line is looked at, which is public structure; of a file without one,
  /// nothing.
  /// - Throws: ``TableError`` where the header is faulty.
  init(_ whole: FileSample, declaredBy schema: Schema, skippedLines: Int) throws(TableError) {
    let sample = whole.dropping(lines: skippedLines)
    self.skippedLines = skippedLines
    delimiter = schema.format.delimiter
    hasHeader = schema.format.hasHeader
    if hasHeader {
      try sample.checkBeginning()
      headers = sample.rows(delimiter: delimiter, limit: 1).first?.map { String(decoding: $0.bytes, as: UTF8.self) } ?? []
    } else {
      headers = schema.columns.map { _ in "" }
    }
    names = FileLayout.names(for: headers)
    decimalMark = schema.format.decimalMark
    quotesEverything = schema.format.quotedTokens == .missing
    expectedRows = FileLayout.expectedRows(sample, delimiter: delimiter)
    #if PLANTED_FAULTS
      if PlantedControl.chosen == .reading { quotesEverything = FileLayout.quotesAll(sample, delimiter: delimiter) }
    #endif
    if hasHeader { try checkHeaders(sample) }
  }
}

#if PLANTED_FAULTS
  extension FileLayout {
    /// Whether every cell of the first rows is quoted: what a planted fault lets decide about all cells.
    fileprivate static func quotesAll(_ sample: FileSample, delimiter: UInt8) -> Bool {
      let rows = sample.rows(delimiter: delimiter, limit: 500)
      return (rows.first?.count ?? 0) > 1 && rows.allSatisfy { $0.allSatisfy(\.isQuoted) }
    }

    /// The schema by which cells are read: with the planted fault, as quotation marks of the first rows say.
    func planted(in schema: Schema) -> Schema {
      guard PlantedControl.chosen == .reading else { return schema }
      var planted = schema
      planted.format.quotedTokens = quotesEverything ? .missing : .text
      return planted
    }
  }
#endif
