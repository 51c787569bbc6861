import Basics

/// Invented people of tests: a row's number decides all about them, and those of one range are like those of any other.
enum InventedPerson {
  /// Even, and not negative.
  static func hash(_ row: Int) -> Int { Int(SplitMix64.mixed(UInt64(row + 1) &* SplitMix64.step) >> 8) }
}
