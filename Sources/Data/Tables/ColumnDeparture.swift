/// How often the cells of a column are not what its schema says, and where first. For the owner: these numbers come from the rows.
///
/// It says what reading did, and decides nothing: a release never sees it.
package struct ColumnDeparture: Sendable, Equatable {
  /// Cells that cannot be read as the column's type; they are missing.
  package var unreadable = CellTally()
  /// Numbers with more digits than declared, or written in another way; they became the nearest that is allowed.
  package var fitted = CellTally()
  /// Missing tokens inside quotes that were read as text.
  package var quotedTokens = CellTally()

  package init() {}

  package var isNone: Bool { unreadable.count == 0 && fitted.count == 0 && quotedTokens.count == 0 }
}

/// How many cells, and in which row the first one stands.
package struct CellTally: Sendable, Equatable {
  package private(set) var count = 0
  /// From 1.
  package private(set) var firstRow: Int?

  package mutating func note(row: Int) {
    if count == 0 { firstRow = row }
    count += 1
  }
}
