import Accounting
import BigInt

/// Whole-number noise with probability proportional to exp(-|x| / scale), drawn exactly.
///
/// Canonne, Kamath and Steinke 2020, Algorithm 2, for the scale t/s in lowest terms.
/// `docs/proofs/discrete-laplace.md`.
package struct DiscreteLaplace: Sendable, Hashable {
  package let scale: PositiveRational
  private let narrow: (numerator: UInt64, denominator: UInt64)?

  /// Creates noise of this scale. Throws ``MechanismError/noiseTooWide`` at a scale of 2^40 or
  /// more, because draws might not fit in a word.
  package init(scale: PositiveRational) throws {
    guard scale.numerator < scale.denominator << 40 else { throw MechanismError.noiseTooWide }
    self.scale = scale
    if scale.numerator < 1 << 40, let numerator = UInt64(exactly: scale.numerator),
      let denominator = UInt64(exactly: scale.denominator)
    {
      narrow = (numerator, denominator)
    } else {
      narrow = nil
    }
  }

  /// Returns one draw.
  package func sample(using random: SecureRandom) -> Int {
    guard let narrow else { return sampleAnySize(using: random) }
    return Self.sample(numerator: narrow.numerator, denominator: narrow.denominator, using: random)
  }

  /// Returns the counts, each with its own draw added.
  ///
  /// If one privacy unit changes them by at most s in the L1 norm, the cost is epsilon = s / scale.
  package func noisy(counts: [Int], using random: SecureRandom) -> [Int] {
    counts.map { $0 + sample(using: random) }
  }

  package static func == (left: Self, right: Self) -> Bool { left.scale == right.scale }
  package func hash(into hasher: inout Hasher) { hasher.combine(scale) }

  /// Returns a draw of scale numerator / denominator, in words.
  @inline(__always)
  package static func sample(numerator: UInt64, denominator: UInt64, using random: SecureRandom)
    -> Int
  {
    while true {
      let offset = random.uniform(below: numerator)
      guard ExactBernoulli.expMinusProper(offset, over: numerator, using: random) else { continue }
      var turns: UInt64 = 0
      while ExactBernoulli.expMinusOne(using: random) { turns += 1 }
      let size = offset + numerator * turns
      let magnitude = Int(denominator == 1 ? size : size / denominator)
      let isNegative = random.next() >> 63 == 1
      if isNegative, magnitude == 0 { continue }
      return isNegative ? -magnitude : magnitude
    }
  }

  /// Returns the same draw in numbers of any size, taking the same words from the stream.
  package func sampleAnySize(using random: SecureRandom) -> Int {
    while true {
      let offset = random.uniform(below: scale.numerator)
      guard ExactBernoulli.expMinus(offset, over: scale.numerator, using: random) else { continue }
      var turns: BigUInt = 0
      while ExactBernoulli.expMinusOne(using: random) { turns += 1 }
      let magnitude = Int((offset + scale.numerator * turns) / scale.denominator)
      let isNegative = random.next() >> 63 == 1
      if isNegative, magnitude == 0 { continue }
      return isNegative ? -magnitude : magnitude
    }
  }
}
