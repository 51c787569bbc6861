import Tables

/// Turns the cells of one column, block by block, into storage of the type that a schema declares.
///
/// Each cell becomes a value by its own bytes and the schema alone, whatever other rows hold
/// (docs/proofs/reading.md). The only state of a builder that rows decide is its output, and counts
/// for the owner.
protocol DeclaredBuilder {
  /// Adds the column's cells of a block. Returns false only if there is no room for more labels.
  mutating func append(_ block: RowBlock, column: Int) -> Bool

  /// Returns the built cells.
  func finish() -> (cells: Cells, departure: ColumnDeparture)
}

/// Settings that all declared builders of a file share.
struct DeclaredSetting {
  let missingTokens: MissingTokens
  let quotedTokens: QuotedTokens
  let decimalMark: DecimalMark
  /// The number of rows to reserve room for; it decides no value.
  let expectedRows: Int
  /// The column that identifies the person: rounding never makes two people one.
  let personColumn: String?

  init(_ schema: Schema, expectedRows: Int) {
    missingTokens = MissingTokens(schema.format.missingTokens)
    quotedTokens = schema.format.quotedTokens
    decimalMark = schema.format.decimalMark
    self.expectedRows = expectedRows
    if case .person(let column, _) = schema.unit {
      personColumn = column
    } else {
      personColumn = nil
    }
  }

  func builder(of column: ColumnSchema) -> any DeclaredBuilder {
    switch column.type {
    case .integer: numbers(column, digits: nil)
    case .decimal(let digits): numbers(column, digits: digits)
    case .scientific, .boolean, .date, .timestamp:
      DeclaredTicks(column, tokens: missingTokens, mark: decimalMark, expectedRows: expectedRows)
    case .category, .identifier, .text:
      DeclaredLabels(tokens: missingTokens, quotedTokens: quotedTokens, expectedRows: expectedRows)
    }
  }

  private func numbers(_ column: ColumnSchema, digits: Int?) -> DeclaredNumbers {
    DeclaredNumbers(
      column, digits: digits, fits: column.name != personColumn, tokens: missingTokens,
      mark: decimalMark, expectedRows: expectedRows)
  }
}

/// Builds the labels of a category, an identifier or prose: any text is one, byte for byte.
///
/// Codes follow the order in which labels first occur, so they depend on other rows. A code stands
/// for its label and for nothing else: only labels are compared, stored and released.
private struct DeclaredLabels: DeclaredBuilder {
  private let tokens: MissingTokens
  private let quotedTokens: QuotedTokens
  private var index = LabelIndex()
  private var codes: [Int32] = []

  init(tokens: MissingTokens, quotedTokens: QuotedTokens, expectedRows: Int) {
    self.tokens = tokens
    self.quotedTokens = quotedTokens
    codes.reserveCapacity(expectedRows)
  }

  package mutating func append(_ block: RowBlock, column: Int) -> Bool {
    let quotedTokensAreText = quotedTokens == .text
    for row in 0..<block.rowCount {
      let span = block.span(row: row, column: column)
      let cell = block.bytes(span)
      if !(span.isQuoted && quotedTokensAreText) && tokens.match(cell) != nil {
        codes.append(Cells.missingCode)
      } else if let code = index.code(of: cell) {
        codes.append(code)
      } else {
        return false
      }
    }
    return true
  }

  func finish() -> (cells: Cells, departure: ColumnDeparture) {
    (.labels(codes: codes, dictionary: index.dictionary), departure)
  }

  /// Labels that are missing tokens can only come from between quotes.
  private var departure: ColumnDeparture {
    var departure = ColumnDeparture()
    let words = Set(
      (0..<index.dictionary.count).lazy.filter { code in
        index.dictionary.withUTF8(code) { tokens.match($0) != nil }
      })
    guard !words.isEmpty else { return departure }
    for (row, code) in codes.enumerated() where words.contains(Int(code)) {
      departure.quotedTokens.note(row: row + 1)
    }
    return departure
  }
}

/// Builds dates, times, scientific numbers or truth values in the form that a schema declares, and
/// its code words. Any other cell is missing.
private struct DeclaredTicks: DeclaredBuilder {
  /// The way to read a cell that is neither missing nor a code word.
  private enum Form {
    case time(TimePattern)
    case scientific(ScientificTick, mark: UInt8)
    /// The words for false and true, compared byte by byte.
    case words([UInt8], [UInt8])
    /// The declared pattern has no meaning, so no cell fits it.
    case none
  }

  private let form: Form
  private let tokens: MissingTokens
  private let codes: MissingTokens
  private var ticks: [Int64] = []
  private var departure = ColumnDeparture()

  init(_ column: ColumnSchema, tokens: MissingTokens, mark: DecimalMark, expectedRows: Int) {
    form =
      switch column.type {
      case .scientific(let format):
        .scientific(ScientificTick(digits: format.digits), mark: mark.byte)
      case .boolean(let words): .words(Array(words.whenFalse.utf8), Array(words.whenTrue.utf8))
      default: TimePattern(column.type).map { .time($0) } ?? .none
      }
    self.tokens = tokens
    codes = MissingTokens(column.codes)
    ticks.reserveCapacity(expectedRows)
  }

  package mutating func append(_ block: RowBlock, column: Int) -> Bool {
    for row in 0..<block.rowCount {
      let cell = block.bytes(block.span(row: row, column: column))
      if tokens.match(cell) != nil {
        ticks.append(Cells.missingTick)
      } else if let code = codes.match(cell) {
        ticks.append(Cells.codeTick(code))
      } else if let tick = tick(of: cell) {
        ticks.append(tick)
      } else {
        departure.unreadable.note(row: block.firstRow + row + 1)
        ticks.append(Cells.missingTick)
      }
    }
    return true
  }

  func finish() -> (cells: Cells, departure: ColumnDeparture) { (.ticks(ticks), departure) }

  @inline(__always)
  private func tick(of cell: UnsafeBufferPointer<UInt8>) -> Int64? {
    switch form {
    case .time(let pattern): pattern.parse(cell)
    case .scientific(let scale, let mark): scale.parse(cell, mark: mark)?.tick
    case .words(let whenFalse, let whenTrue):
      cell.elementsEqual(whenFalse) ? 0 : cell.elementsEqual(whenTrue) ? 1 : nil
    case .none: nil
    }
  }
}
