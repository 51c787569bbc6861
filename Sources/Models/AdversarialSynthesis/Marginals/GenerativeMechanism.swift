import Accounting
import Curation
import DomainLearning
import Encoding
import Foundation
import GraphicalModels
import Ledger
import MarginalSynthesis
import Synthesis

/// GEM: a generator network fitted to noisy marginals that are chosen adaptively (Liu, Vietri and
/// Wu 2021, "Iterative Methods for Private Synthetic Data: Unifying Framework and New Methods",
/// arXiv 2106.07153v2, algorithm 2).
///
/// It asks the curator the same questions as AIM, so a release costs the same. But its model is a
/// network of fixed size, while AIM's grows with the measured marginals. Deviations from the paper:
/// whole marginals are measured rather than single queries, chosen by AIM's score with its
/// annealing (McKenna et al. 2022); squared distances weighted by the noise; fresh noise vectors at
/// each step, so that the generator is fitted as a distribution and not at fixed points; a running
/// mean of its parameters.
package struct GenerativeMechanism {
  let curator: Curator
  let learned: LearnedDomain
  let rho: Rho
  let seed: UInt64
  let steps: Steps
  let scale: Scale
  let progress: (SynthesisProgress) throws -> Void

  /// Training steps: after each round of measuring, and at the end.
  package struct Steps: Sendable {
    let round: Int
    let last: Int

    package init(round: Int = 150, last: Int = 2500) { (self.round, self.last) = (round, last) }

    /// Creates that many steps at the end, at least ten, and at most as many after each round.
    package init(last: Int) { self.init(round: min(150, max(last, 10)), last: max(last, 10)) }
  }

  /// The network's capacity to fit. It does not affect a question's cost.
  package struct Scale: Sendable {
    let shape: GeneratorShape
    let batchRows: Int

    package init(
      shape: GeneratorShape = GeneratorShape(noiseWidth: 64, width: 256, isConditional: false),
      batchRows: Int = 512
    ) {
      (self.shape, self.batchRows) = (shape, batchRows)
    }
  }

  private static let stepsPerVariable = 4.0
  private static let order = 3

  package init(
    curator: Curator, learned: LearnedDomain, rho: Rho, seed: UInt64, steps: Steps = Steps(),
    scale: Scale = Scale(),
    progress: @escaping (SynthesisProgress) throws -> Void = { _ in }
  ) {
    (self.curator, self.learned, self.rho, self.seed) = (curator, learned, rho, seed)
    (self.steps, self.scale, self.progress) = (steps, scale, progress)
  }

  private var sizes: [Int] { learned.domain.sizes }

  /// Fits the generator, spending at most `rho`.
  package func fit() throws -> NetworkModel {
    let targets = learned.oneWay.map {
      MarginalTarget(
        attributes: [$0.attribute], values: $0.values, variances: $0.variances, total: learned.total
      )
    }
    let fitter = MarginalFitter(sizes: sizes, shares: learned.shares, scale: scale, seed: seed)
    let budget = AnnealedBudget(
      rho, steps: Self.stepsPerVariable * Double(sizes.count), unitRows: curator.unitRows)
    var state = State(budget: budget, targets: targets)
    fitter.fit(state.targets, steps: 2 * steps.round, rate: 1e-3...1e-3)
    let marked = Set(
      learned.domain.variables.indices.filter { learned.domain.variables[$0].isTarget })
    let workload = Workload(order: Self.order, count: sizes.count, targets: marked)
    while sizes.count > 1, !state.budget.isSpent {
      try progress(
        SynthesisProgress(
          phase: .fitting, fraction: 0.8 * state.budget.spentShare,
          detail: "\(state.targets.count - targets.count) marginals"))
      let chosen = try round(&state, fitter: fitter, workload: workload)
      guard !chosen.isEmpty else { break }
      fitter.fit(state.targets, steps: steps.round, rate: 5e-4...1e-3)
      state.budget.anneal(
        before: chosen.map(\.expected),
        after: fitter.marginals(chosen.map(\.attributes)).map { $0.map { $0 * learned.total } })
    }
    for part in 0..<10 {
      try progress(
        SynthesisProgress(phase: .fitting, fraction: 0.8 + 0.02 * Double(part), detail: "last fit"))
      let (high, low) = (1e-3 * pow(0.7, Float(part)), 1e-3 * pow(0.7, Float(part + 1)))
      fitter.fit(state.targets, steps: steps.last / 10, rate: low...high)
    }
    return fitter.model(total: learned.total)
  }

  /// Chooses and measures a few marginals, all against the same model, that share at most one
  /// variable.
  private func round(_ state: inout State, fitter: MarginalFitter, workload: Workload) throws
    -> [MarginalCandidate]
  {
    let noise = state.budget.noisePerCell
    let mostCells = max(learned.total / noise, 4)
    let admissible = workload.candidates(measured: state.targets.map { Clique($0.attributes) }).map(
      \.attributes
    ).filter { attributes in
      attributes.reduce(1.0) { $0 * Double(sizes[$1]) } <= mostCells
    }
    let expected = fitter.marginals(admissible)
    var open = zip(admissible, expected).map { attributes, shares in
      MarginalCandidate(
        attributes: attributes, weight: workload.weight(of: Clique(attributes)),
        penalty: noise * Double(shares.count),
        expected: shares.map { $0 * learned.total })
    }
    var chosen: [MarginalCandidate] = []
    while chosen.count < max(1, sizes.count / 4), !open.isEmpty, !state.budget.isSpent {
      let (selection, measurement) = state.budget.next()
      let candidate = open[try curator.worst(of: open, rho: selection)]
      let counts = try curator.marginal(of: candidate.attributes, rho: measurement)
      state.targets.append(
        MarginalTarget(
          attributes: candidate.attributes, values: counts.values.map(Double.init),
          variances: [Double](repeating: counts.variance, count: counts.values.count),
          total: learned.total))
      chosen.append(candidate)
      open.removeAll { $0.attributes.count(where: candidate.attributes.contains) > 1 }
    }
    return chosen
  }

  private struct State {
    var budget: AnnealedBudget
    var targets: [MarginalTarget]
  }
}
