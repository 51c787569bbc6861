import Basics

/// Invented people for tests: the row number determines everything about a person, and all ranges
/// of rows are alike.
enum InventedPerson {
  /// Even, and not negative.
  static func hash(_ row: Int) -> Int {
    Int(SplitMix64.mixed(UInt64(row + 1) &* SplitMix64.step) >> 8)
  }
}
