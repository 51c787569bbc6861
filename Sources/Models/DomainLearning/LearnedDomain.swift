import Accounting
import Curation
import Encoding

/// A domain that is public or was paid for, and the measurements made on the way.
package struct LearnedDomain: Sendable {
  /// The codes each variable can take, in the order of the blueprint's variables.
  package let domain: Domain
  /// The distribution of each variable alone, by code; one or more per variable.
  package let oneWay: [OneWayMeasurement]
  /// The number of rows, as first asked.
  package let rowCount: NoisyCount
  /// The approximate number of rows, from all counts; at least 1.
  package let total: Double
  /// Notes on variables treated in a way their owner might not expect.
  package let notes: [DomainNote]

  init(domain: Domain, oneWay: [OneWayMeasurement], rowCount: NoisyCount, notes: [DomainNote]) {
    (self.domain, self.oneWay, self.rowCount, self.notes) = (domain, oneWay, rowCount, notes)
    let sums = oneWay.filter(\.countsAllRows).map {
      NoisyCount(value: $0.values.reduce(0, +), variance: $0.variances.reduce(0, +))
    }
    total = max(1, sums.reduce(rowCount) { $0.combined(with: $1) }.value)
  }
}

/// A count with noise.
package struct NoisyCount: Sendable {
  package var value: Double
  /// The variance of the noise.
  package var variance: Double

  package init(value: Double, variance: Double) { (self.value, self.variance) = (value, variance) }

  /// Combines two independent looks at the same number, weighted by their precision.
  package func combined(with other: NoisyCount) -> NoisyCount {
    let weight = other.variance / (variance + other.variance)
    return NoisyCount(
      value: weight * value + (1 - weight) * other.value, variance: variance * weight)
  }
}

/// Noisy counts of one variable's codes.
package struct OneWayMeasurement: Sendable, Equatable {
  /// The variable's index in the domain.
  package let attribute: Int
  /// A noisy count for each code, in rows; it may be negative.
  package let values: [Double]
  /// The variance of the noise on each value.
  package let variances: [Double]
  /// Whether every row is in one of the counts, so that their sum tells the number of rows. It does
  /// not if ends that looked empty were cut off, or if the rows without a named label were taken as
  /// the rest of ``LearnedDomain/rowCount``.
  package let countsAllRows: Bool
}

extension OneWayMeasurement {
  /// Asks for the counts of one variable's codes, which hold every row.
  /// - Parameter curator: It has adopted the domain.
  init(of attribute: Int, by curator: Curator, rho: Rho, purpose: Purpose) throws {
    let counts = try curator.marginal(of: [attribute], rho: rho, purpose: purpose)
    self.init(
      attribute: attribute, values: counts.values.map(Double.init),
      variances: [Double](repeating: counts.variance, count: counts.values.count),
      countsAllRows: true)
  }
}

/// A note to the owner about how a variable was treated.
package struct DomainNote: Sendable, Equatable, Codable {
  /// The variable's name.
  package let variable: String
  /// The treatment of the variable.
  package let kind: Kind

  /// How a variable was treated.
  package enum Kind: String, Sendable, Codable {
    /// It has only one code.
    case constant
    /// This budget told nothing about its values: a public range, or the label for all others,
    /// stands in.
    case notLearned = "not-learned"
    /// Rare labels share one code.
    case rareLabelsPooled = "rare-labels-pooled"
    /// Codes too rare to be named were grouped by their first characters.
    case rareLabelsGrouped = "rare-labels-grouped"
  }
}
