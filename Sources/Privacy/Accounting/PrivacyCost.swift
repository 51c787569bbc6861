/// The cost of a question under approximate zero-concentrated differential privacy (Bun and Steinke
/// 2016, Definition 8.1): apart from an event of probability at most `delta`, the mechanism is
/// `rho`-zCDP.
package struct PrivacyCost: Hashable, Sendable, Codable {
  /// The bound on the Rényi divergence of order alpha, divided by alpha.
  package let rho: Rho
  /// The probability of the event that is left out.
  package let delta: Delta

  /// Creates a cost from both numbers; without a delta by default.
  package init(rho: Rho, delta: Delta = .zero) {
    self.rho = rho
    self.delta = delta
  }

  /// The cost of asking nothing.
  package static let zero = PrivacyCost(rho: .zero)

  /// Returns the cost of both, rounded up. The second may be chosen after seeing the first answer
  /// (Bun and Steinke 2016, section 8).
  package static func + (left: PrivacyCost, right: PrivacyCost) -> PrivacyCost {
    PrivacyCost(rho: left.rho + right.rho, delta: left.delta + right.delta)
  }
}
