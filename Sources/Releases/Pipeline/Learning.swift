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
    let learned = try Engine.learnDomain(from: curator, rho: account.rho, labelDelta: account.eventDelta, progress: progress)
    let left = Rho(checked: max(0, (account.rho.value - curator.spent.rho.value) * (1 - 1e-9)))
    let model: FittedModel =
      if engine == .gem {
        .network(
          try GenerativeMechanism(
            curator: curator, learned: learned, rho: left, seed: seed ?? SecureRandom().next(), progress: progress
          ).fit())
      } else {
        .graphical(
          try engine.fit(FitContext(curator: curator, learned: learned, rho: left, options: options, progress: progress)))
      }
    return Learned(
      domain: learned, model: model, events: curator.events, spent: curator.spent, isPrivate: curator.isPrivate)
  }
}
