/// A fixed, even hash of a row's number: the same split of the same table every time.
package enum RowHash {
  /// A number from 0 to 1 (SplitMix64's finaliser, Steele, Lea and Flood 2014).
  package static func share(_ row: Int, salt: UInt64) -> Double {
    Double(mix(UInt64(truncatingIfNeeded: row) &+ salt &* 0x9E37_79B9_7F4A_7C15) >> 11) * 0x1p-53
  }

  package static func mix(_ value: UInt64) -> UInt64 {
    var mixed = value &+ 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
