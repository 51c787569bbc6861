import BigInt

/// Exponentials as binary fractions of any length, for the tables of samplers. No floating point is
/// involved.
enum BinaryFraction {
  /// Returns exp(-numerator / denominator) times 2^bits, rounded down, with an error below 2^-(bits
  /// - 1), for a quotient of at most 1.
  ///
  /// The series of exp(x) has positive terms only. Each is rounded down with 64 extra bits, and
  /// there are fewer than `bits` of them.
  static func expMinus(_ numerator: BigUInt, over denominator: BigUInt, bits: Int) -> BigUInt {
    precondition(denominator > 0 && numerator <= denominator, "the series is for quotients of at most 1")
    let one = BigUInt(1) << (bits + 64)
    var (term, sum) = (one, one)
    var order: BigUInt = 1
    while term > 0 {
      term = term * numerator / (denominator * order)
      sum += term
      order += 1
    }
    return (one << bits) / sum
  }
}
