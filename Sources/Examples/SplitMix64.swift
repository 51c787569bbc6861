import Foundation

/// The repeatable generator of the example: SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014).
///
/// It is small, fast and the same on every platform. It is **not secure**: two outputs in a row give away the state, and the seed is
/// chosen by the user. That is right for invented people and wrong for noise that protects real ones, so nothing outside this folder
/// may use it.
package struct SplitMix64 {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number in `0 ..< 1`, a multiple of 2^-53.
  mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A whole number in `0 ..< bound`, with a bias below `bound` / 2^64.
  mutating func below(_ bound: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(bound)).high) }

  mutating func chance(_ probability: Double) -> Bool { uniform() < probability }

  /// A standard normal number, by Box and Muller.
  mutating func normal() -> Double {
    (-2 * log(1 - uniform())).squareRoot() * cos(2 * Double.pi * uniform())
  }

  /// An exponential number with the given mean.
  mutating func exponential(mean: Double) -> Double { -mean * log(1 - uniform()) }
}
