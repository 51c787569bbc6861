import Foundation

/// Reads a delimited text file into typed columns.
///
/// The file is streamed, never held: memory is the typed columns and the dictionaries of their labels. The first block gives each
/// column a kind; a column in which a later cell does not fit is read again by the next kind, so that the type in the end is
/// decided by all rows.
///
/// Missing tokens: an unquoted one is missing. A quoted one is text in a column of labels and missing in a column of any other type;
/// where a file of several columns quotes every cell, header included, quotes tell nothing and a quoted token is missing too. (A table
/// in which every name and every label happens to need quotes, and one is a missing token, is thus not read back as it was written.)
package enum TableReader {
  /// Reads `url`, or says what is wrong with it; a file that ends in `.gz` is unpacked on the way.
  package static func read(_ url: URL, options: ReadOptions = ReadOptions()) throws(TableError) -> ReadTable {
    let sample = try FileSample(url)
    let layout = try FileLayout(sample, options: options)
    let missingTokens = MissingTokens(options.missingTokens)
    let setting = BuilderSetting(
      missingTokens: missingTokens, quotedTokensAreText: !layout.quotesEverything, expectedRows: layout.expectedRows)
    var pass = ReadingPass(
      url: url, file: sample.file, layout: layout, setting: setting, told: options.columnTypes ?? [:], mostRows: options.mostRows)
    var columns = try pass.run()
    try checkTold(columns, layout: layout, options: options, file: sample.file)
    var notes = layoutNotes(layout, isGuess: options.hasHeader == nil, blankLines: pass.blankLines)
    notes += DayMonthOrder.settle(&columns, names: layout.names, candidates: pass.timeCandidates)
    let typed = zip(layout.names, layout.headers).enumerated().map { position, name in
      let told = options.columnTypes?[name.0] != nil
      let built = told ? columns[position] : LabelClassifier.classify(columns[position])
      return Column(
        name: name.0, type: built.type, cells: built.cells, missingToken: built.tally.mostFrequent, header: name.1,
        minimumFractionDigits: built.minimumFractionDigits)
    }
    for (column, built) in zip(typed, columns) where built.isRounded {
      if case .decimal(let digits) = built.type { notes.append(.roundedDecimals(column: column.name, fractionDigits: digits)) }
    }
    notes += typed.filter(\.hasDecimalCommas).map { .decimalCommas(column: $0.name) }
    let format = TableFormat(delimiter: layout.delimiter, hasHeader: layout.hasHeader, missingTokens: options.missingTokens)
    return ReadTable(table: Table(columns: typed), format: format, notes: notes)
  }

  private static func layoutNotes(_ layout: FileLayout, isGuess: Bool, blankLines: Int) -> [ReadNote] {
    var notes: [ReadNote] = []
    if !layout.hasHeader && isGuess { notes.append(.noHeader) }
    let unnamed = layout.headers.indices.filter { layout.headers[$0] != layout.names[$0] }
    if layout.hasHeader && !unnamed.isEmpty { notes.append(.unnamedColumns(positions: unnamed.map { $0 + 1 })) }
    if blankLines > 0 { notes.append(.blankLines(count: blankLines)) }
    return notes
  }

  /// Refuses a table in which told columns are absent or hold cells that do not fit, all of them at once.
  private static func checkTold(
    _ columns: [BuiltColumn], layout: FileLayout, options: ReadOptions, file: String
  ) throws(TableError) {
    guard let told = options.columnTypes else { return }
    var mismatches: [ColumnMismatch] = []
    for (name, built) in zip(layout.names, columns) where built.misfits.count > 0 {
      mismatches.append(
        ColumnMismatch(
          column: name, firstRow: built.misfits.firstRow, cellCount: built.misfits.count,
          allowed: (told[name] ?? built.type).allowedInWords))
    }
    let present = Set(layout.names)
    let undescribed = layout.names.filter { told[$0] == nil }
    for name in told.keys.sorted() where !present.contains(name) {
      mismatches.append(
        ColumnMismatch(
          column: name, firstRow: nil, cellCount: 0, allowed: "", nearest: SchemaWords.nearest(to: name, in: undescribed)))
    }
    if !mismatches.isEmpty { throw TableError(file: file, problem: .doesNotFit(mismatches)) }
  }
}

extension Column {
  /// Whether all its labels are numbers with a comma where others write a point, at least one of them with the comma.
  fileprivate var hasDecimalCommas: Bool {
    guard case .labels(_, let dictionary) = cells, dictionary.count > 0 else { return false }
    var commas = 0
    for code in 0..<dictionary.count {
      let label = dictionary[code]
      let digits = label.hasPrefix("-") ? label.dropFirst() : label[...]
      let parts = digits.split(separator: ",", omittingEmptySubsequences: false)
      guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { decimalDigit($0) != nil } }) else { return false }
      commas += parts.count - 1
    }
    return commas > 0
  }
}
