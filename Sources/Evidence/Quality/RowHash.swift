import Basics

/// A fixed, even hash of a row's number: the same split of the same table every time.
package enum RowHash {
  /// Returns a number from 0 to 1 (SplitMix64's finaliser, Steele, Lea and Flood 2014).
  package static func share(_ row: Int, salt: UInt64) -> Double {
    Double(mix(UInt64(truncatingIfNeeded: row) &+ salt &* SplitMix64.step) >> 11) * 0x1p-53
  }

  package static func mix(_ value: UInt64) -> UInt64 { SplitMix64.mixed(value &+ SplitMix64.step) }
}
