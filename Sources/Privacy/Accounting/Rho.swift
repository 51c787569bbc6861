/// The rho of zero-concentrated differential privacy (Bun and Steinke 2016): the Rényi divergence of every order alpha is at most
/// rho times alpha.
public struct Rho: PrivacyQuantity {
  /// What it is called in an error.
  public static let name = "rho"
  /// Nothing spent.
  public static let zero = Rho(checked: 0)
  /// The number.
  public let value: Double

  /// Wraps a number that was already checked; traps where it is out of range. Use the throwing initialiser for input.
  public init(checked value: Double) {
    precondition(value >= 0 && value.isFinite, "rho must be checked before it is wrapped")
    self.value = value
  }

  /// The sum, rounded upwards: the rho of two mechanisms together (Bun and Steinke 2016, Lemma 1.7).
  public static func + (left: Rho, right: Rho) -> Rho {
    Rho(checked: left.value.addingUpwards(right.value))
  }
}
