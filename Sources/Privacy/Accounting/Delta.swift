/// The delta of (epsilon, delta)-differential privacy: a probability, from 0 to 1.
public struct Delta: PrivacyQuantity {
  public static let name = "delta"
  public static let maximum = 1.0
  public static let zero = Delta(checked: 0)
  public let value: Double

  public init(checked value: Double) {
    precondition(value >= 0 && value <= 1, "delta must be checked before it is wrapped")
    self.value = value
  }

  /// The sum, rounded upwards and never above 1: an upper bound on the delta of two mechanisms together.
  public static func + (left: Delta, right: Delta) -> Delta {
    Delta(checked: min(1, left.value.addingUpwards(right.value)))
  }
}
