import Basics
import Foundation

/// A privacy unit's vector on a whole-number grid, no longer than a fixed number of steps.
///
/// `docs/proofs/clipped-sum.md`: the length is checked in whole numbers, so that rounding of
/// floating-point numbers can change the answer but not the sensitivity.
package enum ClippedVector {
  /// The length of the longest vector, in steps of the grid.
  package static let sensitivity = 1 << 20

  /// Returns the vector in steps, shortened to ``sensitivity`` if it is longer than `clip`. A
  /// vector that holds something else than numbers becomes zero.
  package static func steps(of vector: [Double], clip: Double) -> [Int] {
    let scale = Double(sensitivity) / clip
    guard vector.allSatisfy(\.isFinite) else { return [Int](repeating: 0, count: vector.count) }
    if let rounded = grid(vector, scale, .toNearestOrEven) { return rounded }
    var factor = Double(sensitivity) * inverseLength(vector)
    guard factor.isFinite else { return [Int](repeating: 0, count: vector.count) }
    for _ in 0..<8 {
      if let shortened = grid(vector, factor, .towardZero) { return shortened }
      factor *= 1 - 0x1p-20
    }
    return [Int](repeating: 0, count: vector.count)
  }

  /// Returns the vector in whole steps, or nil if it is too long.
  private static func grid(_ vector: [Double], _ scale: Double, _ rule: FloatingPointRoundingRule)
    -> [Int]?
  {
    var square = 0
    var steps: [Int] = []
    steps.reserveCapacity(vector.count)
    for value in vector {
      let scaled = (value * scale).rounded(rule)
      guard abs(scaled) <= Double(sensitivity) else { return nil }
      let step = Int(scaled)
      square += step * step
      guard square <= sensitivity * sensitivity else { return nil }
      steps.append(step)
    }
    return steps
  }

  /// Returns one divided by the length, which itself may be too large for a number. The vector is
  /// not zero.
  private static func inverseLength(_ vector: [Double]) -> Double {
    let largest = vector.reduce(0) { max($0, abs($1)) }
    return 1 / vector.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }.squareRoot() / largest
  }
}

extension ClippedVector {
  /// Returns the sum over the units of their counts of rows in cells, in steps, each unit's
  /// shortened to `clip`. It adds whole numbers, so that the order of the units does not matter.
  /// - Parameter fill: Appends the cell of each row of a unit that counts.
  static func sum(
    cells: Int, clip: Double, units: Int, _ fill: @Sendable (Int, inout [Int]) -> Void
  ) -> [Int] {
    let part = max(1, (units + 7) / 8)
    let one = steps(of: [1], clip: clip)[0]
    let sums = Concurrently.map((units + part - 1) / part) { index in
      var sum = [Int](repeating: 0, count: cells)
      var own: [Int] = []
      var (places, counts): ([Int], [Double]) = ([], [])
      for unit in index * part..<min((index + 1) * part, units) {
        own.removeAll(keepingCapacity: true)
        fill(unit, &own)
        if own.count == 1 {
          sum[own[0]] += one
          continue
        }
        own.sort()
        places.removeAll(keepingCapacity: true)
        counts.removeAll(keepingCapacity: true)
        for cell in own {
          if places.last == cell {
            counts[counts.count - 1] += 1
          } else {
            places.append(cell)
            counts.append(1)
          }
        }
        for (place, steps) in zip(places, steps(of: counts, clip: clip)) { sum[place] += steps }
      }
      return sum
    }
    return sums.reduce([Int](repeating: 0, count: cells)) { zip($0, $1).map { $0 + $1 } }
  }
}
