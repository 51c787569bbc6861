/// How often the cells of a column depart from its schema, and in which row first. For the owner:
/// these numbers come from the rows.
///
/// It reports on the reading and decides nothing: a release never sees it.
package struct ColumnDeparture: Sendable, Equatable {
  /// Cells that cannot be read as the column's type. They become missing.
  package var unreadable = CellTally()
  /// Numbers with more digits than declared, or in another notation. They become the nearest
  /// allowed number.
  package var fitted = CellTally()
  /// Missing tokens inside quotes that were read as text.
  package var quotedTokens = CellTally()

  package init() {}

  package var isNone: Bool { unreadable.count == 0 && fitted.count == 0 && quotedTokens.count == 0 }
}

/// The number of cells, and the row of the first one.
package struct CellTally: Sendable, Equatable {
  package private(set) var count = 0
  /// Counted from 1.
  package private(set) var firstRow: Int?

  package init() {}

  package mutating func note(row: Int) {
    if count == 0 { firstRow = row }
    count += 1
  }
}
