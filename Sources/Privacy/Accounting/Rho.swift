/// The rho of zero-concentrated differential privacy (Bun and Steinke 2016): the Rényi divergence
/// of every order alpha is at most rho times alpha.
package struct Rho: PrivacyQuantity {
  /// The name used in errors.
  package static let name = "rho"
  /// Nothing spent.
  package static let zero = Rho(checked: 0)
  /// The numeric value.
  package let value: Double

  /// Wraps a checked number; traps if it is out of range. Use the throwing initialiser for input.
  package init(checked value: Double) {
    precondition(value >= 0 && value.isFinite, "rho must be checked before it is wrapped")
    self.value = value
  }

  /// Returns the sum, rounded up: the rho of two mechanisms together (Bun and Steinke 2016, Lemma
  /// 1.7).
  package static func + (left: Rho, right: Rho) -> Rho {
    Rho(checked: left.value.addingUpwards(right.value))
  }
}
