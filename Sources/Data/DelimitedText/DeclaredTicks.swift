import Tables

/// Builds dates, times or scientific numbers in the form that a schema declares, and its code words.
/// Any other cell is missing.
struct DeclaredTicks: DeclaredBuilder {
  /// Nil if the type is scientific, or if the declared pattern has no meaning, in which case no cell
  /// fits it.
  private let pattern: TimePattern?
  private let scale: ScientificTick?
  private let mark: UInt8
  private let tokens: MissingTokens
  private let codes: MissingTokens
  private var ticks: [Int64] = []
  private var departure = ColumnDeparture()

  init(_ column: ColumnSchema, tokens: MissingTokens, mark: DecimalMark, expectedRows: Int) {
    pattern = TimePattern(column.type)
    if case .scientific(let format) = column.type { scale = ScientificTick(digits: format.digits) } else { scale = nil }
    self.mark = mark.byte
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
      } else if let tick = pattern?.parse(cell) ?? scale?.parse(cell, mark: mark)?.tick {
        ticks.append(tick)
      } else {
        departure.unreadable.note(row: block.firstRow + row + 1)
        ticks.append(Cells.missingTick)
      }
    }
    return true
  }

  func finish() -> (cells: Cells, departure: ColumnDeparture) { (.ticks(ticks), departure) }
}
