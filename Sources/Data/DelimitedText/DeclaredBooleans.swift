import Tables

/// Builds truth values from the two words that a schema declares, compared byte by byte. Any other
/// word is missing.
struct DeclaredBooleans: DeclaredBuilder {
  private let whenFalse: [UInt8]
  private let whenTrue: [UInt8]
  private let tokens: MissingTokens
  private var ticks: [Int64] = []
  private var departure = ColumnDeparture()

  init(_ words: BooleanLabels, tokens: MissingTokens, expectedRows: Int) {
    whenFalse = Array(words.whenFalse.utf8)
    whenTrue = Array(words.whenTrue.utf8)
    self.tokens = tokens
    ticks.reserveCapacity(expectedRows)
  }

  package mutating func append(_ block: RowBlock, column: Int) -> Bool {
    for row in 0..<block.rowCount {
      let cell = block.bytes(block.span(row: row, column: column))
      if tokens.match(cell) != nil {
        ticks.append(Cells.missingTick)
      } else if DeclaredBooleans.isEqual(cell, whenFalse) {
        ticks.append(0)
      } else if DeclaredBooleans.isEqual(cell, whenTrue) {
        ticks.append(1)
      } else {
        departure.unreadable.note(row: block.firstRow + row + 1)
        ticks.append(Cells.missingTick)
      }
    }
    return true
  }

  func finish() -> (cells: Cells, departure: ColumnDeparture) { (.ticks(ticks), departure) }

  @inline(__always)
  private static func isEqual(_ cell: UnsafeBufferPointer<UInt8>, _ word: [UInt8]) -> Bool {
    guard cell.count == word.count else { return false }
    for at in 0..<cell.count where cell[at] != word[at] { return false }
    return true
  }
}
