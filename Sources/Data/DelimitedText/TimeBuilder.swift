import Tables

/// Builds dates and timestamps in one pattern.
struct TimeBuilder: ColumnBuilder {
  private let type: ColumnType
  private let pattern: TimePattern
  private var ticks: [Int64] = []
  private var tally: MissingTally

  init(type: ColumnType, pattern: TimePattern, missingTokens: MissingTokens, expectedRows: Int) {
    self.type = type
    self.pattern = pattern
    tally = MissingTally(missingTokens)
    ticks.reserveCapacity(expectedRows)
  }

  /// Adds rows that are known to be missing.
  mutating func appendMissing(_ count: Int, tally: MissingTally) {
    ticks.append(contentsOf: repeatElement(Cells.missingTick, count: count))
    self.tally = tally
  }

  package mutating func append(_ block: RowBlock, column: Int) -> Bool {
    for row in 0..<block.rowCount {
      let cell = block.bytes(block.span(row: row, column: column))
      if tally.matches(cell) {
        ticks.append(Cells.missingTick)
      } else if let tick = pattern.parse(cell) {
        ticks.append(tick)
      } else {
        return false
      }
    }
    return true
  }

  mutating func finish() -> BuiltColumn? { BuiltColumn(type: type, cells: .ticks(ticks), tally: tally) }
}
