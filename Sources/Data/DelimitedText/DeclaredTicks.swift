import Tables

/// Builds dates, times, scientific numbers or truth values in the form that a schema declares, and its
/// code words. Any other cell is missing.
struct DeclaredTicks: DeclaredBuilder {
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
      case .scientific(let format): .scientific(ScientificTick(digits: format.digits), mark: mark.byte)
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
    case .words(let whenFalse, let whenTrue): cell.elementsEqual(whenFalse) ? 0 : cell.elementsEqual(whenTrue) ? 1 : nil
    case .none: nil
    }
  }
}
