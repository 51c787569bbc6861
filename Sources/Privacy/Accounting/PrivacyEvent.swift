import BigInt

/// One question put to the sensitive table: the question, the mechanism that answered it, and the
/// numbers that set its noise.
///
/// The cost is computed from those numbers alone, so the charge matches the draw. Two tables are
/// neighbours if one is the other with all rows of one privacy unit added or removed. Reading an
/// event of an unknown kind throws.
package indirect enum PrivacyEvent: Hashable, Sendable, Codable {
  /// Whole-number answers, each with discrete Gaussian noise of variance parameter `sigmaSquared`;
  /// `sensitivity` is in the L2 norm. Costs rho = sensitivity² / (2 sigmaSquared) (Canonne, Kamath
  /// and Steinke 2020, Theorem 14).
  case discreteGaussian(question: String, sensitivity: Sensitivity, sigmaSquared: PositiveRational)
  /// Whole-number answers, each with discrete Laplace noise; `sensitivity` is in the L1 norm. It is
  /// epsilon-differentially private with epsilon = sensitivity / scale and costs rho = epsilon² / 2
  /// (Bun and Steinke 2016, Proposition 1.4).
  case discreteLaplace(question: String, sensitivity: Sensitivity, scale: PositiveRational)
  /// One of `candidates` chosen by the exponential mechanism with exp(epsilon score / (2
  /// sensitivity)). It has bounded range epsilon and costs rho = epsilon² / 8 (Cesar and Rogers
  /// 2021; bounded range is from Durfee and Rogers 2019).
  case exponentialMechanism(
    question: String, candidates: Int, sensitivity: Sensitivity, epsilon: Epsilon)
  /// The noisy counts above `threshold` of undeclared categories. Costs rho = maximumRowsPerUnit² /
  /// (2 sigmaSquared) and the delta of
  /// ``LabelDisclosure/delta(maximumRowsPerUnit:sigmaSquared:threshold:)``.
  case partitionSelection(
    question: String, maximumRowsPerUnit: Int, sigmaSquared: PositiveRational, threshold: Int)
  /// `steps` vectors of whole numbers, each the sum over a fresh sample of the units. A sample
  /// includes every unit with probability `samplingRate`, independently of all else. A unit changes
  /// a sum by at most `sensitivity` in the L2 norm, and each of the `coordinates` has a draw of
  /// ``FlooredGaussian`` added. The cost is that of ``SubsampledGaussian``: apart from events of
  /// probability `tail` and a little for numerical errors, which are its delta, no Rényi divergence
  /// of order alpha is above rho alpha. See `docs/proofs/noisy-gradient.md`.
  case noisyGradients(
    question: String, samplingRate: Double, sensitivity: Int, steps: Int, coordinates: Int,
    tail: Delta)
  /// Several questions charged at once; costs their sum.
  case composed(question: String, events: [PrivacyEvent])

  /// The question in words. Never holds a value of the table.
  package var question: String {
    switch self {
    case .discreteGaussian(let question, _, _), .discreteLaplace(let question, _, _),
      .exponentialMechanism(let question, _, _, _), .partitionSelection(let question, _, _, _),
      .composed(let question, _),
      .noisyGradients(let question, _, _, _, _, _):
      question
    }
  }
}

/// The scale of the noise on gradient sums, in steps of their grid.
package enum GradientNoise {
  package static let sigmaBits = 24
  /// The standard deviation: 2^24.
  package static let sigma = 1 << sigmaBits
  /// The distances by which one privacy unit may move a sum: a noise multiplier between 0.25 and
  /// 4096.
  package static let sensitivities = (sigma / 4096)...(4 * sigma)
}

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
        rho: Self.rho(
          Sensitivity.counts(maximumRowsPerUnit: rows).value, squaredOver: sigmaSquared, times: 2),
        delta: LabelDisclosure.delta(
          maximumRowsPerUnit: rows, sigmaSquared: sigmaSquared, threshold: threshold))
    case .noisyGradients(_, let rate, let sensitivity, let steps, let coordinates, let tail):
      return NoisyGradientCost.shared.cost(
        samplingRate: rate, sensitivity: sensitivity, steps: steps, coordinates: coordinates,
        tail: tail)
    case .composed(_, let events):
      return events.reduce(PrivacyCost.zero) { $0 + $1.cost }
    }
  }

  private static let one = PositiveRational(lowestTerms: 1, 1)

  /// Returns value² / (divisor * factor), rounded up.
  private static func rho(_ value: Double, squaredOver divisor: PositiveRational, times factor: Int)
    -> Rho
  {
    guard let exact = try? PositiveRational(exactly: value) else { return .zero }
    let scaled = divisor * PositiveRational(lowestTerms: BigUInt(factor), 1)
    return Rho(checked: (exact * exact / scaled).roundedUp)
  }
}

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
      [
        .fixed(
          PrivacyCost(
            rho: DominatingGaussian.rho(sensitivity: sensitivity.value, sigmaSquared: sigmaSquared))
        )
      ]
    case .discreteLaplace(_, let sensitivity, let scale):
      // The loss lies between -epsilon and epsilon.
      [.range(2 * Self.ratio(sensitivity.value, over: scale))]
    case .exponentialMechanism(_, _, _, let epsilon): [.range(epsilon.value)]
    case .partitionSelection(_, let rows, let sigmaSquared, _):
      [
        .fixed(
          PrivacyCost(
            rho: DominatingGaussian.rho(
              sensitivity: Sensitivity.counts(maximumRowsPerUnit: max(rows, 1)).value,
              sigmaSquared: sigmaSquared),
            delta: cost.delta))
      ]
    case .noisyGradients(_, let rate, let sensitivity, let steps, let coordinates, let tail):
      [
        .fixed(
          NoisyGradientCost.shared.cost(
            samplingRate: rate, sensitivity: sensitivity, steps: steps, coordinates: coordinates,
            tail: tail, isGaussian: true))
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
