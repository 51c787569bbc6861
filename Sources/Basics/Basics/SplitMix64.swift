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
  package mutating func below(_ bound: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(bound)).high) }

  package mutating func chance(_ probability: Double) -> Bool { uniform() < probability }

  /// Returns a standard normal number, by the method of Box and Muller.
  package mutating func normal() -> Double {
    (-2 * log(1 - uniform())).squareRoot() * cos(2 * Double.pi * uniform())
  }

  /// Returns an exponential number with the given mean.
  package mutating func exponential(mean: Double) -> Double { -mean * log(1 - uniform()) }
}
