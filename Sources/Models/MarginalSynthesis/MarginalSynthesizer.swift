import GraphicalModels
import Synthesis

/// An engine that measures marginals and estimates a graphical model from them.
package protocol MarginalSynthesizer: Synthesizer where Model == MarginalFit {
  func fit(_ context: FitContext) throws -> MarginalFit
}

extension MarginalSynthesizer {
  package func fit(_ inputs: FitInputs) throws -> MarginalFit {
    try fit(
      FitContext(
        curator: inputs.curator, learned: inputs.learned, rho: inputs.rho, options: inputs.options,
        publicRows: inputs.publicRows, progress: inputs.progress))
  }
}

/// A tree of the strongest pairs (McKenna, Miklau, Sheldon 2021).
package struct MSTSynthesizer: MarginalSynthesizer {
  package let name = "mst"
  package let budget = EngineBudget(selection: MaximumSpanningTree.selectionShare)
  package let mostTogether: Int? = 2

  package init() {}

  package func fit(_ context: FitContext) throws -> MarginalFit {
    try MaximumSpanningTree(context: context).fit()
  }

  package func estimate(_ table: PlannedTable) -> FitEstimate {
    FitEstimate(marginals: table.count - 1)
  }
}

/// Each variable alone: the baseline.
package struct IndependentSynthesizer: MarginalSynthesizer {
  package let name = "independent"
  package let budget = EngineBudget(spendsRest: false)
  package let mostTogether: Int? = 1

  package init() {}

  package func fit(_ context: FitContext) throws -> MarginalFit {
    try context.lastFit(context.oneWay) {
      try context.progress(SynthesisProgress(phase: .fitting, fraction: 0, detail: ""))
    }
  }

  package func estimate(_ table: PlannedTable) -> FitEstimate {
    FitEstimate(marginals: 2 * table.count)
  }
}

extension Engine {
  package static let mst = Engine(MSTSynthesizer())
  package static let independent = Engine(IndependentSynthesizer())
}
