import BigInt

/// Yes-or-no draws whose probability is exactly a fraction or exp(-fraction), in whole numbers
/// only.
///
/// A uniform real number is drawn 64 binary digits at a time and compared with the digits of the
/// probability. It is extended for as long as the digits agree, so the answer has exactly the
/// stated probability. Canonne, Kamath and Steinke 2020, Algorithm 1, with this comparison in place
/// of their draw of a uniform whole number. `docs/proofs/bernoulli-exp.md`.
package enum ExactBernoulli {
  /// Returns true with probability exp(-numerator / denominator).
  package static func expMinus(
    _ numerator: UInt128, over denominator: UInt64, using random: SecureRandom
  ) -> Bool {
    let (whole, remainder) = divide(numerator, by: denominator)
    if whole > 0, !expMinusWhole(whole, using: random) { return false }
    if remainder == 0 { return true }
    let digit = denominator.dividingFullWidth((remainder, 0)).quotient
    return expMinusFraction(digit: digit, remainder, denominator, using: random)
  }

  /// Returns true with probability exp(-numerator / denominator), for `numerator` below
  /// `denominator`.
  package static func expMinusProper(
    _ numerator: UInt64, over denominator: UInt64, using random: SecureRandom
  ) -> Bool {
    if numerator == 0 { return true }
    let digit = denominator.dividingFullWidth((numerator, 0)).quotient
    return expMinusFraction(digit: digit, numerator, denominator, using: random)
  }

  /// Returns true with probability exp(-1).
  package static func expMinusOne(using random: SecureRandom) -> Bool {
    // The first draw of the run, against 1/1, always succeeds and needs no bits.
    var divisor: UInt64 = 2
    while true {
      // floor(2^64 / divisor)
      let digit = UInt64.max / divisor + (divisor & (divisor - 1) == 0 ? 1 : 0)
      let word = random.next()
      if word > digit { break }
      if word == digit, !isBelow(firstWord: word, 1, BigUInt(divisor), using: random) { break }
      divisor += 1
    }
    return divisor & 1 == 1
  }

  private static func expMinusWhole(_ count: UInt128, using random: SecureRandom) -> Bool {
    var left = count
    while left > 0 {
      if !expMinusOne(using: random) { return false }
      left -= 1
    }
    return true
  }

  /// Returns true with probability exp(-remainder / denominator); `digit` is floor(2^64 remainder /
  /// denominator).
  private static func expMinusFraction(
    digit: UInt64, _ remainder: UInt64, _ denominator: UInt64, using random: SecureRandom
  ) -> Bool {
    var divisor: UInt64 = 1
    while true {
      // The first 64 digits of remainder / (denominator * divisor): a floor of a floor is the floor
      // of the whole.
      let target = digit / divisor
      let word = random.next()
      if word > target { break }
      if word == target,
        !isBelow(
          firstWord: word, BigUInt(remainder), BigUInt(denominator) * BigUInt(divisor),
          using: random)
      {
        break
      }
      divisor += 1
    }
    return divisor & 1 == 1
  }

  private static func divide(_ numerator: UInt128, by denominator: UInt64) -> (
    whole: UInt128, remainder: UInt64
  ) {
    let high = UInt64(truncatingIfNeeded: numerator >> 64)
    let low = UInt64(truncatingIfNeeded: numerator)
    if high == 0 {
      let (quotient, remainder) = low.quotientAndRemainder(dividingBy: denominator)
      return (UInt128(quotient), remainder)
    }
    let (upper, carried) = high.quotientAndRemainder(dividingBy: denominator)
    let (lower, remainder) = denominator.dividingFullWidth((carried, low))
    return (UInt128(upper) << 64 | UInt128(lower), remainder)
  }
}

/// The same draws for fractions of any size. They take the same words from the stream and give the
/// same answers as the fast ones.
extension ExactBernoulli {
  /// Returns true with probability exp(-numerator / denominator).
  package static func expMinus(
    _ numerator: BigUInt, over denominator: BigUInt, using random: SecureRandom
  ) -> Bool {
    var (whole, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    while whole > 0 {
      if !expMinusOne(using: random) { return false }
      whole -= 1
    }
    if remainder == 0 { return true }
    var divisor: BigUInt = 1
    while isBelow(firstWord: random.next(), remainder, denominator * divisor, using: random) {
      divisor += 1
    }
    return divisor & 1 == 1
  }

  /// Returns whether the uniform real number whose first 64 binary digits are `firstWord` lies
  /// below numerator / denominator, which is below 1.
  package static func isBelow(
    firstWord: UInt64, _ numerator: BigUInt, _ denominator: BigUInt, using random: SecureRandom
  ) -> Bool {
    var word = BigUInt(firstWord)
    var remainder = numerator
    while true {
      let (digit, next) = (remainder << 64).quotientAndRemainder(dividingBy: denominator)
      if word != digit { return word < digit }
      // All digits of the fraction agree so far; if it has ended, the real number is not below it.
      if next == 0 { return false }
      remainder = next
      word = BigUInt(random.next())
    }
  }
}
