import BigInt

/// The same draws for fractions of any size. They take the same words from the stream and give the
/// same answers as the fast ones.
extension ExactBernoulli {
  /// Returns true with probability exp(-numerator / denominator).
  package static func expMinus(_ numerator: BigUInt, over denominator: BigUInt, using random: SecureRandom) -> Bool {
    var (whole, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    while whole > 0 {
      if !expMinusOne(using: random) { return false }
      whole -= 1
    }
    if remainder == 0 { return true }
    var divisor: BigUInt = 1
    while isBelow(firstWord: random.next(), remainder, denominator * divisor, using: random) { divisor += 1 }
    return divisor & 1 == 1
  }

  /// Returns whether the uniform real number whose first 64 binary digits are `firstWord` lies
  /// below numerator / denominator, which is below 1.
  package static func isBelow(firstWord: UInt64, _ numerator: BigUInt, _ denominator: BigUInt, using random: SecureRandom) -> Bool {
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
