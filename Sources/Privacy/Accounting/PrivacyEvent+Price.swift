/// A part of an event's cost: fixed, or a choice, whose price depends on the remaining budget.
enum EventPart: Sendable, Hashable {
  case fixed(PrivacyCost)
  /// A mechanism whose loss lies in an interval of this length.
  case range(Double)

  /// Returns the price if a rho of `left` can still be spent.
  package func price(left: Rho) -> PrivacyCost {
    switch self {
    case .fixed(let cost): cost
    case .range(let range): PrivacyCost(rho: DominatingGaussian.rho(range: range, left: left))
    }
  }
}

extension PrivacyEvent {
  /// Returns the event's price for a budget with a rho of `left` to spend: the rho of a Gaussian
  /// mechanism that reveals at least as much, and a delta with which the event reveals more. The
  /// less is left, the more a choice costs. See `docs/proofs/gaussian-filter.md`.
  package func price(left: Rho) -> PrivacyCost {
    parts.reduce(PrivacyCost.zero) { sum, part in
      sum + part.price(left: Rho(checked: OutwardSum.difference(left.value, sum.rho.value)))
    }
  }

  /// The parts of the cost, with choices kept separate.
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

  /// Returns the quotient, rounded up.
  private static func ratio(_ value: Double, over divisor: PositiveRational) -> Double {
    guard let exact = try? PositiveRational(exactly: value) else { return 0 }
    return (exact / divisor).roundedUp
  }
}
