/// A permutation of 0 ..< size that looks random: a Feistel network of four rounds over the next
/// power of four, walked until it lands inside (Black and Rogaway 2002). For variety, not for
/// secrecy.
package struct Scrambler: Sendable {
  private let seed: UInt64
  private let size: UInt64
  private let halfBits: UInt64

  package init(seed: UInt64, size: Int) {
    precondition(size > 0 && size <= 1 << 62, "a scrambler has 1 to 2^62 places")
    self.seed = seed
    self.size = UInt64(size)
    var halfBits: UInt64 = 1
    while (UInt64(1) << (2 * halfBits)) < UInt64(size) { halfBits += 1 }
    self.halfBits = halfBits
  }

  package func place(of index: Int) -> Int {
    var value = UInt64(index)
    repeat {
      let mask = (UInt64(1) << halfBits) - 1
      var (left, right) = (value >> halfBits, value & mask)
      for round in 0..<4 as Range<UInt64> {
        (left, right) = (right, left ^ (SplitBits(seed: seed ^ right &* 0xD6E8_FEB8_6659_FD93, number: Int(right))[round] & mask))
      }
      value = left << halfBits | right
    } while value >= size
    return Int(value)
  }
}
