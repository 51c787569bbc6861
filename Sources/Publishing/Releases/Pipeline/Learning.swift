import Accounting
import AdversarialSynthesis
import Curation
import DomainLearning
import Encoding
import GraphicalModels
import MarginalSynthesis
import Mechanisms

/// The result of a release's questions to the rows, all of it paid for.
struct Learned {
  let domain: LearnedDomain
  let model: FittedModel
  /// The noisy marginals that the model was fitted to; empty if it is a network.
  let measurements: [Measurement]
  /// The columns about which nothing was learned, see ``UnlearnedColumns``.
  let unlearned: [String]
  private(set) var events: [RecordedEvent]
  private(set) var spent: PrivacyCost
  let isPrivate: Bool

  /// The approximate number of rows.
  var rows: Int { max(1, Int(model.total.rounded())) }

  /// Takes over the questions asked since.
  mutating func settle(_ curator: Curator) { (events, spent) = (curator.events, curator.spent) }
}

extension SynthesisRequest {
  /// Returns the curator, the only door to the rows of this run.
  func curator(of table: consuming SensitiveTable, blueprint: Blueprint, account: Account) -> Curator {
    if let probe { return Curator(audited: table, blueprint: blueprint, budget: account.session, seed: seed, probe: probe) }
    if let seed { return Curator(seeded: table, blueprint: blueprint, budget: account.session, seed: seed) }
    return Curator(table, blueprint: blueprint, budget: account.session)
  }

  /// Puts all questions to the curator, first about the domain, then about the joint distribution.
  ///
  /// - Parameter onDomain: called with the domain before anything else is asked; an error that it
  ///   throws ends the run.
  func learn(
    from curator: Curator, rho: Rho, account: Account, progress: @escaping (SynthesisProgress) throws -> Void,
    onDomain: (LearnedDomain) throws -> Void
  ) throws -> Learned {
    let (learned, left) = try Engine.learnDomain(from: curator, rho: rho, labelDelta: account.labelDelta, progress: progress)
    try onDomain(learned)
    let (model, measurements) = try fit(curator, learned, rho: left, account: account, progress: progress)
    return Learned(
      domain: learned, model: model, measurements: measurements,
      unlearned: UnlearnedColumns.names(of: learned, in: curator.blueprint.schema),
      events: curator.events, spent: curator.spent, isPrivate: curator.isPrivate)
  }

  /// Fits the joint distribution with the requested engine, within the rho that the domain left.
  private func fit(
    _ curator: Curator, _ learned: LearnedDomain, rho: Rho, account: Account, progress: @escaping (SynthesisProgress) throws -> Void
  ) throws -> (FittedModel, [Measurement]) {
    let seed = seed ?? SecureRandom().next()
    switch engine {
    case .gem:
      // Steps work on answers that are paid for. Their number is public and costs nothing.
      let steps = trainingSteps.map(GenerativeMechanism.Steps.init(last:)) ?? GenerativeMechanism.Steps()
      let mechanism = GenerativeMechanism(curator: curator, learned: learned, rho: rho, seed: seed, steps: steps, progress: progress)
      return (.network(try mechanism.fit()), [])
    case .gan:
      var options = AdversarialOptions.withGuarantee
      if let trainingSteps { options.steps = trainingSteps }
      let training = PrivateTraining(
        curator: curator, learned: learned, rho: rho, delta: account.trainingDelta, options: options, seed: seed)
      return (.network(try training.fit { try progress(SynthesisProgress(training: $0, note: "all of epsilon charged")) }), [])
    case .aim, .mst, .independent:
      let fit = try engine.fit(FitContext(curator: curator, learned: learned, rho: rho, options: options, progress: progress))
      return (.graphical(fit.model), fit.measurements)
    }
  }
}
