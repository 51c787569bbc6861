/// Pairs of epsilon and delta that all hold, with delta descending. Each pair is a guarantee by
/// itself.
package struct PrivacyCurve: Sendable, Hashable, Codable {
  /// One guarantee.
  package struct Point: Sendable, Hashable, Codable {
    /// The bound on the log of the odds.
    package let epsilon: Double
    /// The probability that the bound fails.
    package let delta: Double
  }

  /// The guarantees. Delta descends and epsilon does not.
  package let points: [Point]

  /// The tabulated deltas: 1e-3 to 1e-12.
  package static let deltas: [Double] = [1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12]

  /// Creates the curve of everything that costs `cost` as Gaussian mechanisms do. A delta that its
  /// events use up is left out.
  package init(of cost: PrivacyCost) { self.init(of: cost, converted: GaussianCurve.epsilon) }

  package init(of cost: PrivacyCost, converted: (Rho, Delta) -> Epsilon) {
    self.init { delta in
      let left = OutwardSum.down(delta, -cost.delta.value)
      return left > 0 ? converted(cost.rho, Delta(checked: left)).value : nil
    }
  }

  /// - Parameter epsilon: The epsilon at a delta; nil if there is none.
  init(_ epsilon: (_ delta: Double) -> Double?) {
    points = Self.deltas.compactMap { delta in epsilon(delta).map { Point(epsilon: $0, delta: delta) } }
  }
}
