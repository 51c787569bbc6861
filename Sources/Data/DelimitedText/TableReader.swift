import Foundation
import Tables

/// Reads a delimited text file into typed columns: under a schema, row by row
/// (``read(_:under:columns:)``), or by detecting from the rows how to read them.
///
/// The file is streamed, never held: memory is the typed columns and their label dictionaries.
///
/// An unquoted missing token is missing. A quoted one is text in a column of labels and missing in
/// a column of any other type, unless ``TableFormat/quotedTokens`` says that it is missing
/// everywhere.
package enum TableReader {
  /// Reads `url` without a schema, or reports the fault in it. A file that ends in `.gz` is
  /// decompressed on the way.
  ///
  /// All rows decide how each is read. The first block gives each column a kind; if a later cell
  /// does not fit, its column is read again as the next kind. If a file with several columns quotes
  /// every cell of its first rows, header included, quotes carry no information. (A table in which
  /// every name and label happens to need quotes, and one is a missing token, is therefore not read
  /// back as written.)
  package static func read(_ url: URL, options: ReadOptions = ReadOptions()) throws(TableError)
    -> ReadTable
  {
    let sample = try FileSample(url)
    let layout = try FileLayout(sample, options: options)
    let missingTokens = MissingTokens(options.missingTokens)
    let setting = BuilderSetting(
      missingTokens: missingTokens, quotedTokensAreText: !layout.quotesEverything,
      decimalMark: layout.decimalMark,
      expectedRows: layout.expectedRows)
    var pass = ReadingPass(
      url: url, file: sample.file, layout: layout, setting: setting, mostRows: options.mostRows)
    var columns = try pass.run()
    var notes = layoutNotes(layout, isGuess: options.hasHeader == nil, blankLines: pass.blankLines)
    if options.mostRows == nil, columns.count > 1, columns.contains(where: \.endsInTotal) {
      notes.append(.totalRow)
    }
    var candidates = pass.timeCandidates
    if options.seesWrittenForms {
      for position in columns.indices {
        let settled = WrittenForms.settle(
          columns[position], name: layout.names[position], mark: layout.decimalMark,
          missing: missingTokens)
        columns[position] = settled.column
        candidates[position] = settled.candidate ?? candidates[position]
      }
    }
    notes += DayMonthOrder.settle(&columns, names: layout.names, candidates: candidates)
    let typed = zip(layout.names, layout.headers).enumerated().map { position, name in
      LabelClassifier.classify(columns[position], seesFlags: options.seesWrittenForms).column(
        named: name.0, header: name.1)
    }
    for (column, built) in zip(typed, columns) { notes += built.notes(column: column.name) }
    for (column, built) in zip(typed, columns) where built.isRounded {
      if case .decimal(let digits) = built.type {
        notes.append(.roundedDecimals(column: column.name, fractionDigits: digits))
      }
    }
    if layout.decimalMark == .comma && options.decimalMark == nil {
      notes.append(.decimalCommaRead)
    }
    notes += typed.filter(\.hasDecimalCommas).map { .decimalCommas(column: $0.name) }
    var format = TableFormat(
      delimiter: layout.delimiter, hasHeader: layout.hasHeader, missingTokens: options.missingTokens
    )
    format.quotedTokens = layout.quotesEverything ? .missing : .text
    format.skippedLines = layout.skippedLines
    format.decimalMark = layout.decimalMark
    return ReadTable(table: Table(columns: typed), format: format, notes: notes)
  }

  private static func layoutNotes(_ layout: FileLayout, isGuess: Bool, blankLines: Int)
    -> [ReadNote]
  {
    var notes = layout.notes
    if !layout.hasHeader && isGuess { notes.append(.noHeader) }
    let renamed = layout.headers.indices.filter { layout.headers[$0] != layout.names[$0] }
    let unnamed = renamed.filter { layout.headers[$0].allSatisfy(\.isWhitespace) }
    let repeated = renamed.filter { !unnamed.contains($0) }
    if layout.hasHeader && !unnamed.isEmpty {
      notes.append(.unnamedColumns(positions: unnamed.map { $0 + 1 }))
    }
    if layout.hasHeader && !repeated.isEmpty {
      notes.append(.repeatedNames(positions: repeated.map { $0 + 1 }))
    }
    if blankLines > 0 { notes.append(.blankLines(count: blankLines)) }
    return notes
  }
}

extension BuiltColumn {
  fileprivate func column(named name: String, header: String) -> Column {
    var shape = ColumnShape(
      name: name, header: header, type: type, missingToken: tally.mostFrequent,
      minimumFractionDigits: minimumFractionDigits)
    shape.numberFormat = numberFormat
    shape.codes = codes
    return Column(shape, cells: cells)
  }

  /// The choices made for the column that its owner may want to overrule.
  fileprivate func notes(column: String) -> [ReadNote] {
    var notes: [ReadNote] = []
    if let row = unreadable.firstRow {
      notes.append(
        .oddCells(column: column, count: unreadable.count, firstRow: row, type: type.schemaWord))
    }
    if !codes.isEmpty { notes.append(.codeWords(column: column, count: codes.count)) }
    if type.hasTwoDigitYears { notes.append(.twoDigitYears(column: column)) }
    if type.hasChangingOffsets { notes.append(.offsetsBecomeUTC(column: column)) }
    return notes
  }
}

extension ColumnType {
  fileprivate var hasTwoDigitYears: Bool { pattern.contains("yy") && !pattern.contains("yyyy") }

  fileprivate var hasChangingOffsets: Bool { pattern.lowercased().contains("x") }
}

extension BuiltColumn {
  /// Words that precede sums, in six languages, folded.
  private static let totals: Set<String> = [
    "total", "totals", "grand total", "sum", "all", "gesamt", "summe", "insgesamt", "gesamtsumme",
    "somme", "totaux", "ensemble", "totaal",
    "som", "totale", "totali", "somma", "suma", "totales", "total general", "total geral", "soma",
  ]

  /// Whether the last of several rows has a word for a total that no row above has.
  fileprivate var endsInTotal: Bool {
    guard case .labels(let codes, let dictionary) = cells, codes.count > 2, let last = codes.last,
      last >= 0
    else { return false }
    let word = dictionary[Int(last)].lowercased().trimmingCharacters(
      in: .whitespaces.union(.punctuationCharacters))
    return Self.totals.contains(word) && !codes.dropLast().contains(last)
  }
}

extension Column {
  /// Whether all labels are numbers with a comma instead of a point, at least one with the comma.
  fileprivate var hasDecimalCommas: Bool {
    guard case .labels(_, let dictionary) = cells, dictionary.count > 0 else { return false }
    var commas = 0
    for code in 0..<dictionary.count {
      let label = dictionary[code]
      let digits = label.hasPrefix("-") ? label.dropFirst() : label[...]
      let parts = digits.split(separator: ",", omittingEmptySubsequences: false)
      guard parts.count <= 2,
        parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { decimalDigit($0) != nil } })
      else { return false }
      commas += parts.count - 1
    }
    return commas > 0
  }
}

/// A table as read: its cells, its format, and notes on the reading for its owner.
package struct ReadTable: Sendable {
  package let table: Table
  package let format: TableFormat
  package let notes: [ReadNote]
  /// How often cells depart from the schema that the table was read under, by column. Columns that
  /// fit have no entry.
  package let departures: [String: ColumnDeparture]

  package init(
    table: Table, format: TableFormat, notes: [ReadNote],
    departures: [String: ColumnDeparture] = [:]
  ) {
    self.table = table
    self.format = format
    self.notes = notes
    self.departures = departures
  }
}

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
  /// words, for packed dates and for flags. Without, a column whose cells are not all plain numbers
  /// or dates has labels.
  package var seesWrittenForms = true
  /// The number of rows after which no further block is read: enough to judge columns by.
  package var mostRows: Int?

  package init(
    delimiter: UInt8? = nil, hasHeader: Bool? = nil,
    missingTokens: [String] = TableFormat.defaultMissingTokens,
    mostRows: Int? = nil
  ) {
    self.delimiter = delimiter
    self.hasHeader = hasHeader
    self.missingTokens = missingTokens
    self.mostRows = mostRows
  }
}
