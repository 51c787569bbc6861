import Curation
import Encoding
import Foundation
import HeatMaps
import Tables

/// Draws a map: charges the ledger, asks the curator level by level, and writes a signed release.
package enum Mapping {
  /// - Parameter check: called before each question; an error that it throws ends the run. Charges
  ///   stand.
  /// - Throws: ``HeatFault``, ``GateRefusal``, ``ReleaseError``, ``LedgerError`` and the errors of
  ///   tables and schemas. None of them depends on the contents of a row.
  package static func run(_ request: MapRequest, check: () throws -> Void = {}) throws -> MapSummary
  {
    let folder = try ReleaseFolder(
      at: request.output, replaces: request.replacesOutput, rule: request.outputRule)
    let schema = try request.readSchema()
    let blueprint = try Blueprint(schema: schema)
    let plan = try HeatPlan(blueprint, settings: request.settings, rho: request.answersRho)
    let areas = try request.readAreas(in: plan)
    let promises = try request.promises(schema)
    let table = try SensitiveTable.read(request.input, schema: schema)
    let trial = try PlaceTrial(request, schema: schema, table: table)
    let account = try PlaceAccount(
      request, schema: schema, table: table, promises: promises, purpose: "heatmap", noun: "map")
    let curator = request.curator(of: table, blueprint: blueprint, session: account.session)
    let map = try account.settled { try HeatTree(plan).grow(curator) { _ in try check() } }
    let draft = MapDraft(
      request: request, schema: schema, map: map, heats: areas.map { map.heat(of: $0) } ?? [],
      account: account, trial: trial)
    return try draft.publish(curator, into: folder)
  }
}

extension MapRequest {
  /// - Throws: ``HeatFault``, which follows from the areas and the declared region alone.
  func readAreas(in plan: HeatPlan) throws -> DeclaredAreas? {
    guard let areas else { return nil }
    let declared = try DeclaredAreas(areas)
    guard declared.reaches(plan.region.bounds) else {
      throw HeatFault.noAreas(areas.lastPathComponent)
    }
    return declared
  }
}
