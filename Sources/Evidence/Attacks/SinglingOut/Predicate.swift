/// One condition of a query, on the cell of one column.
struct Predicate: Hashable, Sendable {
  enum Condition: Hashable, Sendable {
    case missing
    case present
    case equal(Double)
    case unequal(Double)
    case atMost(Double)
    case atLeast(Double)
    case below(Double)
    case above(Double)
  }

  let column: Int
  let condition: Condition

  /// Whether a cell, NaN if missing, fulfils the condition.
  @inline(__always)
  func holds(_ cell: Double) -> Bool {
    switch condition {
    case .missing: cell.isNaN
    case .present: !cell.isNaN
    case .equal(let value): cell == value
    case .unequal(let value): !cell.isNaN && cell != value
    case .atMost(let value): cell <= value
    case .atLeast(let value): cell >= value
    case .below(let value): cell < value
    case .above(let value): cell > value
    }
  }
}
