import Accounting
import Curation
import Encoding
import Foundation
import HeatMaps
import Tables
import Testing

/// The plan, which is fixed before a row is read, and its refusals. If a schema lacks a fact that a
/// map needs, the plan says which.
@Suite struct HeatPlanTests {
  @Test func thePartsOfTheBudgetAddUp() throws {
    let plan = try Tracks.plan(Tracks.settings, rho: 0.7)
    #expect(plan.levels.map(\.cellMetres) == [400, 200, 100])
    #expect(abs(plan.levels.reduce(0) { $0 + $1.rho } - 0.7) < 1e-12)
    for level in plan.levels {
      #expect(abs(level.sigma - level.clip / (2 * level.rho).squareRoot()) < 1e-12)
      #expect(level.clip <= 1)
    }
  }

  private func fault(
    _ change: (inout Schema, inout HeatSettings) -> Void
  ) throws -> HeatFault? {
    var (schema, settings) = (Tracks.schema, Tracks.settings)
    change(&schema, &settings)
    let blueprint = try Blueprint(schema: schema)
    do {
      _ = try HeatPlan(blueprint, settings: settings, rho: Rho(checked: 1))
      return nil
    } catch {
      return error
    }
  }

  @Test func whatCannotBeDrawnIsRefused() throws {
    #expect(try fault { _, _ in } == nil)
    #expect(try fault { schema, _ in schema.place = nil } == .noPlace)
    #expect(try fault { schema, _ in schema.unit = .row } == .noPerson)
    #expect(try fault { schema, _ in schema.columns[1].bounds = .learned } == .noBounds("x"))
    #expect(try fault { _, settings in settings.cellMetres = 0 } == .wrongCellSize)
    #expect(try fault { _, settings in settings.cellMetres = 1_600 } == .oneCell(metres: 1_600))
    #expect(try fault { _, settings in settings.threshold = 0.5 } == .wrongThreshold)
    #expect(
      try fault { schema, settings in
        schema.columns[1].bounds = .declared(0...160_000_000)
        settings.cellMetres = 1
      } == .tooManyCells(metres: 1, finest: 16_000_000 / 4_096))
    #expect(
      try fault { schema, settings in
        schema.place?.time = nil
        schema.place?.fastest = nil
        settings.slices = .hour
      } == .noTime("hour"))
    // Bounds as wide as numbers go are refused like any others.
    let widest = try fault { schema, _ in
      schema.columns[1].bounds = .declared(Cells.lowestValue ... .max)
    }
    guard case .tooManyCells? = widest else {
      Issue.record("\(String(describing: widest))")
      return
    }
  }

  /// A degree of longitude is shorter in the north.
  @Test func degreesBecomeMetres() throws {
    var schema = Tracks.schema
    schema.columns[1].type = .decimal(fractionDigits: 4)
    schema.columns[2].type = .decimal(fractionDigits: 4)
    schema.columns[1].bounds = .declared(80_000...90_000)
    schema.columns[2].bounds = .declared(595_000...605_000)
    schema.place = PlaceColumns(plane: .degrees, east: "x", north: "y")
    var settings = HeatSettings()
    settings.cellMetres = 1_000
    let plan = try HeatPlan(
      Blueprint(schema: schema), settings: settings, rho: Rho(checked: 1))
    #expect(plan.grid.depth == 7 && plan.grid.leavesOutOrigin)
    #expect(abs(plan.region.metresAcross - 55_597) < 5)
    #expect(abs(plan.region.aspect - 2) < 0.001)
    #expect(abs(plan.grid.north.ticksPerCell - 89.93) < 0.01)
  }

  /// Cells beyond the bounds, or inside an area that is left out, are never asked about.
  @Test func cellsOfNobodyAreNotMeasured() throws {
    let plan = try Tracks.plan(Tracks.settings)
    let inside = HeatGrid.cell(column: 3, row: 4)
    #expect(!plan.isMeasured(inside, level: 4))
    #expect(plan.isMeasured(HeatGrid.cell(column: 1, row: 4), level: 4))
    #expect(plan.isMeasured(HeatGrid.cell(column: 0, row: 1), level: 2))
  }

  @Test func areasAreReadAndCounted() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "understudy-areas-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("areas.geojson")
    func read(_ text: String) throws -> DeclaredAreas {
      try Data(text.utf8).write(to: file)
      return try DeclaredAreas(file)
    }
    let ring = "[[0,0],[800,0],[800,1600],[0,1600],[0,0]]"
    let hole = "[[400,0],[800,0],[800,1600],[400,1600],[400,0]]"
    func feature(_ name: String, _ rings: String) -> String {
      "{\"type\":\"Feature\",\"properties\":{\"name\":\"\(name)\"},\"geometry\":"
        + "{\"type\":\"Polygon\",\"coordinates\":[\(rings)]}}"
    }
    func collection(_ features: String...) -> String {
      "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}"
    }
    let east = "[[1600,0],[1700,0],[1700,100],[1600,100],[1600,0]]"
    let areas = try read(
      collection(
        feature("west", ring), feature("far west", "\(ring),\(hole)"), feature("beyond", east)))
    let plan = try Tracks.plan(Tracks.settings)
    let leaves = [
      HeatLeaf(
        level: 2, cell: HeatGrid.cell(column: 0, row: 0), slice: 0, heat: 8, standardError: 3),
      HeatLeaf(
        level: 1, cell: HeatGrid.cell(column: 1, row: 0), slice: 0, heat: 5, standardError: 2),
      HeatLeaf(
        level: 3, cell: HeatGrid.cell(column: 2, row: 0), slice: 0, heat: 2, standardError: 4),
    ]
    let heats = HeatMap(plan: plan, leaves: leaves).heat(of: areas)
    #expect(heats.map(\.name) == ["west", "far west", "beyond"])
    #expect(heats.map(\.heat) == [10, 8, 0])
    #expect(heats.map(\.standardError) == [5, 3, nil])
    for broken in ["no", collection(), collection(feature("two corners", "[[0,0],[1,1]]"))] {
      #expect(throws: HeatFault.areasUnreadable("areas.geojson")) { try read(broken) }
    }
  }
}
