import DomainLearning
import Encoding
import GraphicalModels
import Privacy

extension Engine {
  /// All that a release learns of a table, within one budget: the domain, where nobody declared it, then the joint distribution.
  ///
  /// - Parameters:
  ///   - rho: for everything together.
  ///   - labelDelta: for naming labels.
  ///   - progress: what it throws ends the run; what was charged stays charged.
  package func learn(
    from curator: Curator, rho: Rho, labelDelta: Delta, options: SynthesisOptions,
    progress: @escaping (SynthesisProgress) throws -> Void = { _ in }
  ) throws -> (domain: LearnedDomain, model: GraphicalModel) {
    let learned = try Engine.learnDomain(from: curator, rho: rho, labelDelta: labelDelta, progress: progress)
    let left = Rho(checked: max(0, (rho.value - curator.spent.rho.value) * (1 - 1e-9)))
    return (learned, try fit(FitContext(curator: curator, learned: learned, rho: left, options: options, progress: progress)))
  }

  /// The first part of every engine's work: the domain, and each variable alone.
  package static func learnDomain(
    from curator: Curator, rho: Rho, labelDelta: Delta, progress: (SynthesisProgress) throws -> Void
  ) throws -> LearnedDomain {
    let count = curator.blueprint.variables.count
    let budget = DomainBudget(total: rho, delta: labelDelta, variables: count)
    var looked = 0.0
    return try DomainLearner(curator: curator, budget: budget, binCount: Discretisation.binCount).learn { name in
      try progress(SynthesisProgress(phase: .domain, fraction: looked / Double(count), detail: name))
      looked += 1
    }
  }
}
