/// The delta of (epsilon, delta)-differential privacy: a probability, from 0 to 1.
public struct Delta: PrivacyQuantity {
  /// The name used in errors.
  public static let name = "delta"
  /// The largest probability.
  public static let maximum = 1.0
  /// Nothing spent.
  public static let zero = Delta(checked: 0)
  /// The numeric value.
  public let value: Double

  /// Wraps a checked number; traps if it is out of range. Use the throwing initialiser for input.
  public init(checked value: Double) {
    precondition(value >= 0 && value <= 1, "delta must be checked before it is wrapped")
    self.value = value
  }

  /// Returns the sum, rounded up and never above 1: an upper bound on the delta of two mechanisms
  /// together.
  public static func + (left: Delta, right: Delta) -> Delta {
    Delta(checked: min(1, left.value.addingUpwards(right.value)))
  }
}
