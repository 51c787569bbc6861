import Accounting
import Curation
import DomainLearning

extension LearnedDomain {
  /// Does the first part of every engine's work: learns the domain and each variable alone, and
  /// returns the rest of rho.
  package static func learn(
    from curator: Curator, rho: Rho, labelDelta: Delta, progress: (SynthesisProgress) throws -> Void
  ) throws -> (domain: LearnedDomain, left: Rho) {
    let learner = DomainLearner(
      curator: curator, rho: rho, delta: labelDelta, binCount: Discretisation.binCount)
    let learned = try learner.learn { name, fraction in
      try progress(SynthesisProgress(phase: .domain, fraction: fraction, detail: name))
    }
    return (learned, Rho(checked: max(0, (rho.value - curator.spent.rho.value) * (1 - 1e-9))))
  }
}
