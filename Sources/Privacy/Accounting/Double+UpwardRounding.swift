extension Double {
  /// The least double that is at least the exact sum; for finite, non-negative numbers.
  ///
  /// The rounding error of the sum is itself a double and is found without error (Knuth's two-sum).
  func addingUpwards(_ other: Double) -> Double {
    let sum = self + other
    precondition(sum.isFinite, "a privacy loss is too large to be written down")
    let otherAsAdded = sum - self
    let error = (self - (sum - otherAsAdded)) + (other - otherAsAdded)
    return error > 0 ? sum.nextUp : sum
  }
}
