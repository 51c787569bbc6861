import Foundation

/// The probabilities of discrete Gaussian noise, for an adversary who weighs answers. Never used to
/// draw noise.
struct DiscreteGaussianLaw {
  private let variance: Double
  private let logTotal: Double
  private let reach: Int

  /// - Parameter variance: the variance parameter.
  init(variance: Double) {
    self.variance = variance
    let reach = Int((40 * variance.squareRoot()).rounded(.up)) + 2
    self.reach = reach
    logTotal = log((1...reach).reversed().reduce(0) { $0 + 2 * exp(-Double($1) * Double($1) / (2 * variance)) } + 1)
  }

  func logMass(_ value: Int) -> Double { -Double(value) * Double(value) / (2 * variance) - logTotal }

  /// Returns the logarithm of the probability of `most` or less.
  func logProbability(atMost most: Int) -> Double {
    if most < -reach { return logMass(most) }
    let below = (-reach...min(most, reach)).reduce(0) { $0 + exp(logMass($1)) }
    return log(min(1, below))
  }

  /// Returns the smallest delta, rounded up, that holds at `epsilon` if a count is `shift` larger
  /// in one table than in the other.
  func delta(epsilon: Double, shift: Int) -> Double {
    let sum = (-reach...reach + shift).reduce(0) { $0 + max(0, exp(logMass($1 - shift)) - exp(epsilon + logMass($1))) }
    return min(1, sum * (1 + 1e-9) + 1e-15)
  }
}
