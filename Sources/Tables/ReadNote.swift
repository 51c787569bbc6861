/// A choice made while reading that the owner of the table may want to overrule.
package enum ReadNote: Sendable, Equatable, CustomStringConvertible {
  /// No cell decides between day first and month first.
  case ambiguousDayAndMonth(column: String, readAs: String, because: String)
  /// Some cells had more digits than can be kept exactly.
  case roundedDecimals(column: String, fractionDigits: Int)
  /// All its cells look like numbers with a comma as the decimal point.
  case decimalCommas(column: String)
  /// Lines with nothing on them were skipped.
  case blankLines(count: Int)
  /// The first line was taken for data; columns are named by their position.
  case noHeader
  /// Columns, counted from 1, with an empty name in the header.
  case unnamedColumns(positions: [Int])

  package var description: String {
    switch self {
    case .ambiguousDayAndMonth(let column, let pattern, let reason):
      "column '\(column)': day and month cannot be told apart; read as \(pattern) because \(reason)."
    case .roundedDecimals(let column, let digits):
      "column '\(column)': some numbers have more digits than can be kept; rounded to \(digits) behind the point."
    case .decimalCommas(let column):
      "column '\(column)': numbers with a decimal comma are read as text. Write them with a point to have them treated as numbers."
    case .blankLines(let count): "\(count) blank \(count == 1 ? "line was" : "lines were") skipped."
    case .noHeader: "the first line looks like data, so the columns are named by their position."
    case .unnamedColumns(let positions):
      "\(positions.count == 1 ? "column" : "columns") \(positions.map(String.init).joined(separator: ", ")) "
        + "\(positions.count == 1 ? "has" : "have") no name in the header."
    }
  }
}
