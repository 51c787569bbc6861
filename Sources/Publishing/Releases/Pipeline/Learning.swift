import Accounting
import Curation
import DomainLearning
import Encoding
import Engines
import Mechanisms
import Synthesis
import Tables

/// The result of a release's questions to the rows, all of it paid for.
struct Learned {
  let domain: LearnedDomain
  let model: any FittedModel
  /// The columns about which nothing was learned, see ``UnlearnedColumns``.
  let unlearned: [String]
  private(set) var events: [RecordedEvent]
  private(set) var spent: PrivacyCost
  let isPrivate: Bool
  /// The length to which the counts of all rows of a person were shortened, in rows; nil if the
  /// number of rows is bounded.
  let length: Int?

  /// The approximate number of rows.
  var rows: Int { max(1, Int(model.total.rounded())) }

  /// Takes over the questions asked since.
  mutating func settle(_ curator: Curator) { (events, spent) = (curator.events, curator.spent) }
}

extension SynthesisRequest {
  /// Puts all questions to the curator, first about the domain, then about the joint distribution.
  ///
  /// - Parameters:
  ///   - publicRows: the curator of rows that the owner declares public.
  ///   - onDomain: called with the domain before anything else is asked; an error that it throws
  ///     ends the run.
  func learn(
    from curator: Curator, publicRows: Curator? = nil, rho: Rho, account: Account,
    progress: @escaping (SynthesisProgress) throws -> Void,
    onDomain: (LearnedDomain) throws -> Void
  ) throws -> Learned {
    let (learned, left) = try LearnedDomain.learn(
      from: curator, rho: rho, labelDelta: account.labelDelta, progress: progress)
    try onDomain(learned)
    let inputs = FitInputs(
      curator: curator, learned: learned, rho: left, trainingDelta: account.trainingDelta,
      options: options, publicRows: publicRows,
      seed: seed ?? SecureRandom().next(), progress: progress)
    let model = try engine.synthesizer.fit(inputs)
    return Learned(
      domain: learned, model: model,
      unlearned: UnlearnedColumns.names(of: learned, in: curator.blueprint.schema),
      events: curator.events, spent: curator.spent, isPrivate: curator.isPrivate,
      length: curator.boundsLength ? curator.unitRows : nil)
  }
}

extension SynthesisRequest {
  /// Returns the request with its engine settled, and the reason if the rule chose it.
  func choosingEngine(_ blueprint: Blueprint) -> (request: SynthesisRequest, reason: String?) {
    guard choosesEngine else { return (self, nil) }
    let choice = AutomaticEngine(
      columns: blueprint.variables.count, rows: blueprint.schema.approximateRows)
    var request = self
    request.engine = choice.engine
    return (request, choice.reason)
  }
}
