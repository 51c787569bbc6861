/// Sums and differences that err on the side of privacy: spent amounts are rounded up, granted or
/// remaining amounts down.
///
/// The error of each addition is computed exactly (Knuth's two-sum). An exact sum is not moved, and
/// any other is moved by less than one step of `Double`.
package enum OutwardSum {
  /// Returns the smallest `Double` that is at least `first + second`.
  package static func up(_ first: Double, _ second: Double) -> Double {
    let (sum, error) = twoSum(first, second)
    return error > 0 ? sum.nextUp : sum
  }

  /// Returns the largest `Double` that is at most `first + second`.
  package static func down(_ first: Double, _ second: Double) -> Double {
    let (sum, error) = twoSum(first, second)
    return error < 0 ? sum.nextDown : sum
  }

  /// Returns the largest `Double` that can be added to `part`, rounding up, without exceeding
  /// `whole`; at least 0.
  package static func difference(_ whole: Double, _ part: Double) -> Double {
    max(0, down(whole, -part))
  }

  private static func twoSum(_ first: Double, _ second: Double) -> (sum: Double, error: Double) {
    let sum = first + second
    let secondPart = sum - first
    let firstPart = sum - secondPart
    return (sum, (first - firstPart) + (second - secondPart))
  }
}

extension Double {
  /// Returns the smallest double that is at least the exact sum, or the greatest finite one, for
  /// finite, non-negative numbers.
  ///
  /// The rounding error of the sum is itself a double and is computed exactly (Knuth's two-sum).
  func addingUpwards(_ other: Double) -> Double {
    let sum = self + other
    guard sum.isFinite else { return .greatestFiniteMagnitude }
    let otherAsAdded = sum - self
    let error = (self - (sum - otherAsAdded)) + (other - otherAsAdded)
    return error > 0 ? Swift.min(sum.nextUp, .greatestFiniteMagnitude) : sum
  }
}
