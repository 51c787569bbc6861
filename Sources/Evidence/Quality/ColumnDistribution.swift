/// The distribution of one column's values, ready to draw: of one table, or of two over the same
/// bars.
package struct ColumnDistribution: Codable, Sendable, Equatable {
  package enum Kind: String, Codable, Sendable {
    case categories, numbers, dates
  }

  /// One bar. Shares are of all rows, missing ones included.
  package struct Bar: Codable, Sendable, Equatable {
    /// The category, or the lower edge of the bar.
    package var label: String
    /// The start and end of a bar of numbers (ends excluded, except the last); nil for categories
    /// and single values.
    package var lower: Double?
    package var upper: Double?
    package var synthetic: Double
    /// The share in the original; nil if only the synthetic table is shown.
    package var original: Double?
    /// Half the width of the interval that holds the original's share in 95 of 100 cases; nil if
    /// that is not known.
    package var margin: Double?

    package init(
      label: String, lower: Double? = nil, upper: Double? = nil, synthetic: Double,
      original: Double? = nil
    ) {
      self.label = label
      self.lower = lower
      self.upper = upper
      self.synthetic = synthetic
      self.original = original
    }
  }

  package var column: String
  package var kind: Kind
  package var bars: [Bar]
  /// Values so common that they are drawn apart from the bars, such as the zero of a cost column.
  package var spikes: [Bar]
  /// The share of rows without a value.
  package var missing: Bar
  /// Rarer categories gathered in the last bar; 0 if all are shown.
  package var gatheredCategories: Int
  /// The label at the right end of an axis of numbers.
  package var upperLabel: String?

  package init(
    column: String, kind: Kind, bars: [Bar], spikes: [Bar] = [], missing: Bar,
    gatheredCategories: Int = 0, upperLabel: String? = nil
  ) {
    self.column = column
    self.kind = kind
    self.bars = bars
    self.spikes = spikes
    self.missing = missing
    self.gatheredCategories = gatheredCategories
    self.upperLabel = upperLabel
  }
}

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

/// The reasons why a table tells too little to be judged: sentences that name the table, never a
/// value.
package enum Degeneracy {
  /// - Parameters:
  ///   - name: the name of the table, such as "original".
  ///   - columns: the compared columns, with the same number of rows each.
  package static func reasons(_ name: String, _ columns: [ColumnValues]) -> [String] {
    let rows = columns.first?.count ?? 0
    if columns.allSatisfy({ $0.isEmpty }) {
      return ["No cell of the \(name) table is filled in the columns that are compared."]
    }
    if rows == 1 { return ["The \(name) table has one row."] }
    if Set(RowCopies.keys(columns)).count == 1 {
      return ["All rows of the \(name) table are the same."]
    }
    return []
  }
}

extension ColumnValues {
  /// Whether every cell is missing.
  fileprivate var isEmpty: Bool {
    switch self {
    case .numbers(let values): values.allSatisfy(\.isNaN)
    case .labels(let codes): codes.allSatisfy { $0 < 0 }
    }
  }
}
