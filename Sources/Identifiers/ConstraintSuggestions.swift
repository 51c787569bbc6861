import Tables

/// Rules that hold in every row of a table and look meant.
enum ConstraintSuggestions {
  /// More would not be read.
  private static let maximumCount = 20
  /// Fewer rows prove nothing.
  private static let minimumRows = 10

  static func find(in table: Table, schema: Schema) -> [Constraint] {
    let columns = table.columns.filter { schema.column(named: $0.name)?.isModelled ?? false }
    return Array((ordered(columns) + determined(columns)).prefix(maximumCount))
  }

  /// Pairs of dates or times that are never the wrong way round, and not always equal.
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
    for (low, high) in zip(earlier, later) where low != Cells.missingTick && high != Cells.missingTick {
      if low > high { return false }
      if low < high { strict += 1 }
    }
    return strict >= minimumRows
  }

  /// Codes and their descriptions: each value of the first has one of the second, values repeat, and the second
  /// tells about as much as the first.
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

  /// A column as small codes, for columns of labels or integers whose values repeat.
  private struct DenseColumn {
    let name: String
    let isLabels: Bool
    let valueCount: Int
    /// -1 where a cell is missing.
    let codes: [Int32]

    init?(_ column: Column) {
      let isInteger = column.type == .integer
      guard isInteger || column.type == .category else { return nil }
      var ranks: [Int64: Int32] = [:]
      var codes: [Int32] = []
      codes.reserveCapacity(column.count)
      for row in 0..<column.count {
        guard let key = column.cells.key(row) else {
          codes.append(-1)
          continue
        }
        let rank = ranks[key] ?? Int32(ranks.count)
        ranks[key] = rank
        codes.append(rank)
      }
      guard ranks.count * 2 <= column.count else { return nil }
      name = column.name
      isLabels = !isInteger
      valueCount = ranks.count
      self.codes = codes
    }

    /// Whether it does in every row, and a value comes again in a twentieth of the rows, for three different partners.
    func determines(_ other: DenseColumn) -> Bool {
      var partner = [Int32](repeating: -1, count: valueCount)
      var repeated = 0
      var confirmed: Set<Int32> = []
      for (code, value) in zip(codes, other.codes) where code >= 0 && value >= 0 {
        let known = partner[Int(code)]
        if known < 0 {
          partner[Int(code)] = value
        } else if known == value {
          repeated += 1
          if confirmed.count < 3 { confirmed.insert(value) }
        } else {
          return false
        }
      }
      return repeated >= max(minimumRows, codes.count / 20) && confirmed.count >= 3
    }
  }
}
