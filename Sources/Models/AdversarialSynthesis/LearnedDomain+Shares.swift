import DomainLearning
import Encoding
import NeuralNetworks

extension LearnedDomain {
  /// The share of each code, column by column: the noisy counts of each variable weighted by their
  /// precision, with negative counts set to zero. Post-processing of paid-for values.
  package var shares: [Float] {
    domain.sizes.enumerated().flatMap { attribute, size -> [Float] in
      var sums = [Double](repeating: 0, count: size)
      var weights = [Double](repeating: 0, count: size)
      for measurement in oneWay where measurement.attribute == attribute {
        for code in 0..<size {
          let weight = 1 / max(measurement.variances[code], 1e-12)
          sums[code] += weight * measurement.values[code]
          weights[code] += weight
        }
      }
      let counts = zip(sums, weights).map { max($1 > 0 ? $0 / $1 : 0, 0) }
      let total = counts.reduce(0, +)
      return counts.map { Float(total > 0 ? $0 / total : 1 / Double(size)) }
    }
  }
}
