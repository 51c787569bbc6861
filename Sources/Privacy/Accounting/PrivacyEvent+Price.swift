/// A part of an event's cost: fixed, or of a choice, whose price depends on what is left.
enum EventPart: Sendable, Hashable {
  case fixed(PrivacyCost)
  /// A mechanism whose loss lies in an interval of this length.
  case range(Double)

  /// What it costs where rho of `left` may still be spent.
  package func price(left: Rho) -> PrivacyCost {
    switch self {
    case .fixed(let cost): cost
    case .range(let range): PrivacyCost(rho: DominatingGaussian.rho(range: range, left: left))
    }
  }
}

extension PrivacyEvent {
  /// What the event costs a budget of which rho of `left` may still be spent: the rho of a Gaussian mechanism that tells at least as
  /// much, and a delta with which it tells more. A choice costs the more the less is left. `docs/proofs/gaussian-filter.md`.
  public func price(left: Rho) -> PrivacyCost {
    parts.reduce(PrivacyCost.zero) { sum, part in
      sum + part.price(left: Rho(checked: OutwardSum.difference(left.value, sum.rho.value)))
    }
  }

  /// What it costs, choices apart.
  var parts: [EventPart] {
    switch self {
    case .discreteGaussian(_, let sensitivity, let sigmaSquared):
      [.fixed(PrivacyCost(rho: DominatingGaussian.rho(sensitivity: sensitivity.value, sigmaSquared: sigmaSquared)))]
    case .discreteLaplace(_, let sensitivity, let scale):
      // The loss lies between -epsilon and epsilon.
      [.range(2 * Self.ratio(sensitivity.value, over: scale))]
    case .exponentialMechanism(_, _, _, let epsilon): [.range(epsilon.value)]
    case .partitionSelection(_, let rows, let sigmaSquared, _):
      [
        .fixed(
          PrivacyCost(
            rho: DominatingGaussian.rho(
              sensitivity: Sensitivity.counts(maximumRowsPerUnit: max(rows, 1)).value, sigmaSquared: sigmaSquared),
            delta: cost.delta))
      ]
    case .noisyGradients(_, let rate, let sensitivity, let steps, let coordinates, let tail):
      [
        .fixed(
          NoisyGradientCost.shared.cost(
            samplingRate: rate, sensitivity: sensitivity, steps: steps, coordinates: coordinates, tail: tail, isGaussian: true))
      ]
    case .composed(_, let events): events.flatMap(\.parts)
    }
  }

  /// The quotient, rounded upwards.
  private static func ratio(_ value: Double, over divisor: PositiveRational) -> Double {
    guard let exact = try? PositiveRational(exactly: value) else { return 0 }
    return (exact / divisor).roundedUp
  }
}
