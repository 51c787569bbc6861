import Tables

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

  mutating func appendMissing(_ count: Int, tally: MissingTally) { cells.appendMissing(count, tally: tally) }

  package mutating func append(_ block: RowBlock, column: Int) -> Bool {
    let pattern = pattern
    return cells.append(block, column: column) { pattern.parse($0) }
  }

  mutating func finish() -> BuiltColumn? { BuiltColumn(type: type, cells: .ticks(cells.ticks), tally: cells.tally) }
}
