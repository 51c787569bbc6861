/// What a question costs under approximate zero-concentrated differential privacy (Bun and Steinke 2016, Definition 8.1): apart from
/// an event of probability at most `delta`, the mechanism is `rho`-zCDP.
public struct PrivacyCost: Hashable, Sendable, Codable {
  /// The bound on the Rényi divergence of order alpha, divided by alpha.
  public let rho: Rho
  /// The probability of the event that is left out.
  public let delta: Delta

  /// A cost of these two; by default without a delta.
  public init(rho: Rho, delta: Delta = .zero) {
    self.rho = rho
    self.delta = delta
  }

  /// Nothing asked, nothing paid.
  public static let zero = PrivacyCost(rho: .zero)

  /// The cost of both, the second possibly chosen after seeing the first answer; rounded upwards (Bun and Steinke 2016, section 8).
  public static func + (left: PrivacyCost, right: PrivacyCost) -> PrivacyCost {
    PrivacyCost(rho: left.rho + right.rho, delta: left.delta + right.delta)
  }
}
