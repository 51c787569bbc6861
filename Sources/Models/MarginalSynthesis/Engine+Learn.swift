import Accounting
import Curation
import DomainLearning
import Encoding
import GraphicalModels

extension Engine {
  /// All that a release learns of a table, within one budget: the domain, where nobody declared it, then the joint distribution.
  ///
  /// - Parameters:
  ///   - rho: for everything together.
  ///   - labelDelta: for naming labels and ticks.
  ///   - progress: what it throws ends the run; what was charged stays charged.
  package func learn(
    from curator: Curator, rho: Rho, labelDelta: Delta, options: SynthesisOptions,
    progress: @escaping (SynthesisProgress) throws -> Void = { _ in }
  ) throws -> (domain: LearnedDomain, model: GraphicalModel) {
    let (learned, left) = try Engine.learnDomain(from: curator, rho: rho, labelDelta: labelDelta, progress: progress)
    return (learned, try fit(FitContext(curator: curator, learned: learned, rho: left, options: options, progress: progress)))
  }

  /// The first part of every engine's work: the domain, and each variable alone; and what it left of rho.
  package static func learnDomain(
    from curator: Curator, rho: Rho, labelDelta: Delta, progress: (SynthesisProgress) throws -> Void
  ) throws -> (domain: LearnedDomain, left: Rho) {
    let learner = DomainLearner(curator: curator, rho: rho, delta: labelDelta, binCount: Discretisation.binCount)
    let learned = try learner.learn { name, fraction in
      try progress(SynthesisProgress(phase: .domain, fraction: fraction, detail: name))
    }
    return (learned, Rho(checked: max(0, (rho.value - curator.spent.rho.value) * (1 - 1e-9))))
  }
}
