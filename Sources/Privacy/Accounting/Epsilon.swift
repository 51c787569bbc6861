/// The epsilon of (epsilon, delta)-differential privacy: the bound on the log-likelihood ratio of
/// an output under two neighbouring tables.
package struct Epsilon: PrivacyQuantity {
  /// The name used in errors.
  package static let name = "epsilon"
  /// The numeric value.
  package let value: Double

  /// Wraps a checked number; traps if it is out of range. Use the throwing initialiser for input.
  package init(checked value: Double) {
    precondition(value >= 0 && value.isFinite, "epsilon must be checked before it is wrapped")
    self.value = value
  }
}
