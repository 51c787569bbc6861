import DomainLearning
import GraphicalModels
import Privacy

/// AIM (McKenna, Mullins, Sheldon, Miklau 2022, arXiv 2201.12677, algorithm 4): round after round, the marginal that the model
/// approximates worst is chosen privately and measured, and the model fitted to all measurements.
///
/// Deviations, with their reasons in docs/decisions: several marginals are measured between two fits; those of one round share at most
/// one variable; a marginal is a candidate only while its noise is smaller than the table; in wide tables a marginal of three or more is
/// one only once measured marginals link its variables; the one-way marginals come from the search for the domain; estimation shrinks.
struct AdaptiveIterativeMechanism {
  let context: FitContext

  /// Of a step's budget, what chooses; the rest measures (α = 0.9 in the paper).
  static let selectionShare = 0.1
  /// Steps planned for each variable, before annealing makes them larger and fewer (16 in the paper). Fewer where the rows are few for the
  /// noise: many faint marginals say less than some that are heard.
  private var stepsPerVariable: Double {
    let signal =
      context.learned.total / Double(context.curator.unitRows) * (2 * context.rho.value / Double(context.sizes.count)).squareRoot()
    return min(max(4 * (signal / 1_000).squareRoot(), 0.5), 4)
  }

  func fit() throws -> GraphicalModel {
    var state = State(step: context.rho.value / (stepsPerVariable * Double(context.sizes.count)))
    state.measurements = context.oneWay
    var model = try context.fit(state.measurements)
    guard context.sizes.count > 1 else { return model }
    let workload = Workload(order: context.options.workloadOrder, count: context.sizes.count, targets: context.targets)
    while state.spent < context.rho.value * (1 - 1e-9) {
      try context.progress(
        SynthesisProgress(
          phase: .fitting, fraction: state.spent / context.rho.value,
          detail: "\(state.measurements.count - context.oneWay.count) marginals"))
      let chosen = try round(&state, model: model, workload: workload)
      guard !chosen.isEmpty else { break }
      model = try context.fit(state.measurements, from: model)
      state.anneal(
        before: chosen.map(\.expected), after: try model.marginals(of: chosen.map { Clique($0.attributes) }),
        unitRows: context.curator.unitRows)
    }
    return try context.fit(state.measurements, from: model, isLast: true)
  }

  /// Chooses and measures a few marginals, all against the same model, and returns them with what it expected of them.
  private func round(
    _ state: inout State, model: GraphicalModel, workload: Workload
  ) throws -> [MarginalCandidate] {
    let admissible = self.admissible(workload, state: state, model: model)
    guard !admissible.isEmpty else { return [] }
    let expected = try model.marginals(of: admissible)
    let noise = state.noisePerCell(unitRows: context.curator.unitRows)
    var open = zip(admissible, expected).map { clique, expected in
      MarginalCandidate(
        attributes: clique.attributes, weight: workload.weight(of: clique), penalty: noise * Double(expected.count), expected: expected)
    }
    var chosen: [MarginalCandidate] = []
    let most = max(1, context.sizes.count / 4)
    while chosen.count < most, !open.isEmpty, state.spent < context.rho.value * (1 - 1e-9) {
      let step = state.nextStep(total: context.rho.value)
      let rho = Rho(checked: step)
      let index = try context.curator.worst(of: open, rho: rho.share(AdaptiveIterativeMechanism.selectionShare))
      let candidate = open[index]
      let clique = Clique(candidate.attributes)
      state.measurements.append(try context.measure(clique, rho: rho.share(1 - AdaptiveIterativeMechanism.selectionShare)))
      state.spent += step
      chosen.append(candidate)
      open.removeAll { other in other.attributes.count(where: clique.attributes.contains) > 1 }
      let fits = fitting(open.map { Clique($0.attributes) }, state: state)
      open = zip(open, fits).filter(\.1).map(\.0)
    }
    return chosen
  }

  /// The candidates whose noise is smaller than the table and with which the model stays inside its limit. Public rules.
  private func admissible(_ workload: Workload, state: State, model: GraphicalModel) -> [Clique] {
    let mostCells = max(model.total / state.noisePerCell(unitRows: context.curator.unitRows), 4)
    let audible = workload.candidates(measured: state.measurements.map(\.clique))
      .filter { Double($0.saturatingCellCount(sizes: context.sizes)) <= mostCells }
    return zip(audible, fitting(audible, state: state)).filter(\.1).map(\.0)
  }

  /// Whether the model stays inside its limit with each clique. It may grow with what was spent, as in the paper.
  private func fitting(_ cliques: [Clique], state: State) -> [Bool] {
    let share = max(state.spent, state.step) / context.rho.value
    let limit = max(Double(context.options.modelCells) * share, 20_000)
    let oracle = JunctionTree.SizeOracle(cliques: state.measurements.map(\.clique), sizes: context.sizes)
    return oracle.cells(adding: cliques).map { Double($0) <= limit }
  }

  private struct State {
    /// Rho of one choice and its measurement.
    var step: Double
    var spent = 0.0
    var measurements: [Measurement] = []

    init(step: Double) { self.step = step }

    /// The expected absolute error of a measured cell, in rows.
    func noisePerCell(unitRows: Int) -> Double {
      Double(unitRows) / (2 * step * (1 - AdaptiveIterativeMechanism.selectionShare)).squareRoot() * (2 / Double.pi).squareRoot()
    }

    /// What the next choice and measurement may spend: all that is left where little more is.
    func nextStep(total: Double) -> Double {
      let left = total - spent
      return left < 2 * step ? left : step
    }

    /// Halves the noise where measuring changed the model by less than the noise does.
    mutating func anneal(before: [[Double]], after: [[Double]], unitRows: Int) {
      var change = 0.0
      var cells = 0
      for (old, new) in zip(before, after) {
        for (first, second) in zip(old, new) { change += abs(first - second) }
        cells += old.count
      }
      if change <= noisePerCell(unitRows: unitRows) * Double(cells) { step *= 4 }
    }
  }
}
