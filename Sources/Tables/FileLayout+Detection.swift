extension FileLayout {
  /// Delimiters that are tried, the likelier first.
  static let delimiters = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|")]
  /// Rows of the sample that are looked at.
  private static let sampleRows = 500

  /// The layout as far as the caller knows it, the rest found out from the first rows.
  init(_ sample: FileSample, options: ReadOptions) throws(TableError) {
    try sample.checkBeginning()
    let delimiter = options.delimiter ?? FileLayout.detectDelimiter(sample)
    let rows = sample.rows(delimiter: delimiter, limit: FileLayout.sampleRows)
    let first = rows.first ?? []
    let hasHeader = options.hasHeader ?? FileLayout.detectHeader(rows, missing: MissingTokens(options.missingTokens))
    self.delimiter = delimiter
    self.hasHeader = hasHeader
    quotesEverything = first.count > 1 && rows.allSatisfy { $0.allSatisfy(\.isQuoted) }
    headers = hasHeader ? first.map { String(decoding: $0.bytes, as: UTF8.self) } : first.map { _ in "" }
    names = FileLayout.names(for: headers)
    expectedRows = FileLayout.expectedRows(sample, delimiter: delimiter)
    if hasHeader { try checkHeaders(sample) }
  }

  static func expectedRows(_ sample: FileSample, delimiter: UInt8) -> Int {
    let sampleRowCount = max(sample.rows(delimiter: delimiter, limit: Int.max).count, 1)
    let expansion = sample.isCompressed ? 4 : 1
    let estimate = Double(sample.storedSize * expansion) / Double(max(sample.bytes.count, 1)) * Double(sampleRowCount)
    return sample.isWholeFile ? sampleRowCount : Int(estimate * 1.02) + 64
  }

  func checkHeaders(_ sample: FileSample) throws(TableError) {
    var positions: [String: Int] = [:]
    for (position, name) in names.enumerated() {
      if let first = positions.updateValue(position, forKey: name) {
        throw TableError(
          file: sample.file, place: .init(row: nil, line: 1), problem: .duplicateName(first: first + 1, second: position + 1))
      }
    }
    for (position, header) in headers.enumerated() {
      let problem: TableError.Problem? =
        header.utf8.contains(0)
        ? .nulByte
        : header.unicodeScalars.contains("\u{fffd}") && header.utf8.count > 0
          ? FileLayout.encodingProblem(sample) : nil
      if let problem {
        throw TableError(file: sample.file, place: .init(row: nil, line: 1, column: "column \(position + 1)"), problem: problem)
      }
    }
  }

  /// The first invalid byte of the sample, where there is one.
  private static func encodingProblem(_ sample: FileSample) -> TableError.Problem? {
    sample.bytes.withUnsafeBufferPointer { bytes in
      UTF8Check.firstInvalidByte(in: bytes).map {
        .invalidUTF8(byteOffset: $0 + (sample.hasMark ? 3 : 0), looksLikeLatin1: UTF8Check.looksLikeLatin1(bytes, at: $0))
      }
    }
  }

  /// The delimiter that gives all rows the same number of cells, at least two; else the one with which most rows have as many cells
  /// as the first; else the comma.
  private static func detectDelimiter(_ sample: FileSample) -> UInt8 {
    var best = (delimiter: delimiters[0], share: 0.0, cells: 1)
    for delimiter in delimiters {
      let (rows, isClean) = sample.split(delimiter: delimiter, limit: sampleRows)
      guard let first = rows.first, first.count > 1 else { continue }
      let share = isClean ? Double(rows.count { $0.count == first.count }) / Double(rows.count) : .leastNonzeroMagnitude
      if (share, first.count) > (best.share, best.cells) { best = (delimiter, share, first.count) }
    }
    return best.delimiter
  }

  /// A first line is data where it holds a number, time or missing token and no column has a word above such cells.
  ///
  /// Four-digit years side by side may be names; a word above words says nothing.
  private static func detectHeader(_ rows: [[FileSample.Cell]], missing: MissingTokens) -> Bool {
    guard let first = rows.first, rows.count > 1 else { return true }
    var hasValue = false
    for (column, cell) in first.enumerated() {
      let below = rows.dropFirst().lazy.filter { $0.count > column }.map { kind($0[column].bytes, missing) }.filter { $0 != .missing }
      let isValueBelow = !below.isEmpty && below.allSatisfy { $0 == .value }
      switch kind(cell.bytes, missing) {
      case .word where isValueBelow: return true
      case .value where isValueBelow: hasValue = true
      default: break
      }
    }
    let texts = first.map { String(decoding: $0.bytes, as: UTF8.self) }
    let numbers = texts.filter { Int($0) != nil }
    let areYears = !numbers.isEmpty && numbers.allSatisfy { (1800...2200).contains(Int($0) ?? 0) }
    return !hasValue || (areYears && Set(texts).count == texts.count && first.count > 1)
  }

  private enum Kind { case word, value, missing }

  private static func kind(_ bytes: [UInt8], _ missing: MissingTokens) -> Kind {
    bytes.withUnsafeBufferPointer { cell in
      if missing.match(cell) != nil { return .missing }
      if ParsedNumber(cell) != nil { return .value }
      guard cell.count >= 6, cell.count <= 32, decimalDigit(cell[0]) != nil else { return .word }
      return TimeCandidate.all.contains { $0.pattern.parse(cell) != nil } ? .value : .word
    }
  }

  /// Names by position for columns without one, made distinct from the others.
  static func names(for headers: [String]) -> [String] {
    var taken = Set(headers)
    return headers.enumerated().map { position, header in
      guard header.allSatisfy(\.isWhitespace) else { return header }
      var name = "column \(position + 1)"
      while !taken.insert(name).inserted { name += "'" }
      return name
    }
  }
}
