/// Counts with noise of known variance.
public struct NoisyCounts: Sendable, Equatable {
  /// A count a cell, in rows, the last attribute's code running fastest; it may be negative.
  public let values: [Int]
  /// Of the noise on each value.
  public let variance: Double

  /// - Parameter variance: of the noise on each value, in rows squared.
  public init(values: [Int], variance: Double) {
    self.values = values
    self.variance = variance
  }
}

/// A marginal that could be measured next.
public struct MarginalCandidate: Sendable {
  /// Ascending.
  public let attributes: [Int]
  /// How much the marginal matters; not negative and public.
  public let weight: Double
  /// Subtracted from the distance: what noise would cost. Public.
  public let penalty: Double
  /// What the model expects of each cell, in rows. Public.
  public let expected: [Double]

  /// - Parameter expected: a cell of the marginal each, the last attribute's code running fastest.
  public init(attributes: [Int], weight: Double, penalty: Double, expected: [Double]) {
    self.attributes = attributes
    self.weight = weight
    self.penalty = penalty
    self.expected = expected
  }
}
