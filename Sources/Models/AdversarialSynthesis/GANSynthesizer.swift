import Accounting
import Curation
import Foundation
import Synthesis

/// A generator trained against a critic whose gradients are clipped and noisy (DP-SGD; Abadi et al.
/// 2016; Bie, Kamath, Zhang 2023).
package struct GANSynthesizer: Synthesizer {
  package let name = "gan"
  package let budget = EngineBudget(
    training: 1 - AdversarialOptions.withGuarantee.pairShare, trainingDelta: 0.1)
  package let takesSteps = true
  package let trainsWithoutGuarantee = true

  package init() {}

  package func fit(_ inputs: FitInputs) throws -> NetworkModel {
    var options = AdversarialOptions.withGuarantee
    if let steps = inputs.options.trainingSteps { options.steps = steps }
    let training = PrivateTraining(
      curator: inputs.curator, learned: inputs.learned, rho: inputs.rho,
      delta: inputs.trainingDelta, options: options,
      seed: inputs.seed)
    return try training.fit {
      try inputs.progress(SynthesisProgress(training: $0, note: "all of epsilon charged"))
    }
  }

  package func estimate(_ table: PlannedTable) -> FitEstimate {
    let (pairs, cells) = (table.measuredPairs, table.pairCells)
    let parameters = table.generatorParameters(isConditional: true)
    let seconds =
      Double(steps(table)) * table.operationSeconds(parameters + cells.measured) + 2e-9 * pairs
      * Double(table.rows)
    // Rows of codes, and the shares, weights, sums and gaps of pairs.
    let megabytes =
      1e-6 * 4 * (12 * cells.measured + 12 * table.batch * table.width + 6 * parameters)
    return FitEstimate(
      marginals: pairs, seconds: [seconds], megabytes: [megabytes], limits: limits(table))
  }

  /// Returns a sentence if there is no room for all pairs.
  private func limits(_ table: PlannedTable) -> [String] {
    guard table.pairCells.measured < table.pairCells.all else { return [] }
    let pairs = Int(table.count * (table.count - 1) / 2)
    return [
      "About \(Int(table.measuredPairs)) of \(pairs) pairs of columns are measured, those furthest from being independent."
    ]
  }

  package func unaffordableSteps(_ table: PlannedTable) -> Int? {
    let options = AdversarialOptions.withGuarantee
    let (steps, hidden) = (steps(table), Double(options.criticWidth))
    let share = (table.shares[Purpose.training.rawValue] ?? 0) / 100
    let isAffordable = NoisyGradientPlan.isAffordable(
      samplingRate: min(1, Double(options.sampledRows) / Double(max(table.rows, 1))),
      steps: steps * options.criticSteps,
      coordinates: Int((table.width + hidden + 3) * hidden), rho: table.rho.share(share),
      delta: table.trainingDelta)
    return isAffordable ? nil : steps
  }

  private func steps(_ table: PlannedTable) -> Int {
    table.options.trainingSteps ?? AdversarialOptions.withGuarantee.steps
  }
}

extension Engine {
  package static let gan = Engine(GANSynthesizer())
}

extension SynthesisProgress {
  package init(training: TrainingProgress, note: String) {
    func rounded(_ value: Double) -> String { String(format: "%.2f", value) }
    let losses =
      "loss \(rounded(training.generatorLoss)) generator, \(rounded(training.criticLoss)) critic"
    let distance = String(format: "columns %.1f %% off", 100 * training.shareDistance)
    self.init(
      phase: .training, fraction: Double(training.step) / Double(max(training.steps, 1)),
      detail: [losses, distance, note].filter { !$0.isEmpty }.joined(separator: ", "))
  }
}
