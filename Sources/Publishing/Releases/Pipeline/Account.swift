import Accounting
import Basics
import CountedTables
import Curation
import Encoding
import Foundation
import Ledger
import Policies
import Synthesis
import Tables

/// The budget of a release, and the session that is charged.
struct Account {
  /// Rho of the whole release.
  let rho: Rho
  /// The part of delta that naming labels and ticks may spend.
  let labelDelta: Delta
  /// The part of delta that training a network may spend.
  let trainingDelta: Delta
  let session: LedgerSession
  /// Whether the owner declared that the people here differ from those of a similar table.
  let restsOnOtherPeople: Bool
  /// The policy's line on that declaration, which is met.
  let promises: [GateLine]
  /// Read before anything is charged, so that no budget is spent on a release that cannot be
  /// signed.
  let signingKey: SigningKey
  let ownerMessages: [String]

  /// Finds the account of the table's people, grants on first use, and reserves everything that the
  /// release may spend before any question is asked.
  ///
  /// - Parameters:
  ///   - purpose: of the session; nil for that of a table.
  ///   - training: the share of delta that training may spend; nil for that of the engine.
  ///   - namesLabels: whether labels or ticks are named; nil if the blueprint tells.
  /// - Throws: ``LedgerError/decisionNeeded(_:)`` if the owner must first say whose people they
  ///   are; ``GateRefusal`` if the policy does not allow the owner's statement. Nothing is charged
  ///   or granted then.
  static func open(
    _ request: SynthesisRequest, table: borrowing SensitiveTable, blueprint: Blueprint,
    purpose: String? = nil, training: Double? = nil, namesLabels: Bool? = nil
  ) throws -> Account {
    let ledger = try Ledger(at: request.ledger)
    let signingKey = try SigningKey(keptIn: request.keysInUse)
    let fingerprint =
      if let counted = request.counted {
        ledger.fingerprint(ofPlace: counted.identity, schema: blueprint.schema)
      } else {
        ledger.fingerprint(
          of: table.openForOwner(reason: .fingerprint), schema: blueprint.schema)
      }
    let claim = request.peopleClaim(for: blueprint.schema)
    try ledger.requireAcceptance(
      of: fingerprint, claim, epsilon: request.epsilon, delta: request.delta
    ) { request.grantCommand }
    let admission = try ledger.admit(
      fingerprint, name: request.input.lastPathComponent, claim: claim)
    let promises = try promises(admission, of: request)
    var messages = admission.messages
    if try ledger.grantOnFirstUse(admission.dataset, epsilon: request.epsilon, delta: request.delta)
    {
      messages.append(
        "First use of \(admission.isShared ? "this population" : "this table"): granted epsilon "
          + "\(NumberText.parameter(request.epsilon.value)) at delta \(NumberText.parameter(request.delta.value)). "
          + "Further releases need what is left of it, or 'understudy budget grant'.")
    }
    let (rho, labelDelta, trainingDelta) = budget(
      of: request, blueprint: blueprint, training: training, namesLabels: namesLabels)
    let session = try ledger.openSession(
      dataset: admission.dataset,
      reserving: PrivacyCost(rho: rho, delta: labelDelta + trainingDelta),
      purpose: purpose
        ?? "synthesize --epsilon \(request.epsilon) --engine \(request.engine.name)",
      unit: blueprint.schema.unit)
    return Account(
      rho: rho, labelDelta: labelDelta, trainingDelta: trainingDelta, session: session,
      restsOnOtherPeople: admission.restsOnOtherPeople, promises: promises, signingKey: signingKey,
      ownerMessages: messages)
  }

  /// Refuses declarations about the people that the policy does not allow, before anything is
  /// granted.
  private static func promises(_ admission: Admission, of request: SynthesisRequest) throws
    -> [GateLine]
  {
    guard let policy = request.policy?.policy,
      let line = Gate(policy: policy).peopleLine(restsOnOtherPeople: admission.restsOnOtherPeople)
    else { return [] }
    if line.outcome == .met { return [line] }
    throw GateRefusal(
      verdict: GateVerdict(policy: policy.name, publicLines: [line], ownerLines: []),
      isCharged: false, epsilon: request.epsilon.value,
      ownerReport: nil)
  }

  /// Returns the rho and the events' deltas that keep the release within its epsilon and delta.
  static func budget(
    of request: SynthesisRequest, blueprint: Blueprint, training: Double? = nil,
    namesLabels: Bool? = nil
  ) -> (rho: Rho, labelDelta: Delta, trainingDelta: Delta) {
    let discovers =
      namesLabels
      ?? blueprint.variables.contains {
        $0.isOrdered || blueprint.categories(of: $0) == .learned
      }
    let training = training ?? request.engine.synthesizer.budget.trainingDelta
    let labelDelta = discovers ? request.delta.share(SynthesisRequest.eventShare - training) : .zero
    let trainingDelta = request.delta.share(training)
    let rho = LedgerBalance.reservation(
      epsilon: request.epsilon.value, delta: request.delta.value,
      eventDelta: (labelDelta + trainingDelta).value)
    return (Rho(checked: rho), labelDelta, trainingDelta)
  }
}

extension SynthesisRequest {
  /// Returns the statement of the schema and the command about whose people the table holds.
  func peopleClaim(for schema: Schema) -> PeopleClaim {
    PeopleClaim(population: schema.people, samePeopleAs: samePeopleAs, areOthers: hasOtherPeople)
  }
}
