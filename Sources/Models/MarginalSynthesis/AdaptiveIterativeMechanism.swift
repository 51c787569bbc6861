import Accounting
import Curation
import DomainLearning
import GraphicalModels
import Ledger

/// AIM (McKenna, Mullins, Sheldon, Miklau 2022, arXiv 2201.12677, algorithm 4): in each round, the
/// marginal that the model approximates worst is chosen privately and measured, and the model is
/// fitted to all measurements.
///
/// Deviations, with their reasons in docs/decisions: several marginals are measured between two
/// fits; those of one round share at most one variable; a marginal is a candidate only while its
/// noise is smaller than the table; in wide tables a marginal of three or more becomes one only
/// once measured marginals link its variables; the one-way marginals come from the search for the
/// domain; estimation shrinks.
struct AdaptiveIterativeMechanism {
  let context: FitContext

  /// The number of steps planned per variable, before annealing makes them larger and fewer (16 in
  /// the paper). Fewer if there are few rows for the noise: many faint marginals say less than a
  /// few clear ones.
  private var stepsPerVariable: Double {
    let signal =
      context.learned.total / Double(context.curator.unitRows) * (2 * context.rho.value / Double(context.sizes.count)).squareRoot()
    return min(max(4 * (signal / 1_000).squareRoot(), 0.5), 4)
  }

  func fit() throws -> GraphicalModel {
    let steps = stepsPerVariable * Double(context.sizes.count)
    var state = State(
      budget: AnnealedBudget(context.rho, steps: steps, unitRows: context.curator.unitRows), measurements: context.oneWay)
    var model = try context.fit(state.measurements)
    guard context.sizes.count > 1 else { return model }
    let workload = Workload(order: context.options.workloadOrder, count: context.sizes.count, targets: context.targets)
    while !state.budget.isSpent {
      try context.progress(
        SynthesisProgress(
          phase: .fitting, fraction: state.budget.spentShare,
          detail: "\(state.measurements.count - context.oneWay.count) marginals"))
      let chosen = try round(&state, model: model, workload: workload)
      guard !chosen.isEmpty else { break }
      model = try context.fit(state.measurements, from: model)
      state.budget.anneal(
        before: chosen.map(\.expected), after: try model.marginals(of: chosen.map { Clique($0.attributes) }))
    }
    return try context.fit(state.measurements, from: model, isLast: true)
  }

  /// Chooses and measures a few marginals, all against the same model, and returns them with its
  /// expected counts.
  private func round(
    _ state: inout State, model: GraphicalModel, workload: Workload
  ) throws -> [MarginalCandidate] {
    let admissible = self.admissible(workload, state: state, model: model)
    guard !admissible.isEmpty else { return [] }
    let expected = try model.marginals(of: admissible)
    let noise = state.budget.noisePerCell
    var open = zip(admissible, expected).map { clique, expected in
      MarginalCandidate(
        attributes: clique.attributes, weight: workload.weight(of: clique), penalty: noise * Double(expected.count), expected: expected)
    }
    var chosen: [MarginalCandidate] = []
    let most = max(1, context.sizes.count / 4)
    while chosen.count < most, !open.isEmpty, !state.budget.isSpent {
      let (selection, measurement) = state.budget.next()
      let candidate = open[try context.curator.worst(of: open, rho: selection)]
      let clique = Clique(candidate.attributes)
      state.measurements.append(try context.measure(clique, rho: measurement))
      chosen.append(candidate)
      open.removeAll { other in other.attributes.count(where: clique.attributes.contains) > 1 }
      let fits = fitting(open.map { Clique($0.attributes) }, state: state)
      open = zip(open, fits).filter(\.1).map(\.0)
    }
    return chosen
  }

  /// Returns the candidates whose noise is smaller than the table and with which the model stays
  /// within its limit. Public rules.
  private func admissible(_ workload: Workload, state: State, model: GraphicalModel) -> [Clique] {
    let mostCells = max(model.total / state.budget.noisePerCell, 4)
    let audible = workload.candidates(measured: state.measurements.map(\.clique))
      .filter { Double($0.saturatingCellCount(sizes: context.sizes)) <= mostCells }
    return zip(audible, fitting(audible, state: state)).filter(\.1).map(\.0)
  }

  /// Returns whether the model stays within its limit with each clique. The limit grows with the
  /// budget spent, as in the paper.
  private func fitting(_ cliques: [Clique], state: State) -> [Bool] {
    let share = max(state.budget.spentShare, state.budget.stepShare)
    let limit = max(Double(context.options.modelCells) * share, 20_000)
    let oracle = JunctionTree.SizeOracle(cliques: state.measurements.map(\.clique), sizes: context.sizes)
    return oracle.cells(adding: cliques).map { Double($0) <= limit }
  }

  private struct State {
    var budget: AnnealedBudget
    var measurements: [Measurement]
  }
}
