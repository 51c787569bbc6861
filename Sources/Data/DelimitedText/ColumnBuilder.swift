import Tables

/// Turns the cells of one column, block by block, into storage of a type that the cells decide.
///
/// Builders are values, so their loops run under one exclusive access, not one per cell.
protocol ColumnBuilder {
  /// Adds the column's cells of a block. Returns false, once and for good, if a cell is not of the
  /// builder's kind and may be of another.
  mutating func append(_ block: RowBlock, column: Int) -> Bool

  /// Returns the built column; nil if it turns out at the end not to be of the builder's kind.
  mutating func finish() -> BuiltColumn?

  /// Whether the column can be read again as another kind after ``append(_:column:)`` or
  /// ``finish()`` failed.
  var canRetry: Bool { get }

  /// Drops the kind that failed. The column must be read again from the start.
  mutating func retry()

  /// The time pattern in use, if it was inferred.
  var timeCandidate: TimeCandidate? { get }
}

extension ColumnBuilder {
  var canRetry: Bool { false }
  mutating func retry() {}
  var timeCandidate: TimeCandidate? { nil }
}

/// A builder of one kind of cells, which can begin with rows that are known to be missing.
protocol KindBuilder: ColumnBuilder {
  /// Adds rows that are known to be missing.
  mutating func appendMissing(_ count: Int, tally: MissingTally)
}

/// The ticks of a column that is being built, and its missing cells.
struct TickCells {
  private(set) var ticks: [Int64] = []
  private(set) var tally: MissingTally

  init(missingTokens: MissingTokens, expectedRows: Int) {
    tally = MissingTally(missingTokens)
    ticks.reserveCapacity(expectedRows)
  }

  mutating func appendMissing(_ count: Int, tally: MissingTally) {
    ticks.append(contentsOf: repeatElement(Cells.missingTick, count: count))
    self.tally = tally
  }

  /// Adds the column's cells of a block. Returns false at the first that is not missing and that
  /// `read` gives no tick.
  @inline(__always)
  mutating func append(_ block: RowBlock, column: Int, read: (UnsafeBufferPointer<UInt8>) -> Int64?)
    -> Bool
  {
    for row in 0..<block.rowCount {
      let cell = block.bytes(block.span(row: row, column: column))
      if tally.matches(cell) {
        ticks.append(Cells.missingTick)
      } else if let tick = read(cell) {
        ticks.append(tick)
      } else {
        return false
      }
    }
    return true
  }
}

/// The cells of one column before its final type is known.
struct BuiltColumn {
  package var type: ColumnType
  var cells: Cells
  var tally: MissingTally
  package var minimumFractionDigits = 0
  var isRounded = false
  var numberFormat = NumberFormat.plain
  var codes: [String] = []
  /// Cells that are neither a value nor a code word of the column, and count as missing.
  var unreadable = CellTally()
}

/// Builds dates and timestamps in one pattern.
struct TimeBuilder: KindBuilder {
  private let type: ColumnType
  private let pattern: TimePattern
  private var cells: TickCells

  init(type: ColumnType, pattern: TimePattern, missingTokens: MissingTokens, expectedRows: Int) {
    self.type = type
    self.pattern = pattern
    cells = TickCells(missingTokens: missingTokens, expectedRows: expectedRows)
  }

  mutating func appendMissing(_ count: Int, tally: MissingTally) {
    cells.appendMissing(count, tally: tally)
  }

  package mutating func append(_ block: RowBlock, column: Int) -> Bool {
    let pattern = pattern
    return cells.append(block, column: column) { pattern.parse($0) }
  }

  mutating func finish() -> BuiltColumn? {
    BuiltColumn(type: type, cells: .ticks(cells.ticks), tally: cells.tally)
  }
}

/// Builds a column of labels. Whether they are categories, truth values, identifiers or prose is
/// decided at the end.
struct LabelBuilder: KindBuilder {
  /// Whether a quoted missing token is text: true unless the file quotes everything.
  private let quotedTokensAreText: Bool
  private var index = LabelIndex()
  private var codes: [Int32] = []
  private var tally: MissingTally
  private(set) var isFull = false

  init(quotedTokensAreText: Bool, missingTokens: MissingTokens, expectedRows: Int) {
    self.quotedTokensAreText = quotedTokensAreText
    tally = MissingTally(missingTokens)
    codes.reserveCapacity(expectedRows)
  }

  mutating func appendMissing(_ count: Int, tally: MissingTally) {
    codes.append(contentsOf: repeatElement(Cells.missingCode, count: count))
    self.tally = tally
  }

  package mutating func append(_ block: RowBlock, column: Int) -> Bool {
    for row in 0..<block.rowCount {
      let span = block.span(row: row, column: column)
      let cell = block.bytes(span)
      if !(span.isQuoted && quotedTokensAreText) && tally.matches(cell) {
        codes.append(Cells.missingCode)
      } else if let code = index.code(of: cell) {
        codes.append(code)
      } else {
        isFull = true
        return false
      }
    }
    return true
  }

  mutating func finish() -> BuiltColumn? {
    BuiltColumn(
      type: .category, cells: .labels(codes: codes, dictionary: index.dictionary), tally: tally)
  }

  /// Converts the codes of two labels, the only ones there are, to ticks 0 and 1.
  static func asBoolean(_ column: BuiltColumn, _ labels: BooleanLabels) -> BuiltColumn {
    guard case .labels(let codes, let dictionary) = column.cells else { return column }
    var result = column
    let ticks = dictionary.labels.map { label -> Int64? in
      label == labels.whenFalse ? 0 : label == labels.whenTrue ? 1 : nil
    }
    result.type = .boolean(labels)
    result.cells = .ticks(
      codes.map { $0 < 0 ? Cells.missingTick : ticks[Int($0)] ?? Cells.missingTick })
    return result
  }
}
