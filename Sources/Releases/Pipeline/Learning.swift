import AdversarialSynthesis
import DomainLearning
import Encoding
import MarginalSynthesis
import Privacy

/// What a release learned from the rows, all of it paid for.
struct Learned {
  let domain: LearnedDomain
  let model: FittedModel
  let events: [RecordedEvent]
  let spent: PrivacyCost
  let isPrivate: Bool

  /// About how many rows there are.
  var rows: Int { max(1, Int(model.total.rounded())) }
}

extension SynthesisRequest {
  /// Puts all questions to the curator, first about the domain, then about the joint distribution.
  func learn(
    from table: consuming SensitiveTable, blueprint: Blueprint, account: Account, progress: @escaping (SynthesisProgress) throws -> Void
  ) throws -> Learned {
    let curator =
      if seed == nil && probe == nil {
        Curator(table, blueprint: blueprint, budget: account.session)
      } else {
        Curator(testing: table, blueprint: blueprint, budget: account.session, seed: seed, probe: probe)
      }
    let (learned, model) = try fit(curator, account: account, progress: progress)
    return Learned(
      domain: learned, model: model, events: curator.events, spent: curator.spent, isPrivate: curator.isPrivate)
  }

  private func fit(
    _ curator: Curator, account: Account, progress: @escaping (SynthesisProgress) throws -> Void
  ) throws -> (domain: LearnedDomain, model: FittedModel) {
    if engine != .gan {
      let (learned, model) = try engine.learn(
        from: curator, rho: account.rho, labelDelta: account.labelDelta, options: options, progress: progress)
      return (learned, .graphical(model))
    }
    let learned = try Engine.learnDomain(from: curator, rho: account.rho, labelDelta: account.labelDelta, progress: progress)
    let left = Rho(checked: max(0, (account.rho.value - curator.spent.rho.value) * (1 - 1e-9)))
    let model = try training(curator, learned, rho: left, account: account).fit {
      try progress(SynthesisProgress(training: $0, note: "all of epsilon charged"))
    }
    return (learned, .network(model))
  }

  private func training(_ curator: Curator, _ learned: LearnedDomain, rho: Rho, account: Account) -> PrivateTraining {
    var options = AdversarialOptions.withGuarantee
    if let trainingSteps { options.steps = trainingSteps }
    return PrivateTraining(
      curator: curator, learned: learned, rho: rho, delta: account.trainingDelta, options: options, seed: seed ?? SecureRandom().next())
  }
}
