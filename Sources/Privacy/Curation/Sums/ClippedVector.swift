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
