import Accounting
import Curation
import DomainLearning

/// An engine: it learns the joint distribution of a table from a curator's answers.
///
/// A new engine is one type that meets this protocol, in a room of its own, and one line in the
/// registry (`Engines`). Everything that a release, a plan or a door asks of an engine is asked
/// here.
package protocol Synthesizer: Sendable {
  associatedtype Model: FittedModel

  /// The engine's name in requests, manifests and on the command line.
  var name: String { get }
  /// The shares of a release's budget that the engine spends, and on what.
  var budget: EngineBudget { get }
  /// Whether the number of training steps can be chosen.
  var takesSteps: Bool { get }
  /// Whether the engine can be trained on the rows as they are, for the owner's comparisons.
  var trainsWithoutGuarantee: Bool { get }

  /// Whether the engine can start from the distribution of public rows.
  var startsFromPublicRows: Bool { get }

  /// The most columns that the engine asks about together; nil if the request's options say so.
  var mostTogether: Int? { get }

  /// Learns a model of the joint distribution, spending at most the budget of the inputs.
  func fit(_ inputs: FitInputs) throws -> Model

  /// Returns what a fit is expected to measure and to take. Made from public numbers alone.
  func estimate(_ table: PlannedTable) -> FitEstimate
  /// Returns the number of training steps if the budget cannot pay for so many, whatever the noise.
  func unaffordableSteps(_ table: PlannedTable) -> Int?
}

extension Synthesizer {
  package var takesSteps: Bool { false }
  package var trainsWithoutGuarantee: Bool { false }
  package var startsFromPublicRows: Bool { false }
  package var mostTogether: Int? { nil }
  package func unaffordableSteps(_ table: PlannedTable) -> Int? { nil }
  /// The kind of model that the engine fits.
  package var modelKind: any FittedModel.Type { Model.self }

  /// Learns all that a release takes from a table, within one budget: the domain, if not declared,
  /// then the joint distribution.
  ///
  /// - Parameters:
  ///   - rho: The whole budget.
  ///   - labelDelta: The delta for naming labels and ticks.
  ///   - progress: Its errors end the run; charges remain.
  package func learn(
    from curator: Curator, rho: Rho, labelDelta: Delta, options: SynthesisOptions, seed: UInt64 = 0,
    progress: @escaping (SynthesisProgress) throws -> Void = { _ in }
  ) throws -> (domain: LearnedDomain, model: Model) {
    let (learned, left) = try LearnedDomain.learn(
      from: curator, rho: rho, labelDelta: labelDelta, progress: progress)
    return (
      learned,
      try fit(
        FitInputs(
          curator: curator, learned: learned, rho: left, options: options, seed: seed,
          progress: progress))
    )
  }
}

/// The shares of a release's budget that an engine spends.
package struct EngineBudget: Sendable, Equatable {
  /// The share of the rho left after the domain that chooses what to measure.
  package var selection = 0.0
  /// The share of the rho left after the domain that trains a network; the rest measures.
  package var training = 0.0
  /// The share of the release's delta that training leaves out of its cost
  /// (docs/decisions/0017-accountant.md).
  package var trainingDelta = 0.0

  /// Whether anything is asked after the domain.
  package var spendsRest = true

  package init(
    selection: Double = 0, training: Double = 0, trainingDelta: Double = 0, spendsRest: Bool = true
  ) {
    (self.selection, self.training) = (selection, training)
    (self.trainingDelta, self.spendsRest) = (trainingDelta, spendsRest)
  }
}

/// The inputs of an engine: access to the rows, the known domain, and the budget.
package struct FitInputs {
  package let curator: Curator
  package let learned: LearnedDomain
  package let rho: Rho
  /// The delta that training may leave out of its cost; see ``EngineBudget/trainingDelta``.
  package let trainingDelta: Delta
  package let options: SynthesisOptions
  /// The curator of rows that the owner declares public, whose answers cost nothing; nil if there
  /// are none. Only an engine that starts from them asks it.
  package let publicRows: Curator?
  /// The seed of everything but the noise, which is the curator's.
  package let seed: UInt64
  /// Called often; its errors end the fit, and charges remain.
  package let progress: (SynthesisProgress) throws -> Void

  package init(
    curator: Curator, learned: LearnedDomain, rho: Rho, trainingDelta: Delta = .zero,
    options: SynthesisOptions, publicRows: Curator? = nil, seed: UInt64,
    progress: @escaping (SynthesisProgress) throws -> Void = { _ in }
  ) {
    self.publicRows = publicRows
    (self.curator, self.learned, self.rho, self.trainingDelta) = (
      curator, learned, rho, trainingDelta
    )
    (self.options, self.seed, self.progress) = (options, seed, progress)
  }
}

/// The expected measurements and costs of a fit. All of it is public.
package struct FitEstimate: Sendable {
  /// The number of marginals that are measured together, which share the budget for measuring.
  package var marginals: Double
  /// The seconds of each part of the fit, on one core.
  package var seconds: [Double] = []
  /// The memory of each part of the fit, in 10^6 bytes.
  package var megabytes: [Double] = []
  /// The parts of the joint distribution that are not examined, in sentences.
  package var limits: [String] = []

  package init(
    marginals: Double, seconds: [Double] = [], megabytes: [Double] = [], limits: [String] = []
  ) {
    (self.marginals, self.seconds, self.megabytes, self.limits) = (
      marginals, seconds, megabytes, limits
    )
  }
}
