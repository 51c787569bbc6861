/// The cells of one column on one side of a comparison.
package enum ColumnValues: Sendable {
  /// NaN if missing; infinite if the cell is not a number although the original's column holds
  /// numbers.
  case numbers([Double])
  /// Codes into the labels that all sides share; -1 if missing.
  case labels([Int32])

  package var count: Int {
    switch self {
    case .numbers(let values): values.count
    case .labels(let codes): codes.count
    }
  }

  /// Returns the cells at `rows`, in that order.
  package func selecting(_ rows: [Int]) -> ColumnValues {
    switch self {
    case .numbers(let values): .numbers(rows.map { values[$0] })
    case .labels(let codes): .labels(rows.map { codes[$0] })
    }
  }
}
