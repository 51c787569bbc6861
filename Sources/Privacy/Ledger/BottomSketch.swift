/// The smallest distinct values of a keyed hash over a set: a min-hash sketch in one pass
/// (bottom-k; Cohen and Kaplan 2007).
///
/// The share of the smallest values of a union that are in both sketches estimates the Jaccard
/// index |A ∩ B| / |A ∪ B| with a standard error of about √(J (1 − J) / 256), at most 0.032. It is
/// exact if the union has at most 256 elements.
package struct BottomSketch: Sendable, Hashable {
  package static let capacity = 256

  /// Ascending, distinct.
  package private(set) var values: [UInt64] = []
  private var bound = UInt64.max

  package init() {}

  @inline(__always)
  package mutating func insert(_ value: UInt64) {
    if value < bound { insertBelowBound(value) }
  }

  package mutating func merge(_ other: BottomSketch) {
    for value in other.values { insert(value) }
  }

  /// Whether there were more elements than the sketch holds.
  var isFull: Bool { values.count == Self.capacity }

  /// Returns the estimated Jaccard index of the two sets, or 0 if both are empty.
  package func jaccard(with other: BottomSketch) -> Double {
    let union = Set(values).union(other.values).sorted().prefix(Self.capacity)
    guard !union.isEmpty else { return 0 }
    let shared = Set(values).intersection(other.values)
    return Double(union.count { shared.contains($0) }) / Double(union.count)
  }

  private mutating func insertBelowBound(_ value: UInt64) {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if values[middle] < value { low = middle + 1 } else { high = middle }
    }
    if low < values.count, values[low] == value { return }
    values.insert(value, at: low)
    if values.count > Self.capacity { values.removeLast() }
    if let last = values.last, isFull { bound = last }
  }
}

extension BottomSketch: Codable {
  package init(from decoder: any Decoder) throws {
    self.init()
    for word in try decoder.singleValueContainer().decode([String].self) {
      guard let value = UInt64(word, radix: 16) else {
        throw DecodingError.dataCorrupted(
          .init(codingPath: decoder.codingPath, debugDescription: "not hexadecimal"))
      }
      insert(value)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(values.map { String($0, radix: 16) })
  }
}
