import BigInt

extension PrivacyEvent {
  /// The cost of the event, computed exactly in fractions and then rounded up once.
  package var cost: PrivacyCost {
    switch self {
    case .discreteGaussian(_, let sensitivity, let sigmaSquared):
      return PrivacyCost(rho: Self.rho(sensitivity.value, squaredOver: sigmaSquared, times: 2))
    case .discreteLaplace(_, let sensitivity, let scale):
      return PrivacyCost(rho: Self.rho(sensitivity.value, squaredOver: scale * scale, times: 2))
    case .exponentialMechanism(_, _, _, let epsilon):
      return PrivacyCost(rho: Self.rho(epsilon.value, squaredOver: Self.one, times: 8))
    case .partitionSelection(_, let rows, let sigmaSquared, let threshold):
      // A recorded event may hold any number, so fewer than one row counts as one.
      let rows = max(rows, 1)
      return PrivacyCost(
        rho: Self.rho(Sensitivity.counts(maximumRowsPerUnit: rows).value, squaredOver: sigmaSquared, times: 2),
        delta: LabelDisclosure.delta(maximumRowsPerUnit: rows, sigmaSquared: sigmaSquared, threshold: threshold))
    case .noisyGradients(_, let rate, let sensitivity, let steps, let coordinates, let tail):
      return NoisyGradientCost.shared.cost(
        samplingRate: rate, sensitivity: sensitivity, steps: steps, coordinates: coordinates, tail: tail)
    case .composed(_, let events):
      return events.reduce(PrivacyCost.zero) { $0 + $1.cost }
    }
  }

  private static let one = PositiveRational(lowestTerms: 1, 1)

  /// Returns value² / (divisor * factor), rounded up.
  private static func rho(_ value: Double, squaredOver divisor: PositiveRational, times factor: Int) -> Rho {
    guard let exact = try? PositiveRational(exactly: value) else { return .zero }
    let scaled = divisor * PositiveRational(lowestTerms: BigUInt(factor), 1)
    return Rho(checked: (exact * exact / scaled).roundedUp)
  }
}
