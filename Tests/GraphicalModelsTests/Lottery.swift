import Basics

/// Repeatable random inputs for tests.
struct Lottery {
  private var generator: SplitMix64

  init(_ seed: UInt64) { generator = SplitMix64(seed: seed) }

  mutating func next() -> UInt64 { generator.next() }
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
  mutating func unit() -> Double { generator.uniform() }
  /// Nearly normal: the sum of twelve uniforms.
  mutating func gaussian() -> Double { (0..<12).reduce(-6) { sum, _ in sum + unit() } }

  mutating func clique(of count: Int, attributes: Int) -> [Int] {
    var pool = Array(0..<attributes)
    return (0..<min(count, attributes)).map { _ in pool.remove(at: below(pool.count)) }
  }
}
