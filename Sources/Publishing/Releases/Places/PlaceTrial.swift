import Basics
import Curation
import Foundation
import HeatMaps
import Manifests
import PlaceAttacks
import Reports
import Tables
import Trips

/// The attacks on a map or trips after they were published, for the owner's eyes.
struct PlaceTrial {
  private let original: OwnerTable
  private let control: OwnerTable?
  private let schema: Schema
  private let roads: DeclaredRoads?
  private let pauseSeconds: Double

  /// The most levels of the cells in which is attacked: finer cells are taken together.
  private static let mostLevels = 10

  /// Opens the table for its owner; nil if no attack is wanted, or people are not the unit.
  /// - Throws: the errors of the control's table.
  init?<Settings>(
    _ request: PlaceRequest<Settings>, schema: Schema, table: borrowing SensitiveTable
  ) throws {
    guard request.isAttacked, case .person(let who, _) = schema.unit else { return nil }
    original = table.openForOwner(reason: .ownerReport)
    if let control = request.control {
      let others = try SensitiveTable.read(control, schema: schema)
      self.control = others.withoutPeople(of: table, column: who).openForOwner(reason: .attacks)
    } else {
      control = nil
    }
    self.schema = schema
    roads = try request.roads.map { try DeclaredRoads($0) }
    pauseSeconds = 60 * ((request.settings as? TripSettings) ?? TripSettings()).pauseMinutes
  }

  /// Attacks synthetic trips, and writes the owner's report.
  /// - Returns: its page; nil with a message if it could not be made.
  func attack<Settings>(
    _ trips: Table, _ request: PlaceRequest<Settings>, _ manifest: Manifest, in plan: HeatPlan,
    _ messages: inout [String]
  ) -> URL? {
    write(request, manifest, in: plan, &messages) { plan in
      ReleasedPlaces(
        PeopleTracks(OwnerTable(trips), schema: schema, plan: plan, pauseSeconds: pauseSeconds))
    }
  }

  /// Attacks a map, in the same way.
  func attack<Settings>(
    _ shown: HeatMap, _ request: PlaceRequest<Settings>, _ manifest: Manifest,
    _ messages: inout [String]
  ) -> URL? {
    write(request, manifest, in: shown.plan, &messages) { plan in
      ReleasedPlaces(heat: shown.cells().summed(from: shown.plan.grid.depth, to: plan.grid.depth))
    }
  }

  /// The release is paid for and published: a failed attack does not justify losing it.
  private func write<Settings>(
    _ request: PlaceRequest<Settings>, _ manifest: Manifest, in plan: HeatPlan,
    _ messages: inout [String], _ shown: (HeatPlan) -> ReleasedPlaces
  ) -> URL? {
    do {
      let coarser = max(0, plan.grid.depth - Self.mostLevels)
      let plan = try PlaceAttack.plan(
        schema, cellMetres: plan.settings.cellMetres * exp2(Double(coarser)))
      func tracks(_ table: OwnerTable) -> PeopleTracks {
        PeopleTracks(table, schema: schema, plan: plan, pauseSeconds: pauseSeconds)
      }
      var attack = try PlaceAttack(tracks(original), plan: plan)
      attack.strangers = control.map(tracks)
      attack.isRoad = roads?.cells(in: plan)
      let report = PlaceOwnerReport(
        table: manifest.table, created: manifest.created,
        software: "\(manifest.software.name) \(manifest.software.version)",
        guarantee: ReportGuarantee(manifest), isTrips: manifest.format == Manifest.tripFormat,
        attacks: try attack.run(on: shown(plan)))
      let folder = OwnerFolder(
        named: request.ownerFolder, output: request.output, ledger: request.ledger,
        now: request.now())
      return try folder.place([
        ("owner-report.html", Data(report.html().utf8)),
        ("owner-report.json", try CanonicalJSON.lines(report)),
      ]).appendingPathComponent("owner-report.html")
    } catch {
      messages.append("The owner's report was left out. \(error)")
      return nil
    }
  }
}

extension [Double] {
  /// Returns the sums of squares of cells.
  fileprivate func summed(from depth: Int, to coarser: Int) -> [Double] {
    guard depth > coarser else { return self }
    let (side, count) = (1 << depth, 1 << coarser)
    let size = side / count
    var sums = [Double](repeating: 0, count: count * count)
    for (cell, heat) in enumerated() where heat > 0 {
      sums[cell / side / size * count + cell % side / size] += heat
    }
    return sums
  }
}
