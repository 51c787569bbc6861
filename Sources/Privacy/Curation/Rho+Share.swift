import Accounting
import Foundation
import Mechanisms

extension Rho {
  /// Returns a share of this rho, 0 to 1, rounded down so that shares never add up to more than the
  /// whole.
  package func share(_ share: Double) -> Rho {
    precondition((0...1).contains(share), "a share is between 0 and 1")
    return Rho(checked: max(0, (value * share).nextDown))
  }
}

extension Delta {
  /// Returns a share of this delta, 0 to 1, rounded down.
  package func share(_ share: Double) -> Delta {
    precondition((0...1).contains(share), "a share is between 0 and 1")
    return Delta(checked: max(0, (value * share).nextDown))
  }
}

extension DiscreteGaussian {
  /// The variance parameter, which bounds the variance from above (Canonne, Kamath, Steinke 2020,
  /// Corollary 9).
  var variance: Double { Double(sigmaSquared.numerator) / Double(sigmaSquared.denominator) }
}
