import Tables

#if PLANTED_FAULTS
  import Basics
#endif

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
      headers =
        sample.rows(delimiter: delimiter, limit: 1).first?.map {
          String(decoding: $0.bytes, as: UTF8.self)
        } ?? []
    } else {
      headers = schema.columns.map { _ in "" }
    }
    names = FileLayout.names(for: headers)
    decimalMark = schema.format.decimalMark
    quotesEverything = schema.format.quotedTokens == .missing
    expectedRows = FileLayout.expectedRows(sample, delimiter: delimiter)
    #if PLANTED_FAULTS
      if PlantedControl.chosen == .reading {
        quotesEverything = FileLayout.quotesAll(sample, delimiter: delimiter)
      }
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

extension FileLayout {
  /// Delimiters to try, the likelier first.
  package static let delimiters = [
    UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|"),
  ]
  /// The number of sample rows to look at.
  static let sampleRows = 500

  /// Creates the layout from the caller's knowledge, and detects the rest from the first rows.
  init(_ whole: FileSample, options: ReadOptions) throws(TableError) {
    try whole.checkBeginning()
    let missing = MissingTokens(options.missingTokens)
    var first = options.skippedLines == nil ? FirstLines(whole) : nil
    var sample = whole.dropping(lines: options.skippedLines ?? first?.skipped ?? 0)
    let delimiter = options.delimiter ?? first?.delimiter ?? FileLayout.detectDelimiter(sample)
    if options.hasHeader != false, let known = first?.skipped {
      first?.lookForTitle(sample, delimiter: delimiter, missing: missing)
      sample = sample.dropping(lines: (first?.skipped ?? 0) - known)
    }
    let rows = sample.rows(delimiter: delimiter, limit: FileLayout.sampleRows)
    let names = rows.first ?? []
    self.delimiter = delimiter
    decimalMark =
      options.decimalMark
      ?? DecimalMark(of: rows.dropFirst(), delimiter: delimiter, missing: missing)
    skippedLines = options.skippedLines ?? first?.skipped ?? 0
    notes = first?.notes ?? []
    let isAgain = rows.map { $0.map(\.bytes) == names.map(\.bytes) }
    // Names that stand in the file more than once look like data, unless there are values below.
    let once = HeaderEvidence(
      Array(rows.prefix(1)) + zip(rows, isAgain).dropFirst().filter { !$0.1 }.map(\.0),
      missing: missing)
    let again = once.isAboveValues ? isAgain.dropFirst().firstIndex(of: true) : nil
    let evidence = again == nil ? HeaderEvidence(rows, missing: missing) : once
    (hasHeader, isHeaderInDoubt) = FileLayout.judgeHeader(
      names, evidence: evidence, rows: rows.count)
    if let said = options.hasHeader { (hasHeader, isHeaderInDoubt) = (said, false) }
    if isHeaderInDoubt { notes.append(.headerInDoubt) }
    if hasHeader && evidence.secondLineIsWords { notes.append(.secondLineIsWords) }
    if hasHeader, let again { notes.append(.namesAgain(row: again)) }
    if names.count == 1, let other = FileLayout.oddDelimiter(sample) {
      notes.append(.oneColumn(character: other))
    }
    quotesEverything = names.count > 1 && rows.allSatisfy { $0.allSatisfy(\.isQuoted) }
    headers =
      hasHeader ? names.map { String(decoding: $0.bytes, as: UTF8.self) } : names.map { _ in "" }
    self.names = FileLayout.names(for: headers)
    expectedRows = FileLayout.expectedRows(sample, delimiter: delimiter)
    if hasHeader { try checkHeaders(sample) }
  }

  static func expectedRows(_ sample: FileSample, delimiter: UInt8) -> Int {
    let sampleRowCount = max(sample.rows(delimiter: delimiter, limit: Int.max).count, 1)
    let expansion = sample.isCompressed ? 4 : 1
    let estimate =
      Double(sample.storedSize * expansion) / Double(max(sample.bytes.count, 1))
      * Double(sampleRowCount)
    return sample.isWholeFile ? sampleRowCount : Int(estimate * 1.02) + 64
  }

  func checkHeaders(_ sample: FileSample) throws(TableError) {
    for (position, header) in headers.enumerated() {
      let problem: TableError.Problem? =
        header.utf8.contains(0)
        ? .nulByte
        : header.unicodeScalars.contains("\u{fffd}") && header.utf8.count > 0
          ? FileLayout.encodingProblem(sample) : nil
      if let problem {
        throw TableError(
          file: sample.file,
          place: .init(row: nil, line: skippedLines + 1, column: "column \(position + 1)"),
          problem: problem)
      }
    }
  }

  /// Returns the problem at the first invalid byte of the sample, if there is one.
  private static func encodingProblem(_ sample: FileSample) -> TableError.Problem? {
    sample.bytes.withUnsafeBufferPointer { bytes in
      UTF8Check.firstInvalidByte(in: bytes).map {
        .invalidUTF8(
          byteOffset: $0 + (sample.hasMark ? 3 : 0),
          looksLikeLatin1: UTF8Check.looksLikeLatin1(bytes, at: $0))
      }
    }
  }

  /// Returns the delimiter that gives all rows the same number of cells, at least two; else the one
  /// with which most rows have as many cells as the first; else the comma.
  private static func detectDelimiter(_ sample: FileSample) -> UInt8 {
    var best = (delimiter: delimiters[0], share: 0.0, cells: 1)
    for delimiter in delimiters {
      let (rows, isClean) = sample.split(delimiter: delimiter, limit: sampleRows)
      guard let first = rows.first, first.count > 1 else { continue }
      let share =
        isClean
        ? Double(rows.count { $0.count == first.count }) / Double(rows.count)
        : .leastNonzeroMagnitude
      if (share, first.count) > (best.share, best.cells) { best = (delimiter, share, first.count) }
    }
    return best.delimiter
  }

  /// Returns a character that occurs equally often, at least once, in every line of a one-column
  /// file and could separate its cells.
  private static func oddDelimiter(_ sample: FileSample) -> Character? {
    let lines = sample.lines(limit: sampleRows).filter { !$0.isEmpty }
    guard lines.count > 2, let first = lines.first else { return nil }
    return "^~:!&*\u{1}".first { character in
      guard let byte = character.asciiValue else { return false }
      let count = first.count { $0 == byte }
      return count > 0 && lines.allSatisfy { $0.count { $0 == byte } == count }
    }
  }

  /// Returns whether the first line holds names, and whether that is in doubt.
  ///
  /// The line is data if it holds a number, time or missing token and no column has a word above
  /// such cells. It is also data if its words look like those below them in at least half of the
  /// columns, and none looks unlike them. Four-digit years side by side may be names.
  private static func judgeHeader(
    _ first: [FileSample.Cell], evidence: HeaderEvidence, rows: Int
  ) -> (hasHeader: Bool, isInDoubt: Bool) {
    guard rows > 1 else { return (true, false) }
    if evidence.isAboveValues { return (true, false) }
    if evidence.hasValue {
      let texts = first.map { String(decoding: $0.bytes, as: UTF8.self) }
      let numbers = texts.filter { Int($0) != nil }
      let areYears = !numbers.isEmpty && numbers.allSatisfy { (1800...2200).contains(Int($0) ?? 0) }
      return (areYears && Set(texts).count == texts.count && first.count > 1, false)
    }
    guard evidence.likeData > 0 else { return (true, false) }
    return evidence.unlikeData == 0 && evidence.likeData * 2 >= evidence.filled
      ? (false, false) : (true, true)
  }

  package enum Kind { case word, value, missing }

  static func kind(_ bytes: [UInt8], _ missing: MissingTokens) -> Kind {
    bytes.withUnsafeBufferPointer { cell in
      if missing.match(cell) != nil { return .missing }
      if ParsedNumber(cell) != nil || ParsedNumber(cell, mark: UInt8(ascii: ",")) != nil {
        return .value
      }
      guard cell.count >= 6, cell.count <= 32, decimalDigit(cell[0]) != nil else { return .word }
      return TimeCandidate.all.contains { $0.pattern.parse(cell) != nil } ? .value : .word
    }
  }

  /// Returns distinct names: by position for columns without one, with a number if repeated.
  package static func names(for headers: [String]) -> [String] {
    var written = Set(headers)
    var taken: Set<String> = []
    return headers.enumerated().map { position, header in
      if header.allSatisfy(\.isWhitespace) {
        var name = "column \(position + 1)"
        while written.contains(name) || taken.contains(name) { name += "'" }
        taken.insert(name)
        return name
      }
      if taken.insert(header).inserted { return header }
      var number = 2
      while written.contains("\(header) \(number)") || taken.contains("\(header) \(number)") {
        number += 1
      }
      taken.insert("\(header) \(number)")
      written.insert("\(header) \(number)")
      return "\(header) \(number)"
    }
  }
}
