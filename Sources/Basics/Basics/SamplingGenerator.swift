/// A small, fast generator (xoshiro256**, Blackman and Vigna 2018) for draws made *after* the
/// privacy mechanisms. Decoding and sampling are post-processing, so their randomness need not be
/// secret. Never used for noise.
package struct SamplingGenerator: RandomNumberGenerator, Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)

  /// Creates a stream determined by `seed`, which SplitMix64 expands.
  package init(seed: UInt64) {
    var mixer = SplitMix64(seed: seed)
    state = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
  }

  /// Creates one independent stream per pair of seed and stream number.
  package init(seed: UInt64, stream: UInt64) {
    self.init(seed: seed &+ (stream &+ 1) &* 0xD134_2543_DE82_EF95)
  }

  /// Returns the next 64 bits.
  package mutating func next() -> UInt64 {
    let product = state.1 &* 5
    let result = ((product << 7) | (product >> 57)) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = (state.3 << 45) | (state.3 >> 19)
    return result
  }

  /// Returns a number in 0 ..< `bound` (biased by at most bound / 2^64).
  package mutating func next(below bound: UInt64) -> UInt64 {
    next().multipliedFullWidth(by: bound).high
  }

  /// Returns a number in 0 ..< `bound`, which is at most 2^32, from the upper half of the bits
  /// (biased by at most 2^-32).
  package mutating func below(_ bound: Int) -> Int {
    Int(truncatingIfNeeded: ((next() >> 32) &* UInt64(truncatingIfNeeded: bound)) >> 32)
  }

  /// Returns a number in [0, 1), a multiple of 2^-53.
  package mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
