import MarginalSynthesis
import Synthesis

/// A generator fitted to noisy marginals that are chosen adaptively (GEM; Liu, Vietri, Wu 2021): a
/// model of fixed size.
package struct GEMSynthesizer: Synthesizer {
  package let name = "gem"
  package let budget = EngineBudget(selection: AnnealedBudget.selectionShare)
  package let takesSteps = true

  package init() {}

  /// Steps work on answers that are paid for. Their number is public and costs nothing.
  package func fit(_ inputs: FitInputs) throws -> NetworkModel {
    let steps =
      inputs.options.trainingSteps.map(GenerativeMechanism.Steps.init(last:))
      ?? GenerativeMechanism.Steps()
    return try GenerativeMechanism(
      curator: inputs.curator, learned: inputs.learned, rho: inputs.rho, seed: inputs.seed,
      steps: steps, progress: inputs.progress
    ).fit()
  }

  package func estimate(_ table: PlannedTable) -> FitEstimate {
    let marginals = table.adaptiveMarginals
    let (candidates, usualCells) = (table.candidates, table.usualCells(marginals: marginals))
    let steps = Double(table.options.trainingSteps.map { $0 + 2 * min($0, 150) } ?? 3_000)
    let parameters = table.generatorParameters(isConditional: false) + marginals * usualCells
    let seconds =
      steps * table.operationSeconds(parameters) + 2e-9 * candidates * Double(table.rows)
    return FitEstimate(
      marginals: marginals, seconds: [seconds],
      megabytes: [1e-6 * (8 * candidates * usualCells + 40 * table.batch * table.width)])
  }
}

extension Engine {
  package static let gem = Engine(GEMSynthesizer())
}
