import Accounting
import Curation
import DomainLearning
import Encoding
import GraphicalModels

extension Engine {
  /// Learns all that a release takes from a table, within one budget: the domain, if not declared,
  /// then the joint distribution.
  ///
  /// - Parameters:
  ///   - rho: The whole budget.
  ///   - labelDelta: The delta for naming labels and ticks.
  ///   - progress: Its errors end the run; charges remain.
  package func learn(
    from curator: Curator, rho: Rho, labelDelta: Delta, options: SynthesisOptions,
    progress: @escaping (SynthesisProgress) throws -> Void = { _ in }
  ) throws -> (domain: LearnedDomain, fit: MarginalFit) {
    let (learned, left) = try Engine.learnDomain(from: curator, rho: rho, labelDelta: labelDelta, progress: progress)
    return (learned, try self.fit(FitContext(curator: curator, learned: learned, rho: left, options: options, progress: progress)))
  }

  /// Does the first part of every engine's work: learns the domain and each variable alone, and
  /// returns the rest of rho.
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
