/// Sums of random signs over rows (Alon, Matias and Szegedy 1996, "tug of war"). They are linear,
/// so the sums of two tables differ by the difference of their rows.
///
/// If f and f′ are the numbers of times that each row occurs, the mean of the squared differences
/// of the counters estimates Σ (f − f′)², with a relative standard error of √(2 / 16) = 0.35. One
/// row more or less counts 1, whatever the table; people drawn anew count about as many as there
/// are. It therefore recognises a table even if its rows are a few categories that everybody
/// shares.
package struct RowDifference: Sendable, Hashable, Codable {
  static let counters = 16

  private var sums = [Int64](repeating: 0, count: counters)

  package init() {}

  /// Adds rows by bits of their hashes. Every fourth bit is a sign.
  package mutating func add(_ rows: UnsafeBufferPointer<UInt64>) {
    var counts = SIMD16<UInt32>()
    for row in rows {
      let bits = SIMD16<UInt64>(repeating: row) &>> Self.places & SIMD16<UInt64>(repeating: 1)
      counts &+= SIMD16<UInt32>(truncatingIfNeeded: bits)
    }
    for counter in 0..<Self.counters { sums[counter] += Int64(counts[counter]) }
  }

  private static let places = SIMD16<UInt64>(0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 60)

  package mutating func merge(_ other: RowDifference) {
    for counter in sums.indices { sums[counter] &+= other.sums[counter] }
  }

  /// Returns the estimate of Σ (f − f′)². `rows` and `otherRows` are the two numbers of rows.
  func squaredDistance(from other: RowDifference, rows: Int, otherRows: Int) -> Double {
    guard sums.count == Self.counters, other.sums.count == Self.counters else { return .infinity }
    let squares = zip(sums, other.sums).map { mine, theirs in
      // Ones are counted, so a sum of signs is twice that less the number of rows.
      let difference = Double(2 * (mine - theirs) - Int64(rows - otherRows))
      return difference * difference
    }
    return squares.reduce(0, +) / Double(Self.counters)
  }
}
