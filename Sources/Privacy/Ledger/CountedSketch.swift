import Foundation

/// The smallest distinct values of a keyed hash over a stream, each flagged if it came more than
/// once: a bottom-k sketch (Cohen and Kaplan 2007).
///
/// For two sketches made with one key, the smallest values of the union estimate the Jaccard index
/// J of the two sets. The largest kept value estimates a set's size, and both together estimate how
/// much of the smaller set is in the larger one. The standard error of J is about √(J (1 − J) / k).
package struct CountedSketch: Sendable, Hashable {
  /// The largest number of values that are kept.
  package let capacity: Int
  /// Ascending, distinct.
  package private(set) var values: [UInt64] = []
  /// Whether each value was seen again.
  private(set) var recurs: [Bool] = []
  /// Values above it are not kept.
  package private(set) var bound = UInt64.max

  package init(capacity: Int) { self.capacity = capacity }

  /// Inserts a value, ignoring its lowest bit.
  @inline(__always)
  package mutating func insert(_ value: UInt64) {
    if value <= bound { insertWithinBound(value & ~1, recurs: false) }
  }

  package mutating func merge(_ other: CountedSketch) {
    for (value, recurs) in zip(other.values, other.recurs) where value <= bound {
      insertWithinBound(value, recurs: recurs)
    }
  }

  var isFull: Bool { values.count == capacity }

  /// The estimated number of distinct values; exact if the sketch is not full.
  package var distinct: Double {
    guard isFull, let last = values.last else { return Double(values.count) }
    return Double(capacity - 1) / (Double(last) / 0x1p64)
  }

  /// Returns whether this sketch comes first in a fixed order, so that sketches do not reveal a
  /// table's column order.
  package func isOrderedBefore(_ other: CountedSketch) -> Bool {
    values.lexicographicallyPrecedes(other.values)
  }

  /// The share of the distinct values that came more than once.
  var recurring: Double { values.isEmpty ? 0 : Double(recurs.count { $0 }) / Double(values.count) }

  /// Returns how much of the smaller of two sets is in the larger, and the number of shared values
  /// behind that share.
  ///
  /// Below the smaller of the two bounds both sets are known in full: the same random share of
  /// both.
  func overlap(with other: CountedSketch) -> (share: Double, hits: Int) {
    guard !values.isEmpty, !other.values.isEmpty else { return (0, 0) }
    let limit = min(bound, other.bound)
    let mine = Set(values.prefix { $0 <= limit })
    let theirs = other.values.prefix { $0 <= limit }
    let hits = theirs.count { mine.contains($0) }
    return hits == 0 ? (0, 0) : (Double(hits) / Double(min(mine.count, theirs.count)), hits)
  }

  private mutating func insertWithinBound(_ value: UInt64, recurs again: Bool) {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if values[middle] < value { low = middle + 1 } else { high = middle }
    }
    if low < values.count, values[low] == value {
      recurs[low] = true
      return
    }
    values.insert(value, at: low)
    recurs.insert(again, at: low)
    if values.count > capacity {
      values.removeLast()
      recurs.removeLast()
    }
    if let last = values.last, isFull { bound = last }
  }
}

/// Eight bytes a value, in base 64. The lowest bit of a value says whether it recurs.
extension CountedSketch: Codable {
  private enum Key: String, CodingKey { case capacity, values }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    self.init(capacity: try container.decode(Int.self, forKey: .capacity))
    let bytes = try container.decode(Data.self, forKey: .values)
    guard (1...1 << 16).contains(capacity), bytes.count % 8 == 0, bytes.count / 8 <= capacity else {
      throw DecodingError.dataCorruptedError(
        forKey: .values, in: container, debugDescription: "not a sketch")
    }
    for start in stride(from: bytes.startIndex, to: bytes.endIndex, by: 8) {
      let word = bytes[start..<start + 8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      insertWithinBound(word & ~1, recurs: word & 1 == 1)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(capacity, forKey: .capacity)
    var bytes = Data(capacity: 8 * values.count)
    for (value, recurs) in zip(values, recurs) {
      withUnsafeBytes(of: (value | (recurs ? 1 : 0)).littleEndian) { bytes.append(contentsOf: $0) }
    }
    try container.encode(bytes, forKey: .values)
  }
}
