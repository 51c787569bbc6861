/// The delta of (epsilon, delta)-differential privacy: a probability, from 0 to 1.
package struct Delta: PrivacyQuantity {
  /// The name used in errors.
  package static let name = "delta"
  /// The largest probability.
  package static let maximum = 1.0
  /// Nothing spent.
  package static let zero = Delta(checked: 0)
  /// The numeric value.
  package let value: Double

  /// Wraps a checked number; traps if it is out of range. Use the throwing initialiser for input.
  package init(checked value: Double) {
    precondition(value >= 0 && value <= 1, "delta must be checked before it is wrapped")
    self.value = value
  }

  /// Returns the sum, rounded up and never above 1: an upper bound on the delta of two mechanisms
  /// together.
  package static func + (left: Delta, right: Delta) -> Delta {
    Delta(checked: min(1, left.value.addingUpwards(right.value)))
  }
}
