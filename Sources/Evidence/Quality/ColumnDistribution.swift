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

    package init(label: String, lower: Double? = nil, upper: Double? = nil, synthetic: Double, original: Double? = nil) {
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
    column: String, kind: Kind, bars: [Bar], spikes: [Bar] = [], missing: Bar, gatheredCategories: Int = 0, upperLabel: String? = nil
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
