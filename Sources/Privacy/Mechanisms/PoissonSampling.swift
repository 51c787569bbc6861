import BigInt

/// Draws a subset of 0 ..< count that holds each member independently with the same probability,
/// exact up to 2^-120 per member drawn.
///
/// The gap to the next member is geometric, and the binary digits of a geometric number are
/// independent: digit i is 1 with probability r / (1 + r), r = (1 - rate)^(2^i). A draw therefore
/// takes time proportional to the members drawn, not to `count`.
/// `docs/proofs/poisson-subsampling.md`.
package struct PoissonSampling: Sendable {
  /// The probability that each digit is 1, in binary with 128 bits after the point, least
  /// significant digit first.
  private let digits: [UInt128]
  /// The probability that the gap has more digits than these: it then passes the end.
  private let beyond: UInt128
  private let takesAll: Bool
  private let count: Int

  /// - Parameter rate: above 0 and at most 1; the exact value of the double.
  package init(rate: Double, count: Int) {
    precondition(rate > 0 && rate <= 1 && count >= 0, "a rate lies above 0 and is at most 1")
    self.count = count
    takesAll = rate == 1
    let bits = 320
    let one = BigUInt(1) << bits
    var rest = one - Self.fraction(rate, bits: bits)
    var digits: [UInt128] = []
    for _ in 0..<max(1, count.bitWidth - count.leadingZeroBitCount) {
      digits.append(Self.rounded((rest << bits) / (one + rest), bits: bits))
      rest = (rest * rest) >> bits
    }
    self.digits = digits
    beyond = Self.rounded(rest, bits: bits)
  }

  /// Appends the members drawn to `members`, ascending.
  package func draw(into members: inout [Int], using random: SecureRandom) {
    if takesAll { return members.append(contentsOf: 0..<count) }
    var next = 0
    while next < count {
      if Self.isBelow(beyond, random) { return }
      var gap = 0
      for (place, probability) in digits.enumerated() where Self.isBelow(probability, random) {
        gap |= 1 << place
      }
      next += gap
      if next < count { members.append(next) }
      next += 1
    }
  }

  /// Returns whether a uniform number of 128 bits lies below the threshold. The second word is
  /// drawn only if the first does not decide.
  @inline(__always)
  private static func isBelow(_ threshold: UInt128, _ random: SecureRandom) -> Bool {
    let high = UInt64(truncatingIfNeeded: threshold >> 64)
    let word = random.next()
    if word != high { return word < high }
    return random.next() < UInt64(truncatingIfNeeded: threshold)
  }

  /// Returns the double as a fraction of 2^bits: exact if it is at least 2^-267, rounded up below.
  private static func fraction(_ rate: Double, bits: Int) -> BigUInt {
    let significand = BigUInt(rate.significandBitPattern | (rate.isNormal ? 1 << 52 : 0))
    let shift = bits + Int(rate.isNormal ? rate.exponent : -1022) - 52
    return shift >= 0 ? significand << shift : (significand >> -shift) + 1
  }

  private static func rounded(_ fraction: BigUInt, bits: Int) -> UInt128 {
    let wide = fraction >> (bits - 128)
    return wide >> 128 == 0 ? UInt128(wide) : .max
  }
}
