import Accounting
import Attacks
import Foundation

extension PrivacyClaim {
  /// Creates the claim of a cost, at deltas from a millionth upwards: fewer than some millions of
  /// runs tell nothing about smaller ones.
  init(_ cost: PrivacyCost) {
    self.init(
      stride(from: -6.0, through: -0.3, by: 0.1).compactMap { exponent in
        let delta = Delta(checked: pow(10, exponent))
        let total = (cost.delta.value + delta.value).nextUp
        return total < 1
          ? Pair(epsilon: Accountant.epsilon(rho: cost.rho, delta: delta).value, delta: total) : nil
      })
  }

  /// Creates a claim from the exact law of one count that is `shift` larger in one table than in
  /// the other, with discrete Gaussian noise: the tightest possible claim, and tighter than the
  /// charge.
  init(discreteGaussian sigmaSquared: PositiveRational, shift: Int) {
    let variance = sigmaSquared.roundedUp
    let law = DiscreteGaussianLaw(variance: variance)
    let typical = Double(shift) / variance.squareRoot()
    self.init(
      (10...80).map { step in
        let epsilon = Double(step) / 20 * typical
        return Pair(epsilon: epsilon, delta: law.delta(epsilon: epsilon, shift: shift))
      })
  }
}
