/// The expected distance of the synthetic table from the original, known without another look:
/// total variation distances.
package struct ExpectedError: Codable, Sendable, Equatable {
  /// The largest part of a column's expected error.
  package enum Cause: String, Codable, Sendable {
    /// Noise on its counts.
    case noise
    /// Values too rare to be named, which share one label or count as another.
    case rareLabels = "rare-labels"
    /// Values within an interval are drawn evenly.
    case intervals
    /// Nothing was learned.
    case empty
  }

  package struct Column: Codable, Sendable, Equatable {
    package var column: String
    package var distance: Double
    package var cause: Cause

    package init(column: String, distance: Double, cause: Cause) {
      (self.column, self.distance, self.cause) = (column, distance, cause)
    }
  }

  package struct Pair: Codable, Sendable, Equatable {
    package var first: String
    package var second: String
    package var distance: Double
    /// Whether the two were counted together.
    package var isMeasured: Bool
    /// The Cramér's V up to which an association may be noise; nil if the two were not counted
    /// together, and in older reports.
    package var floor: Double?

    package init(
      first: String, second: String, distance: Double, isMeasured: Bool, floor: Double? = nil
    ) {
      (self.first, self.second, self.distance) = (first, second, distance)
      (self.isMeasured, self.floor) = (isMeasured, floor)
    }
  }

  package var oneWay: Double
  package var twoWay: Double?
  /// How the figures were obtained.
  package var explanation: String
  /// One for each modelled column; nil in older reports.
  package var columns: [Column]?
  /// One for each pair of modelled columns, in the order (0, 1), (0, 2), …, (1, 2), …; nil in older
  /// reports and for very many columns.
  package var pairs: [Pair]?

  package init(
    oneWay: Double, twoWay: Double? = nil, explanation: String, columns: [Column]? = nil,
    pairs: [Pair]? = nil
  ) {
    self.oneWay = oneWay
    self.twoWay = twoWay
    self.explanation = explanation
    self.columns = columns
    self.pairs = pairs
  }
}
