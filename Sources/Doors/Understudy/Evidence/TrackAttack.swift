import Curation
import Foundation
import HeatMaps
import PlaceAttacks
import Tables

/// Attacks a map or synthetic trips, for the owner of the tracks that they were made from.
package struct TrackAttack {
  package let original: URL
  package let release: URL
  package let schema: Schema
  /// Tracks of people of the same kind who are not in the original; nil to judge little.
  package var control: URL?
  /// Public roads in GeoJSON.
  package var roads: URL?
  /// A second release, and the tracks of the people who are in it.
  package var second: (release: URL, original: URL)?
  package var cellMetres = 200.0
  /// A longer pause ends a trip.
  package var pauseMinutes = 10.0
  /// Decides who is attacked.
  package var seed: UInt64 = 1

  package init(original: URL, release: URL, schema: Schema) {
    (self.original, self.release, self.schema) = (original, release, schema)
  }

  /// The figures are measured on people and are not private. People of the control who are in the
  /// original are left out.
  /// - Throws: ``PlaceAttackFault``, `HeatFault`, and the errors of tables.
  package func run(check: () throws -> Void = {}) throws -> PlaceAttackReport {
    guard case .person(let who, _) = schema.unit else { throw HeatFault.noPerson }
    let plan = try PlaceAttack.plan(schema, cellMetres: cellMetres)
    let table = try SensitiveTable.read(original, schema: schema)
    var attack = try PlaceAttack(try tracks(table, plan, original), plan: plan)
    attack.seed = seed
    attack.isRoad = try roads.map { try DeclaredRoads($0).cells(in: plan) }
    if let control {
      let others = try SensitiveTable.read(control, schema: schema)
      attack.strangers = try tracks(
        others.withoutPeople(of: table, column: who), plan, control)
    }
    if let second {
      attack.second = PlaceAttack.Second(
        shown: try shown(second.release, plan),
        people: try tracks(
          try SensitiveTable.read(second.original, schema: schema), plan, second.original))
    }
    let shown = try shown(release, plan)
    try check()
    return try attack.run(on: shown, check: check)
  }

  private func tracks(
    _ table: borrowing SensitiveTable, _ plan: HeatPlan, _ file: URL
  ) throws -> PeopleTracks {
    let tracks = PeopleTracks(
      table.openForOwner(reason: .ownerReport), schema: schema, plan: plan,
      pauseSeconds: pauseMinutes * 60)
    guard tracks.count > 0 else { throw PlaceAttackFault.noPeople(file.lastPathComponent) }
    return tracks
  }

  private func shown(_ folder: URL, _ plan: HeatPlan) throws -> ReleasedPlaces {
    try ReleasedPlaces(folder, schema: schema, plan: plan, pauseSeconds: pauseMinutes * 60)
  }
}
