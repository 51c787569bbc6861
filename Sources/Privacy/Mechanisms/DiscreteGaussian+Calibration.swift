import Accounting
import BigInt

extension DiscreteGaussian {
  /// Returns the least noise, up to the rounding of its variance, that answers a question of L2
  /// `sensitivity` at a cost of at most `rho`, by either rule of accounting.
  ///
  /// The variance parameter, about sensitivity² / (2 rho) + 1/12 (``DominatingGaussian``), is
  /// computed exactly and rounded up to a fraction whose denominator is a power of two small enough
  /// for the fast sampler. It is never below a third. The relative excess is at most 2^-20. Throws
  /// ``MechanismError/noBudget`` if rho is zero and the sensitivity is not, and
  /// ``MechanismError/noiseTooWide``.
  package static func calibrated(sensitivity: Sensitivity, rho: Rho) throws -> DiscreteGaussian {
    guard rho.value > 0 else { throw MechanismError.noBudget }
    guard sensitivity.value > 0 else { throw MechanismError.nothingToProtect }
    let exact = DominatingGaussian.sigmaSquared(
      sensitivity: try PositiveRational(exactly: sensitivity.value), rho: try PositiveRational(exactly: rho.value))
    return try DiscreteGaussian(sigmaSquared: roundedUp(exact))
  }

  /// Rounds up to the largest power-of-two denominator for which 2 n d t² (with t of the sampler)
  /// is below 2^63.
  private static func roundedUp(_ exact: PositiveRational) -> PositiveRational {
    let scale = (exact.numerator / exact.denominator).squareRoot() + 2
    var best = ceiling(exact, shift: 0)
    for shift in 1...60 {
      let candidate = ceiling(exact, shift: shift)
      let divisor = (candidate << (shift + 1)) * scale * scale
      if divisor.bitWidth > 63 { return PositiveRational(reducingPowerOfTwo: best, shift: shift - 1) }
      best = candidate
    }
    return PositiveRational(reducingPowerOfTwo: best, shift: 60)
  }

  /// ceil(fraction * 2^shift)
  private static func ceiling(_ fraction: PositiveRational, shift: Int) -> BigUInt {
    (fraction.numerator << shift + fraction.denominator - 1) / fraction.denominator
  }
}

extension PositiveRational {
  /// numerator / 2^shift in lowest terms.
  fileprivate init(reducingPowerOfTwo numerator: BigUInt, shift: Int) {
    let common = min(numerator.trailingZeroBitCount, shift)
    self.init(lowestTerms: numerator >> common, BigUInt(1) << (shift - common))
  }
}
