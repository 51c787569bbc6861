import Basics

/// Repeatable inputs.
struct Lottery {
  private var generator: SplitMix64

  init(_ seed: UInt64) { generator = SplitMix64(seed: seed) }

  mutating func below(_ bound: Int) -> Int { Int(generator.next() % UInt64(bound)) }
  mutating func unit() -> Double { generator.uniform() }
}
