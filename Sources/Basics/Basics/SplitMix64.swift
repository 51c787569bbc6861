import Foundation

/// A repeatable generator: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators", 2014).
///
/// It is small, fast and the same on every platform. It is **not secure**: two consecutive outputs
/// reveal the state, and the user chooses the seed. That suits invented people and tests, but not
/// noise that protects real people.
package struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= Self.step
    return Self.mixed(state)
  }

  /// The increment of the state for each output.
  package static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// Applies the finaliser, which spreads every bit of `word` over all 64.
  @inlinable package static func mixed(_ word: UInt64) -> UInt64 {
    var word = word
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  /// Returns a number in `0 ..< 1`, a multiple of 2^-53.
  package mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Returns a whole number in `0 ..< bound`, with a bias below `bound` / 2^64.
  package mutating func below(_ bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  package mutating func chance(_ probability: Double) -> Bool { uniform() < probability }

  /// Returns a standard normal number, by the method of Box and Muller.
  package mutating func normal() -> Double {
    (-2 * log(1 - uniform())).squareRoot() * cos(2 * Double.pi * uniform())
  }

  /// Returns an exponential number with the given mean.
  package mutating func exponential(mean: Double) -> Double { -mean * log(1 - uniform()) }
}

/// Bits for many purposes, derived from a seed and a number by the finaliser of SplitMix64 (Steele,
/// Lea and Flood 2014). For variety, not for secrecy.
package struct SplitBits: Sendable {
  private let start: UInt64

  package init(seed: UInt64, number: Int) {
    start = seed &+ UInt64(bitPattern: Int64(number)) &* 16 &* SplitMix64.step
  }

  /// From 16 on, the purposes of one number overlap with those of the next.
  package subscript(purpose: UInt64) -> UInt64 {
    SplitMix64.mixed(start &+ (purpose &+ 1) &* SplitMix64.step)
  }

  package func pick(_ list: [String], _ purpose: UInt64) -> String {
    list[Int(self[purpose] % UInt64(list.count))]
  }
}

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
        (left, right) = (
          right,
          left
            ^ (SplitBits(seed: seed ^ right &* 0xD6E8_FEB8_6659_FD93, number: Int(right))[round]
              & mask)
        )
      }
      value = left << halfBits | right
    } while value >= size
    return Int(value)
  }
}
