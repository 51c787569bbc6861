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
    let (learned, left) = try Self.learnDomain(from: curator, rho: rho, labelDelta: labelDelta, progress: progress)
    return (learned, try fit(FitContext(curator: curator, learned: learned, rho: left, options: options, progress: progress)))
  }

  /// Asks about the domain, and says what is left of `rho`.
  package static func learnDomain(
    from curator: Curator, rho: Rho, labelDelta: Delta, progress: (SynthesisProgress) throws -> Void = { _ in }
  ) throws -> (domain: LearnedDomain, left: Rho) {
    let count = curator.blueprint.variables.count
    let budget = DomainBudget(total: rho, delta: labelDelta, variables: count)
    var looked = 0.0
    let learned = try DomainLearner(curator: curator, budget: budget, binCount: Discretisation.binCount).learn { name in
      try progress(SynthesisProgress(phase: .domain, fraction: looked / Double(count), detail: name))
      looked += 1
    }
    return (learned, Rho(checked: max(0, (rho.value - curator.spent.rho.value) * (1 - 1e-9))))
  }
}
