/// Settings of an engine. The defaults were fixed on public tables and never depend on the user's
/// data.
package struct SynthesisOptions: Sendable, Equatable {
  /// The size limit of the model, in cells of its junction tree (8 bytes each, held about three
  /// times while fitting); nil if it follows from rows and budget.
  package var modelCells: Int?
  /// The largest number of variables in one marginal of the workload.
  package var workloadOrder: Int
  /// Training steps for network engines; nil for the usual number.
  package var trainingSteps: Int?

  /// - Parameters:
  ///   - modelCells: At least 1; more is closer, slower and larger. If nil, the limit is
  ///     ``mostModelCells(signal:)``.
  ///   - workloadOrder: At least 1; 3 if the relations of three columns should survive.
  package init(modelCells: Int? = nil, workloadOrder: Int = 3) {
    self.modelCells = modelCells
    self.workloadOrder = workloadOrder
  }

  /// Returns the size limit of the model, given how far the counts of a variable stand out of their
  /// noise: the rows over the standard error of a count for which the variables share the budget.
  ///
  /// Below a signal of 4,000 noise limits what a model can hold. Above, the limit grows with the
  /// signal, up to four times: on dense tables a larger model is closer, and nowhere farther off
  /// (docs/decisions/0040-balanced-sampling.md).
  package func mostModelCells(signal: Double) -> Int {
    modelCells ?? Int(600_000 * min(max(signal / 4_000, 1), 4))
  }

  /// Returns the number of cells that fit into a model of `megabytes` (10^6 bytes, 8 per cell).
  package static func cells(megabytes: Double) -> Int { Int(megabytes * 1e6 / 8) }
}

/// The progress of a fit. Except for the clock that shows it, it consists of public and paid-for
/// values only.
package struct SynthesisProgress: Sendable, Equatable {
  /// The stages of a run, in order.
  package enum Phase: String, Sendable {
    case domain
    case fitting
    /// Training networks.
    case training
    case sampling
    /// Attacking the result, if requested.
    case attacking
    /// Auditing mechanisms; not part of a release.
    case auditing
  }

  /// The current stage.
  package let phase: Phase
  /// The fraction of the phase done, 0 to 1.
  package let fraction: Double
  /// A detail in words, such as a column's name or the number of marginals; empty if there is
  /// nothing to say.
  package let detail: String

  /// - Parameter fraction: The fraction of the phase done, 0 to 1.
  package init(phase: Phase, fraction: Double, detail: String) {
    self.phase = phase
    self.fraction = fraction
    self.detail = detail
  }
}
