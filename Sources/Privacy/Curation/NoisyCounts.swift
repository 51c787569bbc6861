/// Counts with noise of known variance.
public struct NoisyCounts: Sendable, Equatable {
  /// One count per cell, in rows, with the last attribute's code varying fastest. A count may be
  /// negative.
  public let values: [Int]
  /// The variance of the noise on each value.
  public let variance: Double

  /// - Parameter variance: the variance of the noise on each value, in rows squared.
  public init(values: [Int], variance: Double) {
    self.values = values
    self.variance = variance
  }
}

/// A marginal that could be measured next.
public struct MarginalCandidate: Sendable {
  /// The attributes, ascending.
  public let attributes: [Int]
  /// The importance of the marginal; not negative and public.
  public let weight: Double
  /// The cost of noise, subtracted from the distance. Public.
  public let penalty: Double
  /// The model's expectation for each cell, in rows. Public.
  public let expected: [Double]

  /// - Parameter expected: one value per cell of the marginal, with the last attribute's code
  ///   varying fastest.
  public init(attributes: [Int], weight: Double, penalty: Double, expected: [Double]) {
    self.attributes = attributes
    self.weight = weight
    self.penalty = penalty
    self.expected = expected
  }
}
