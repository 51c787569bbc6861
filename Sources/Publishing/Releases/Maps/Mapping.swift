import Accounting
import Basics
import Curation
import Encoding
import Foundation
import HeatMaps
import Ledger
import Manifests
import Reports
import SchemaFiles
import Tables

/// Draws a map: charges the ledger, asks the curator level by level, and writes a signed release.
package enum Mapping {
  /// - Parameter check: called before each question; an error that it throws ends the run. Charges
  ///   stand.
  /// - Throws: ``HeatFault``, ``ReleaseError``, ``LedgerError`` and the errors of tables and
  ///   schemas. None of them depends on the contents of a row.
  package static func run(_ request: MapRequest, check: () throws -> Void = {}) throws -> MapSummary
  {
    guard request.delta.value > 0, request.delta.value < 1 else {
      throw ReleaseError.deltaOutOfRange
    }
    let folder = try ReleaseFolder(
      at: request.output, replaces: request.replacesOutput, rule: request.outputRule)
    let schema = try request.readSchema()
    let blueprint = try Blueprint(schema: schema)
    let plan = try HeatPlan(blueprint, settings: request.settings, rho: request.answersRho)
    let areas = try request.readAreas(in: plan)
    let table = try SensitiveTable.read(request.input, schema: schema)
    let account = try MapAccount(request, schema: schema, table: table)
    let curator = request.curator(of: table, blueprint: blueprint, session: account.session)
    let map: HeatMap
    do {
      map = try HeatTree(plan).grow(curator) { _ in try check() }
      try account.session.close()
    } catch {
      // Settles to the charges made. If even that fails, the whole reservation stays counted.
      _ = try? account.session.close()
      throw error
    }
    let draft = MapDraft(
      request: request, schema: schema, map: map, heats: areas.map { map.heat(of: $0) } ?? [],
      account: account)
    return try draft.publish(curator, into: folder)
  }
}

extension MapRequest {
  /// Returns the owner's schema. A map is never made under one that was inferred: it would not know
  /// the region.
  func readSchema() throws -> Schema { try SchemaFile.read(schema) }

  /// - Throws: ``HeatFault``, which follows from the areas and the declared region alone.
  func readAreas(in plan: HeatPlan) throws -> DeclaredAreas? {
    guard let areas else { return nil }
    let declared = try DeclaredAreas(areas)
    guard declared.reaches(plan.region.bounds) else {
      throw HeatFault.noAreas(areas.lastPathComponent)
    }
    return declared
  }

  /// Returns the hazards that the map accepts.
  func hazards(_ schema: Schema) -> [Hazard] {
    Hazard.of(
      epsilon: epsilon.value, delta: delta.value, schema: schema,
      isRepeatable: seed != nil || probe != nil, hasOtherPeople: hasOtherPeople)
  }
}

/// The budget that a map draws on.
struct MapAccount {
  let session: LedgerSession
  let signingKey: SigningKey
  let restsOnOtherPeople: Bool
  let messages: [String]

  /// Finds the account of the table's people, grants on first use, and reserves everything that the
  /// map may spend.
  init(_ request: MapRequest, schema: Schema, table: borrowing SensitiveTable) throws {
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
    var messages = admission.messages
    if try ledger.grantOnFirstUse(admission.dataset, epsilon: request.epsilon, delta: request.delta)
    {
      messages.append(
        "First use of \(admission.isShared ? "this population" : "this table"): granted epsilon "
          + "\(NumberText.parameter(request.epsilon.value)) at delta \(NumberText.parameter(request.delta.value)). "
          + "A second map of the same people needs a further grant: two maps reveal more than one.")
    }
    session = try ledger.openSession(
      dataset: admission.dataset, reserving: PrivacyCost(rho: request.rho, delta: .zero),
      purpose: "heatmap --epsilon \(request.epsilon)", unit: schema.unit)
    (restsOnOtherPeople, self.messages) = (admission.restsOnOtherPeople, messages)
  }
}
