import Accounting
import BigInt

/// Whole-number noise with probability proportional to exp(-x² / (2 sigmaSquared)), drawn exactly.
///
/// Canonne, Kamath and Steinke 2020, Algorithm 3: discrete Laplace draws of a whole scale t near
/// sigma, kept with the probability that turns one distribution into the other.
/// `docs/proofs/discrete-gaussian.md`.
package struct DiscreteGaussian: Sendable, Hashable {
  package let sigmaSquared: PositiveRational
  private let scale: UInt64
  private let narrow: Narrow?

  /// The numbers of the acceptance test, if they fit in words.
  private struct Narrow: Sendable, Hashable {
    /// The denominator of sigmaSquared times the scale.
    let step: UInt64
    /// The numerator of sigmaSquared.
    let centre: UInt64
    /// 2 * numerator * denominator * scale²
    let divisor: UInt64
  }

  /// Creates noise of this variance parameter. Throws ``MechanismError/noiseTooWide`` at 2^80 or
  /// more, because draws might not fit in a word.
  package init(sigmaSquared: PositiveRational) throws {
    guard sigmaSquared.numerator < sigmaSquared.denominator << 80 else {
      throw MechanismError.noiseTooWide
    }
    self.sigmaSquared = sigmaSquared
    let sigmaFloor = (sigmaSquared.numerator / sigmaSquared.denominator).squareRoot()
    scale = UInt64(sigmaFloor) + 1
    let wideScale = BigUInt(scale)
    let divisor = 2 * sigmaSquared.numerator * sigmaSquared.denominator * wideScale * wideScale
    if let narrowDivisor = UInt64(exactly: divisor) {
      narrow = Narrow(
        step: UInt64(sigmaSquared.denominator) * scale, centre: UInt64(sigmaSquared.numerator),
        divisor: narrowDivisor)
    } else {
      narrow = nil
    }
  }

  /// Returns one draw.
  package func sample(using random: SecureRandom) -> Int {
    while true {
      let candidate = DiscreteLaplace.sample(numerator: scale, denominator: 1, using: random)
      if isKept(magnitude: candidate.magnitude, using: random) { return candidate }
    }
  }

  /// Returns the counts, each with its own draw added.
  ///
  /// If one privacy unit changes them by at most s in the L2 norm, the cost is rho = s² / (2
  /// sigmaSquared).
  package func noisy(counts: [Int], using random: SecureRandom) -> [Int] {
    counts.map { $0 + sample(using: random) }
  }

  /// Returns the same draw in numbers of any size, taking the same words from the stream.
  package func sampleAnySize(using random: SecureRandom) -> Int {
    while true {
      let candidate = DiscreteLaplace.sample(numerator: scale, denominator: 1, using: random)
      if isKeptAnySize(magnitude: candidate.magnitude, using: random) { return candidate }
    }
  }

  /// Returns true with probability exp(-(|y| - sigmaSquared / t)² / (2 sigmaSquared)), which is
  /// exp(-(|y| d t - n)² / (2 n d t²)) for n/d.
  @inline(__always)
  private func isKept(magnitude: UInt, using random: SecureRandom) -> Bool {
    guard let narrow else { return isKeptAnySize(magnitude: magnitude, using: random) }
    let (product, overflow) = UInt64(magnitude).multipliedReportingOverflow(by: narrow.step)
    if overflow { return isKeptAnySize(magnitude: magnitude, using: random) }
    let distance = product > narrow.centre ? product - narrow.centre : narrow.centre - product
    return ExactBernoulli.expMinus(
      UInt128(distance) * UInt128(distance), over: narrow.divisor, using: random)
  }

  @inline(never)
  private func isKeptAnySize(magnitude: UInt, using random: SecureRandom) -> Bool {
    let (n, d, t) = (sigmaSquared.numerator, sigmaSquared.denominator, BigUInt(scale))
    let product = BigUInt(magnitude) * d * t
    let distance = product > n ? product - n : n - product
    return ExactBernoulli.expMinus(distance * distance, over: 2 * n * d * t * t, using: random)
  }
}

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
      sensitivity: try PositiveRational(exactly: sensitivity.value),
      rho: try PositiveRational(exactly: rho.value))
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
      if divisor.bitWidth > 63 {
        return PositiveRational(reducingPowerOfTwo: best, shift: shift - 1)
      }
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

extension DiscreteGaussian {
  /// The variance parameter, which bounds the variance from above (Canonne, Kamath, Steinke 2020,
  /// Corollary 9).
  package var variance: Double { Double(sigmaSquared.numerator) / Double(sigmaSquared.denominator) }
}
