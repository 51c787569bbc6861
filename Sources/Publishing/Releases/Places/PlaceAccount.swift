import Accounting
import Basics
import Curation
import Encoding
import Foundation
import HeatMaps
import Ledger
import Manifests
import Policies
import Tables

/// The budget that a map or trips draw on, and the policy's verdict on them.
struct PlaceAccount {
  let session: LedgerSession
  let signingKey: SigningKey
  let restsOnOtherPeople: Bool
  /// The lines of the policy, which are all met; nil without a policy.
  let gate: GateRecord?
  let messages: [String]

  /// Finds the account of the table's people, grants on first use, and reserves everything that the
  /// release may spend.
  /// - Parameters:
  ///   - promises: the policy's lines that were met before a row was read.
  ///   - purpose: the command, for the ledger.
  ///   - noun: "map" or "set of trips".
  /// - Throws: ``LedgerError``, ``ReleaseError/hardlyPrivate(epsilon:delta:command:)``;
  ///   ``GateRefusal`` if the policy does not allow the owner's statement about the people. Nothing
  ///   is charged or granted then.
  init<Settings>(
    _ request: PlaceRequest<Settings>, schema: Schema, table: borrowing SensitiveTable,
    promises: [GateLine], purpose: String, noun: String
  ) throws {
    let ledger = try Ledger(at: request.ledger)
    signingKey = try SigningKey(keptIn: request.keysInUse)
    let fingerprint = ledger.fingerprint(
      of: table.openForOwner(reason: .fingerprint), schema: schema)
    let claim = PeopleClaim(
      population: schema.people, samePeopleAs: request.samePeopleAs,
      areOthers: request.hasOtherPeople)
    try ledger.requireAcceptance(
      of: fingerprint, claim, epsilon: request.epsilon, delta: request.delta
    ) {
      ShellWord.grant(
        request.input, epsilon: request.epsilon, delta: request.delta, schema: request.schema,
        claim, ledger: request.ledger) + " --accept"
    }
    let admission = try ledger.admit(
      fingerprint, name: request.input.lastPathComponent, claim: claim)
    gate = try request.gate(promises, restsOnOtherPeople: admission.restsOnOtherPeople)
    var messages = admission.messages
    if try ledger.grantOnFirstUse(admission.dataset, epsilon: request.epsilon, delta: request.delta)
    {
      messages.append(
        "First use of \(admission.isShared ? "this population" : "this table"): granted epsilon "
          + "\(NumberText.parameter(request.epsilon.value)) at delta \(NumberText.parameter(request.delta.value)). "
          + "A second \(noun) of the same people needs a further grant: two reveal more than one.")
    }
    session = try ledger.openSession(
      dataset: admission.dataset, reserving: PrivacyCost(rho: request.rho, delta: .zero),
      purpose: "\(purpose) --epsilon \(request.epsilon)", unit: schema.unit)
    (restsOnOtherPeople, self.messages) = (admission.restsOnOtherPeople, messages)
  }

  /// Runs the questions, and settles the session to the charges made, whatever becomes of them.
  func settled<Answer>(_ ask: () throws -> Answer) throws -> Answer {
    do {
      let answer = try ask()
      try session.close()
      return answer
    } catch {
      // If even that fails, the whole reservation stays counted.
      _ = try? session.close()
      throw error
    }
  }

  /// The owner's messages, once the release is out.
  func noted() -> [String] {
    guard (try? session.notePublication()) == nil else { return messages }
    return messages + [
      "The ledger could not note that this release is out: the next one will name it as an attempt that was not published."
    ]
  }
}

extension PlaceRequest {
  /// Returns the policy's lines on the promise, which need no row.
  /// - Throws: ``GateRefusal``; ``HeatFault`` for a policy that judges tables. Nothing was read.
  func promises(_ schema: Schema) throws -> [GateLine] {
    guard let policy = policy?.policy else { return [] }
    let utility = policy.utility
    guard policy.attacks == nil, utility.highestColumnDistance == nil,
      utility.highestPairDistance == nil, utility.lowestPrediction == nil
    else { throw HeatFault.policyOnTables(policy.name) }
    let facts = ReleaseFacts(
      epsilon: epsilon.value, delta: delta.value, isRepeatable: seed != nil || probe != nil,
      hasOwnControl: true, sources: [.declared])
    let lines = Gate(policy: policy).promiseLines(facts, schema: schema, judging: [])
    try refuse(lines, policy)
    return lines
  }

  fileprivate func gate(_ promises: [GateLine], restsOnOtherPeople: Bool) throws -> GateRecord? {
    guard let policy else { return nil }
    let people = Gate(policy: policy.policy).peopleLine(restsOnOtherPeople: restsOnOtherPeople)
    let lines = promises + [people].compactMap(\.self)
    try refuse(lines, policy.policy)
    return GateRecord(policy, lines: lines, modelledColumns: 0)
  }

  private func refuse(_ lines: [GateLine], _ policy: Policy) throws {
    let verdict = GateVerdict(policy: policy.name, publicLines: lines, ownerLines: [])
    guard !verdict.isPassed else { return }
    throw GateRefusal(
      verdict: verdict, isCharged: false, epsilon: epsilon.value, ownerReport: nil)
  }

  /// Returns the manifest of what the curator answered.
  func manifest(
    _ curator: Curator, schema: Schema, account: PlaceAccount, engine: String,
    columns: [ColumnTreatment], rows: Int
  ) throws -> Manifest {
    let reserved = account.session.reservation
    let loss = LossRecord(
      questions: curator.events.map { ($0.question, $0.event) }, reserved: reserved,
      delta: delta.value, blueprint: curator.blueprint)
    var hazards = hazards(schema)
    if account.restsOnOtherPeople, !hazards.contains(.otherPeople) { hazards.append(.otherPeople) }
    var manifest = Manifest(
      software: .current, signer: account.signingKey.signer, marks: try account.session.marks(),
      created: now().ISO8601Format(), table: schema.name, driver: nil,
      guarantee: Manifest.Guarantee(
        isPrivate: curator.isPrivate, epsilon: epsilon.value, delta: delta.value,
        spent: curator.spent, unit: schema.unit, eachRowIsAPerson: schema.eachRowIsAPerson,
        loss: loss),
      schema: Manifest.SchemaRecord(schema), engine: engine, modelCells: 0, columns: columns,
      unlearned: nil, hazards: hazards, rows: rows,
      events: Manifest.records(of: curator.events, reserved: reserved), trial: nil,
      attempts: Manifest.Attempts(
        try account.session.attempts(), epsilon: epsilon.value, delta: delta.value,
        eventsDelta: curator.spent.delta.value))
    manifest.gate = account.gate
    return manifest
  }
}
