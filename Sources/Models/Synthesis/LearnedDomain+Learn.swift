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
      curator: curator, rho: curator.boundsLength ? rho.share(shareOfOneRow) : rho,
      delta: labelDelta, binCount: Discretisation.binCount)
    var learned = try learner.learn { name, fraction in
      try progress(SynthesisProgress(phase: .domain, fraction: fraction, detail: name))
    }
    if curator.boundsLength { learned = try learned.countingEveryRow(curator, rho: rho) }
    // Noise in small steps costs up to a millionth more than what was asked for.
    let kept = curator.boundsLength ? 1 - 1e-5 : 1 - 1e-9
    return (learned, Rho(checked: max(0, (rho.value - curator.spent.rho.value) * kept)))
  }
}
