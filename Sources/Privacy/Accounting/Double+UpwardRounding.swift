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
