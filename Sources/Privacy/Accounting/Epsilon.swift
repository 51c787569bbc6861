/// The epsilon of (epsilon, delta)-differential privacy: the bound on the log-likelihood ratio of an output under two neighbours.
public struct Epsilon: PrivacyQuantity {
  /// What it is called in an error.
  public static let name = "epsilon"
  /// The number.
  public let value: Double

  /// Wraps a number that was already checked; traps where it is out of range. Use the throwing initialiser for input.
  public init(checked value: Double) {
    precondition(value >= 0 && value.isFinite, "epsilon must be checked before it is wrapped")
    self.value = value
  }
}
