import Encoding
import Foundation
import MarginalSynthesis
import Privacy
import Tables

/// What a release may spend, and where it is charged.
struct Account {
  /// Rho of the whole release.
  let rho: Rho
  /// What naming labels and ticks may spend of delta itself.
  let labelDelta: Delta
  /// What training a network may.
  let trainingDelta: Delta
  let session: LedgerSession
  /// Read before anything is charged, so that a budget is not spent on what cannot be signed.
  let signingKey: SigningKey
  let ownerMessages: [String]

  /// Recognises the dataset, grants on first use, and reserves the whole of what the release may spend before any question is asked.
  static func open(_ request: SynthesisRequest, table: borrowing SensitiveTable, blueprint: Blueprint) throws -> Account {
    let ledger = try Ledger(at: request.ledger)
    let signingKey = try SigningKey(keptIn: request.keysInUse)
    let fingerprint = ledger.fingerprint(of: table.openForOwner(reason: .fingerprint))
    var messages: [String] = []
    if case .resembles(let other, let resemblance) = try ledger.recognise(fingerprint) {
      messages.append(
        "This table resembles '\(other.name)', which has a budget of its own: \(resemblance). "
          + "If the same people are in both, what they lose adds up: count both budgets together.")
    }
    let dataset = try ledger.register(fingerprint, name: request.input.lastPathComponent)
    if try ledger.grantOnFirstUse(dataset, epsilon: request.epsilon, delta: request.delta) {
      messages.append(
        "First use of this table: granted epsilon \(ReportText.parameter(request.epsilon.value)) at delta "
          + "\(ReportText.parameter(request.delta.value)). "
          + "Further releases need what is left of it, or 'understudy budget grant'.")
    }
    let (rho, labelDelta, trainingDelta) = budget(of: request, blueprint: blueprint)
    let session = try ledger.openSession(
      dataset: dataset, reserving: PrivacyCost(rho: rho, delta: labelDelta + trainingDelta),
      purpose: "synthesize --epsilon \(request.epsilon) --engine \(request.engine.rawValue)", unit: blueprint.schema.unit)
    return Account(
      rho: rho, labelDelta: labelDelta, trainingDelta: trainingDelta, session: session, signingKey: signingKey,
      ownerMessages: messages)
  }

  /// Rho and the events' deltas that keep the release within its epsilon and delta.
  static func budget(of request: SynthesisRequest, blueprint: Blueprint) -> (rho: Rho, labelDelta: Delta, trainingDelta: Delta) {
    let discovers = blueprint.variables.contains { $0.isOrdered || blueprint.categories(of: $0) == .learned }
    let training = request.engine == .gan ? SynthesisRequest.trainingShare : 0
    let labelDelta = discovers ? request.delta.share(SynthesisRequest.eventShare - training) : .zero
    let trainingDelta = request.delta.share(training)
    let rho = LedgerBalance.reservation(
      epsilon: request.epsilon.value, delta: request.delta.value, eventDelta: (labelDelta + trainingDelta).value)
    return (Rho(checked: rho), labelDelta, trainingDelta)
  }
}
