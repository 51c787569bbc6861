import Tables

#if PLANTED_FAULTS
  import Basics
#endif

extension FileLayout {
  /// Creates the layout that a schema declares. Looks only at the header line, which is public
  /// structure, or at nothing if the file has none.
  /// - Throws: ``TableError`` if the header is faulty.
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
    /// Whether every cell of the first rows is quoted. A planted fault applies this to all cells.
    fileprivate static func quotesAll(_ sample: FileSample, delimiter: UInt8) -> Bool {
      let rows = sample.rows(delimiter: delimiter, limit: 500)
      return (rows.first?.count ?? 0) > 1 && rows.allSatisfy { $0.allSatisfy(\.isQuoted) }
    }

    /// Returns the schema for reading cells. With the planted fault, it follows the quotation marks
    /// of the first rows.
    func planted(in schema: Schema) -> Schema {
      guard PlantedControl.chosen == .reading else { return schema }
      var planted = schema
      planted.format.quotedTokens = quotesEverything ? .missing : .text
      return planted
    }
  }
#endif
