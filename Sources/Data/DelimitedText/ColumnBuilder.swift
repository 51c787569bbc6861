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
