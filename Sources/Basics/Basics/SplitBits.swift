/// Bits for many purposes, derived from a seed and a number by the finaliser of SplitMix64 (Steele,
/// Lea and Flood 2014). For variety, not for secrecy.
package struct SplitBits: Sendable {
  private let start: UInt64

  package init(seed: UInt64, number: Int) { start = seed &+ UInt64(bitPattern: Int64(number)) &* 16 &* SplitMix64.step }

  /// From 16 on, the purposes of one number overlap with those of the next.
  package subscript(purpose: UInt64) -> UInt64 { SplitMix64.mixed(start &+ (purpose &+ 1) &* SplitMix64.step) }

  package func pick(_ list: [String], _ purpose: UInt64) -> String { list[Int(self[purpose] % UInt64(list.count))] }
}
