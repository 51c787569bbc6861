/// The cells of one column on one side of a comparison.
package enum ColumnValues: Sendable {
  /// NaN where missing; infinite where the cell is no number although the original's column is one.
  case numbers([Double])
  /// Codes into the labels that all sides share; -1 where missing.
  case labels([Int32])

  package var count: Int {
    switch self {
    case .numbers(let values): values.count
    case .labels(let codes): codes.count
    }
  }

  /// The cells at `rows`, in that order.
  package func selecting(_ rows: [Int]) -> ColumnValues {
    switch self {
    case .numbers(let values): .numbers(rows.map { values[$0] })
    case .labels(let codes): .labels(rows.map { codes[$0] })
    }
  }
}
