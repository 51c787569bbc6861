import Tables

/// Builds dates or timestamps in the pattern that a schema declares. Any other cell is missing.
struct DeclaredTimes: DeclaredBuilder {
  /// Nil if the declared pattern has no meaning, in which case no cell fits it.
  private let pattern: TimePattern?
  private let tokens: MissingTokens
  private var ticks: [Int64] = []
  private var departure = ColumnDeparture()

  init(pattern: TimePattern?, tokens: MissingTokens, expectedRows: Int) {
    self.pattern = pattern
    self.tokens = tokens
    ticks.reserveCapacity(expectedRows)
  }

  package mutating func append(_ block: RowBlock, column: Int) -> Bool {
    for row in 0..<block.rowCount {
      let cell = block.bytes(block.span(row: row, column: column))
      if tokens.match(cell) != nil {
        ticks.append(Cells.missingTick)
      } else if let tick = pattern?.parse(cell) {
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
