/// A node of a regression tree over binned features.
struct TreeNode: Sendable {
  /// The split that decides where the rows of a node go.
  struct Split: Sendable {
    var feature: Int
    /// The bins of 0 to 255, the last of which is missing, that go to the left child.
    var left: BinSet
  }

  var split: Split?
  var leftChild = 0
  var rightChild = 0
  var value = 0.0
}

/// A set of bins.
struct BinSet: Sendable, Equatable {
  private var words = SIMD4<UInt64>()

  func contains(_ bin: UInt8) -> Bool { words[Int(bin >> 6)] >> UInt64(bin & 63) & 1 == 1 }

  mutating func insert(_ bin: UInt8) { words[Int(bin >> 6)] |= 1 << UInt64(bin & 63) }
}
