/// Settings of an engine. The defaults were fixed on public tables and never depend on the user's data.
public struct SynthesisOptions: Sendable, Equatable {
  /// The largest model, in cells of its junction tree (8 bytes each, held about three times while fitting).
  public var modelCells: Int
  /// The most variables in one marginal of the workload.
  public var workloadOrder: Int

  /// - Parameters:
  ///   - modelCells: at least 1; more is closer, slower and larger.
  ///   - workloadOrder: at least 1; 3 where the relations of three columns should survive.
  public init(modelCells: Int = 600_000, workloadOrder: Int = 3) {
    self.modelCells = modelCells
    self.workloadOrder = workloadOrder
  }

  /// The cells that fit into a model of `megabytes` (10^6 bytes, 8 a cell).
  public static func cells(megabytes: Double) -> Int { Int(megabytes * 1e6 / 8) }
}

/// How far a fit has come. Made of public and paid-for values only, but for the clock that shows it.
public struct SynthesisProgress: Sendable, Equatable {
  /// The stages of a run, in their order.
  public enum Phase: String, Sendable {
    case domain
    case fitting
    /// Training networks.
    case training
    case sampling
    /// Attacking what was made, where that is asked for.
    case attacking
    /// Not of a release: mechanisms are audited.
    case auditing
  }

  /// The stage at work.
  public let phase: Phase
  /// Of the phase, 0 to 1.
  public let fraction: Double
  /// In words, such as a column's name or the number of marginals; empty where there is nothing to say.
  public let detail: String

  /// - Parameter fraction: of the phase, 0 to 1.
  public init(phase: Phase, fraction: Double, detail: String) {
    self.phase = phase
    self.fraction = fraction
    self.detail = detail
  }
}
