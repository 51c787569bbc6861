import Accounting
import Curation
import DomainLearning
import GraphicalModels
import Ledger
import Synthesis

/// AIM (McKenna, Mullins, Sheldon, Miklau 2022, arXiv 2201.12677, algorithm 4): in each round, the
/// marginal that the model approximates worst is chosen privately and measured, and the model is
/// fitted to all measurements.
///
/// Deviations, with their reasons in docs/decisions: several marginals are measured between two
/// fits; those of one round share at most one variable; variables of many codes are looked at in
/// groups of codes too (``CoarseAttributes``); a marginal is a candidate only while its
/// noise is smaller than the table; in wide tables a marginal of three or more becomes one only
/// once measured marginals link its variables; the one-way marginals come from the search for the
/// domain; estimation shrinks.
struct AdaptiveIterativeMechanism {
  let context: FitContext

  private var variables: Int { context.coarse.variables }

  private var stepsPerVariable: Double {
    AnnealedBudget.stepsPerVariable(
      context.rho, rows: context.learned.total, variables: variables,
      unitRows: context.curator.answerRows)
  }

  func fit() throws -> MarginalFit {
    let steps = stepsPerVariable * Double(variables)
    var state = State(
      budget: AnnealedBudget(context.rho, steps: steps, unitRows: context.curator.answerRows),
      measurements: context.oneWay)
    var model = try context.fit(state.measurements, step: report(state))
    guard variables > 1 else { return MarginalFit(model: model, measurements: state.measurements) }
    let workload = Workload(
      order: context.options.workloadOrder, count: variables, targets: context.targets)
    while !state.budget.isSpent {
      let chosen = try round(&state, model: model, workload: workload)
      guard !chosen.isEmpty else { break }
      let before = try model.marginals(of: chosen)
      model = try context.fit(state.measurements, from: model, step: report(state))
      state.budget.anneal(before: before, after: try model.marginals(of: chosen))
    }
    return try context.lastFit(state.measurements, from: model, step: report(state))
  }

  /// Returns a function that tells the progress of a part of the work, and ends it on request.
  private func report(_ state: State) -> () throws -> Void {
    let progress = SynthesisProgress(
      phase: .fitting, fraction: min(state.budget.spentShare, 1),
      detail: "\(state.measurements.count - context.oneWay.count) marginals")
    return { try context.progress(progress) }
  }

  /// The most marginals that are measured between two fits.
  static func choicesPerRound(variables: Int) -> Int { max(1, variables / 4) }

  /// Chooses and measures a few marginals, all against the same model.
  private func round(_ state: inout State, model: GraphicalModel, workload: Workload) throws
    -> [Clique]
  {
    var contest = try contest(state, model: model, workload: workload)
    var chosen: [Clique] = []
    let most = AdaptiveIterativeMechanism.choicesPerRound(variables: variables)
    while chosen.count < most, !state.budget.isSpent {
      let report = report(state)
      let size = modelSize(state)
      let isFitting = { (candidates: [[Int]]) in
        try report()
        return size.allows(candidates.map { Clique($0) })
      }
      guard try keepOneAllowed(in: &contest, isFitting) else { break }
      let (selection, measurement) = state.budget.next()
      let clique = Clique(
        try context.curator.worst(in: &contest, rho: selection, allowing: isFitting))
      state.measurements.append(try context.measure(clique, rho: measurement))
      chosen.append(clique)
      let own = context.coarse.variables(behind: clique).attributes
      contest.remove { $0.count { own.contains(context.coarse.variable(behind: $0)) } > 1 }
    }
    return chosen
  }

  /// Takes candidates that are not allowed out of the contest until the first one is. Returns
  /// whether there is one: if not, no choice should be paid for.
  private func keepOneAllowed(
    in contest: inout MarginalContest, _ areAllowed: ([[Int]]) throws -> [Bool]
  ) throws -> Bool {
    var refused = 0
    var part = 1
    while refused < contest.candidates.count {
      let answers = try areAllowed(Array(contest.candidates[refused...].prefix(part)))
      let first = answers.firstIndex(of: true)
      refused += first ?? answers.count
      if first != nil { break }
      part = min(2 * part, 4_096)
    }
    let isOneAllowed = refused < contest.candidates.count
    contest.removeFirst(refused)
    return isOneAllowed
  }

  /// Compares the candidates whose noise is smaller than the table with the model. A public rule.
  private func contest(_ state: State, model: GraphicalModel, workload: Workload) throws
    -> MarginalContest
  {
    let noise = state.budget.noisePerCell
    let mostCells = max(model.total / noise, 4)
    let measured = state.measurements.map { context.coarse.variables(behind: $0.clique) }
    let looks = context.coarse.looks(at: workload.candidates(measured: measured))
    let audible = looks.filter { Double($0.saturatingCellCount(sizes: context.sizes)) <= mostCells }
    // In a wide table, relations of three columns come as they are suggested.
    let isWide = Workload.isWide(order: workload.order, count: workload.count)
    let coming = isWide ? looks.filter { $0.count < 3 } + audible : looks
    let report = report(state)
    let weight = { (clique: Clique) in workload.weight(of: context.coarse.variables(behind: clique))
    }
    return try CandidateScores(context: context, model: model)
      .contest(of: audible, among: coming, weight: weight, penalty: noise) { _ in try report() }
  }

  /// The model's size with the measurements so far, and its limit, which grows with the budget
  /// spent, as in the paper.
  private func modelSize(_ state: State) -> ModelSize {
    let share = max(state.budget.spentShare, state.budget.stepShare)
    return ModelSize(
      measured: state.measurements.map(\.clique), ruled: context.fixed,
      sizes: context.sizes,
      limit: Double(context.modelCells) * share)
  }

  private struct State {
    var budget: AnnealedBudget
    var measurements: [Measurement]
  }
}
