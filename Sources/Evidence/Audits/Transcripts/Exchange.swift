import Accounting
import Curation
import Foundation

/// A question to the curator with its exact and its noisy answer.
struct Exchange: Sendable {
  let question: Question
  let exact: Answer
  let noisy: Answer
}

extension [Exchange] {
  /// Returns log Pr[these noisy answers | these exact ones] - log Pr[the same noisy answers | the
  /// exact ones of `others`], separately for counts, labels and choices. Their sum is the ratio of
  /// everything, but if one kind of noise is not as stated, other weights tell more.
  ///
  /// Compares the neighbours' transcripts question for question; `events` say which noise answered
  /// each. Ratios are cut off at ``certain``, which stands for answers that the other table could
  /// not have given.
  func logLikelihoodRatios(to others: [Exchange], events: [PrivacyEvent]) -> [Double] {
    guard count == others.count, count == events.count else {
      return [Self.certain, Self.certain, Self.certain]
    }
    var sums = [0.0, 0, 0]
    for (place, event) in events.enumerated() {
      sums[self[place].noisy.kind] += self[place].noisy.logRatio(
        exact: self[place].exact, other: others[place].exact, event: event)
    }
    return sums.map { Swift.min(Swift.max($0, -Self.certain), Self.certain) }
  }

  /// A value beyond any likelihood ratio that these budgets bring.
  static var certain: Double { 50 }
}

extension Answer {
  fileprivate var kind: Int {
    switch self {
    case .counts: 0
    case .labels, .ticks: 1
    case .choice, .scores: 2
    }
  }

  /// Returns the logarithm of how much likelier this answer is given one exact answer than given
  /// another, under the noise of an event.
  fileprivate func logRatio(exact: Answer, other: Answer, event: PrivacyEvent) -> Double {
    switch (self, exact, other, event) {
    case (
      .counts(let noisy), .counts(let one), .counts(let two),
      .discreteGaussian(_, _, let sigmaSquared)
    ):
      guard noisy.count == one.count, noisy.count == two.count else { return .infinity }
      var squares = 0.0
      for index in noisy.indices where one[index] != two[index] {
        let (near, far) = (Double(noisy[index] - one[index]), Double(noisy[index] - two[index]))
        squares += far * far - near * near
      }
      return squares / (2 * sigmaSquared.roundedUp)
    case (
      .labels(let noisy), .labels(let one), .labels(let two),
      .partitionSelection(_, _, let sigmaSquared, let threshold)
    ):
      let law = LabelLaw(
        shown: noisy, threshold: threshold,
        law: DiscreteGaussianLaw(variance: sigmaSquared.roundedUp))
      return law.logProbability(one) - law.logProbability(two)
    case (
      .ticks(let noisy), .ticks(let one), .ticks(let two),
      .partitionSelection(_, _, let sigmaSquared, let threshold)
    ):
      let law = LabelLaw(
        shown: noisy.asLabels, threshold: threshold,
        law: DiscreteGaussianLaw(variance: sigmaSquared.roundedUp))
      return law.logProbability(one.asLabels) - law.logProbability(two.asLabels)
    case (
      .choice(let chosen), .scores(let one), .scores(let two),
      .exponentialMechanism(_, _, let sensitivity, let epsilon)
    ):
      let scale = epsilon.value / (2 * sensitivity.value)
      return Answer.logProbability(of: chosen, scores: one, scale: scale)
        - Answer.logProbability(of: chosen, scores: two, scale: scale)
    default: return 0
    }
  }

  private static func logProbability(of chosen: Int, scores: [Double], scale: Double) -> Double {
    let best = scores.max() ?? 0
    return scale * (scores[chosen] - best) - log(scores.reduce(0) { $0 + exp(scale * ($1 - best)) })
  }
}

extension DiscoveredTicks {
  /// The same selection with each tick as a label; it says nothing about missing cells.
  fileprivate var asLabels: DiscoveredLabels {
    DiscoveredLabels(
      labels: ticks.map { LabelCount(label: "\($0.tick)", count: $0.count) }, missing: 0,
      variance: variance)
  }
}

/// The probability that exactly these labels show, with these noisy counts.
private struct LabelLaw {
  let shown: DiscoveredLabels
  let threshold: Int
  let law: DiscreteGaussianLaw

  func logProbability(_ exact: DiscoveredLabels) -> Double {
    let counts = Dictionary(uniqueKeysWithValues: exact.labels.map { ($0.label, $0.count) })
    let noisy = Dictionary(uniqueKeysWithValues: shown.labels.map { ($0.label, $0.count) })
    var sum = law.logMass(shown.missing - exact.missing)
    for (label, count) in noisy {
      sum += counts[label].map { law.logMass(count - $0) } ?? -.infinity
    }
    for (label, count) in counts where noisy[label] == nil {
      sum += law.logProbability(atMost: threshold - count)
    }
    return sum
  }
}

/// The probabilities of discrete Gaussian noise, for an adversary who weighs answers. Never used to
/// draw noise.
struct DiscreteGaussianLaw {
  private let variance: Double
  private let logTotal: Double
  private let reach: Int

  /// - Parameter variance: the variance parameter.
  init(variance: Double) {
    self.variance = variance
    let reach = Int((40 * variance.squareRoot()).rounded(.up)) + 2
    self.reach = reach
    logTotal = log(
      (1...reach).reversed().reduce(0) { $0 + 2 * exp(-Double($1) * Double($1) / (2 * variance)) }
        + 1)
  }

  func logMass(_ value: Int) -> Double {
    -Double(value) * Double(value) / (2 * variance) - logTotal
  }

  /// Returns the logarithm of the probability of `most` or less.
  func logProbability(atMost most: Int) -> Double {
    if most < -reach { return logMass(most) }
    let below = (-reach...min(most, reach)).reduce(0) { $0 + exp(logMass($1)) }
    return log(min(1, below))
  }

  /// Returns the smallest delta, rounded up, that holds at `epsilon` if a count is `shift` larger
  /// in one table than in the other.
  func delta(epsilon: Double, shift: Int) -> Double {
    let sum = (-reach...reach + shift).reduce(0) {
      $0 + max(0, exp(logMass($1 - shift)) - exp(epsilon + logMass($1)))
    }
    return min(1, sum * (1 + 1e-9) + 1e-15)
  }
}
