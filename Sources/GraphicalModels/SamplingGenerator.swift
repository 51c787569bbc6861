/// xoshiro256** 1.0 (Blackman and Vigna 2021), seeded by SplitMix64.
///
/// Not a secure generator and not used for privacy: sampling rows from a fitted model is post-processing.
///
/// `Encoding` has a generator of the same family. This room imports no other, so that it can be read and used without tables; the few
/// lines stand in both, and differ in how streams are seeded.
struct SamplingGenerator: Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)

  /// One independent stream per pair of seed and stream number.
  init(seed: UInt64, stream: UInt64) {
    var mix = seed &+ (stream &+ 1) &* 0xd134_2543_de82_ef95
    func next() -> UInt64 {
      mix &+= 0x9e37_79b9_7f4a_7c15
      var z = mix
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return z ^ (z >> 31)
    }
    state = (next(), next(), next(), next())
  }

  mutating func next() -> UInt64 {
    let product = state.1 &* 5
    let result = (product << 7 | product >> 57) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = state.3 << 45 | state.3 >> 19
    return result
  }

  /// Uniform on [0, 1), a multiple of 2^-53.
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Below `bound`, which is at most 2^32; the bias, at most 2^-32, does not matter here.
  mutating func below(_ bound: Int) -> Int { Int(truncatingIfNeeded: ((next() >> 32) &* UInt64(truncatingIfNeeded: bound)) >> 32) }
}
