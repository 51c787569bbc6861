import Accounting
import Curation
import DomainLearning
import Encoding
import NeuralNetworks

/// The adversarial engine with a guarantee: only the critic sees real rows, through clipped
/// gradients with noise (DP-SGD; Abadi et al. 2016). The generator learns from the critic, from the
/// shares that the search for the domain paid for, and from noisy counts of pairs: post-processing.
///
/// Neighbouring tables differ by one unit of privacy. The cost is that of the pairs and of one
/// ``NoisyGradientPlan``, which is charged before the first step.
package struct PrivateTraining {
  let curator: Curator
  let learned: LearnedDomain
  let rho: Rho
  let delta: Delta
  let options: AdversarialOptions
  let seed: UInt64

  /// - Parameters:
  ///   - rho: The training budget, together with `delta`.
  ///   - seed: The seed of everything but the noise.
  package init(
    curator: Curator, learned: LearnedDomain, rho: Rho, delta: Delta, options: AdversarialOptions,
    seed: UInt64
  ) {
    (self.curator, self.learned, self.rho) = (curator, learned, rho)
    (self.delta, self.options, self.seed) = (delta, options, seed)
  }

  /// Charges, trains and returns the generator.
  /// - Throws: The errors of the budget, ``MechanismError`` if no noise suffices,
  ///   ``TrainingError``, and the errors of `progress`.
  package func fit(progress: (TrainingProgress) throws -> Void) throws -> NetworkModel {
    let trainer = try trainer()
    try TrainingRun(trainer).run(progress: progress)
    return trainer.model(total: learned.total)
  }

  /// Measures the pairs, charges for all steps, and returns the trainer that takes them.
  /// - Throws: The errors of the budget, and ``MechanismError`` if no noise suffices.
  package func trainer() throws -> AdversarialTrainer {
    let heads = ColumnHeads(sizes: learned.domain.sizes)
    let pairs = try PairMeasurement(
      curator: curator, learned: learned, rho: rho.share(options.pairShare)
    ).measure()
    let targets = MomentTargets(
      heads: heads, shares: learned.shares, pairs: pairs, floor: options.shareFloor)
    let state = TrainingState(options: options, targets: targets, seed: seed)
    let critic = CriticGradients(
      heads: heads, width: options.criticWidth, parameters: state.critic.parameters,
      rowCapacity: max(PrivateTraining.rowCapacity, curator.unitRows))
    let rate = min(1, Double(options.sampledRows) / learned.total)
    let plan = try NoisyGradientPlan.calibrated(
      samplingRate: rate, steps: options.steps * options.criticSteps,
      coordinates: state.critic.parameters.count,
      rho: rho.share(1 - options.pairShare), delta: delta)
    let gradients = try curator.noisyGradients(plan, clip: Double(options.clip), of: critic)
    let criticism = PrivateCriticism(
      gradients, clip: options.clip, expectedRows: rate * learned.total)
    return AdversarialTrainer(
      options: options, targets: targets, state: state, real: .noisy(criticism))
  }

  private static let rowCapacity = 512
}

extension AdversarialOptions {
  /// The defaults with a guarantee: a smaller critic, since each of its parameters gets noise,
  /// larger samples, and fewer steps.
  package static var withGuarantee: AdversarialOptions {
    var options = AdversarialOptions()
    options.criticWidth = 64
    options.steps = 1_500
    options.criticWeight = 0.03
    options.shareFloor = 3e-3
    return options
  }
}
