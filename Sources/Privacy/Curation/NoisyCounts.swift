/// Counts with noise of known variance.
package struct NoisyCounts: Sendable, Equatable {
  /// One count per cell, in rows, with the last attribute's code varying fastest. A count may be
  /// negative.
  package let values: [Int]
  /// The variance of the noise on each value.
  package let variance: Double

  /// - Parameter variance: the variance of the noise on each value, in rows squared.
  package init(values: [Int], variance: Double) {
    self.values = values
    self.variance = variance
  }
}

/// A marginal that could be measured next.
package struct MarginalCandidate: Sendable {
  /// The attributes, ascending.
  package let attributes: [Int]
  /// The importance of the marginal; not negative and public.
  package let weight: Double
  /// The cost of noise, subtracted from the distance. Public.
  package let penalty: Double
  /// The model's expectation for each cell, in rows. Public.
  package let expected: [Double]

  /// - Parameter expected: one value per cell of the marginal, with the last attribute's code
  ///   varying fastest.
  package init(attributes: [Int], weight: Double, penalty: Double, expected: [Double]) {
    self.attributes = attributes
    self.weight = weight
    self.penalty = penalty
    self.expected = expected
  }
}
