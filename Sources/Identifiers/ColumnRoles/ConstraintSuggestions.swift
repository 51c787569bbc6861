import Tables

/// Rules that hold in every row of a table and seem intended.
enum ConstraintSuggestions {
  /// The largest number of suggestions. Nobody would read more.
  private static let maximumCount = 20
  /// The smallest number of rows; fewer prove nothing.
  static let minimumRows = 10

  package static func find(in table: Table, schema: Schema) -> [Constraint] {
    let columns = table.columns.filter { schema.column(named: $0.name)?.isModelled ?? false }
    return Array((ordered(columns) + determined(columns)).prefix(maximumCount))
  }

  /// Returns pairs of dates or times that are never in the wrong order and not always equal.
  private static func ordered(_ columns: [Column]) -> [Constraint] {
    var found: [Constraint] = []
    for first in columns where isTime(first.type) {
      for second in columns where first.name != second.name && first.type.sharesTicks(with: second.type) {
        if holds(first, before: second) { found.append(.ordered(earlier: first.name, later: second.name)) }
      }
    }
    return found
  }

  private static func isTime(_ type: ColumnType) -> Bool {
    switch type {
    case .date, .timestamp: true
    default: false
    }
  }

  private static func holds(_ first: Column, before second: Column) -> Bool {
    guard case .ticks(let earlier) = first.cells, case .ticks(let later) = second.cells else { return false }
    var strict = 0
    for (low, high) in zip(earlier, later) where Cells.isValue(low) && Cells.isValue(high) {
      if low > high { return false }
      if low < high { strict += 1 }
    }
    return strict >= minimumRows
  }

  /// Returns codes with their descriptions: each value of the first has one of the second, values
  /// repeat, and the second is about as informative as the first.
  private static func determined(_ columns: [Column]) -> [Constraint] {
    let coded = columns.compactMap(DenseColumn.init)
    var found: [Constraint] = []
    for first in coded where first.valueCount >= 3 {
      for second in coded where first.name != second.name && second.isLabels {
        guard second.valueCount >= 3, second.valueCount <= first.valueCount, second.valueCount * 20 >= first.valueCount else { continue }
        if first.determines(second) { found.append(.determines(determinant: first.name, dependent: second.name)) }
      }
    }
    return found
  }
}
