/// The epsilon of (epsilon, delta)-differential privacy: the bound on the log-likelihood ratio of an output under two neighbours.
public struct Epsilon: PrivacyQuantity {
  public static let name = "epsilon"
  public let value: Double

  public init(checked value: Double) {
    precondition(value >= 0 && value.isFinite, "epsilon must be checked before it is wrapped")
    self.value = value
  }
}
