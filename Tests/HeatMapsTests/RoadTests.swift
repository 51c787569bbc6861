import Accounting
import Curation
import Encoding
import Examples
import Foundation
import HeatMaps
import Tables
import Testing
import Trips

/// Declared roads: the squares that they pass, and trips that follow them.
@Suite struct RoadTests {
  private static func file(_ lines: [[[Double]]], kind: String = "LineString") throws -> URL {
    let features = lines.map { line in
      "{\"type\":\"Feature\",\"properties\":null,\"geometry\":{\"type\":\"\(kind)\",\"coordinates\":\(line)}}"
    }
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "\(UUID().uuidString).geojson")
    try Data(
      "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}".utf8
    )
    .write(to: url)
    return url
  }

  private static func roads(_ lines: [[[Double]]]) throws -> DeclaredRoads {
    let url = try file(lines)
    defer { try? FileManager.default.removeItem(at: url) }
    return try DeclaredRoads(url)
  }

  private static func heatPlan() throws -> HeatPlan {
    try HeatPlan(
      Blueprint(schema: TownExample.schema), settings: HeatSettings(), rho: Rho(checked: 1))
  }

  private static func tripPlan(rho: Double = 10, schema: Schema = TownExample.schema) throws
    -> TripPlan
  {
    try TripPlan(Blueprint(schema: schema), settings: TripSettings(), rho: Rho(checked: rho))
  }

  /// The roads of the town, which run every 800 m in both directions.
  private static let grid: [[[Double]]] = (0..<32).flatMap { number -> [[[Double]]] in
    let along = Double(number) * 800 + 100
    return [[[0, along], [25_500, along]], [[along, 0], [along, 25_500]]]
  }

  /// Each square of a line is beside the one before, and every point of the line lies in one of
  /// them; corners and lines that leave the region too.
  @Test(arguments: [
    [[100.0, 100], [9_900, 4_321]], [[200, 200], [2_200, 2_200]], [[5_000, 5_000], [300, 5_000]],
    [[700, 9_000], [700, 300], [4_000, 300]], [[-3_000, 500], [4_000, 7_900]],
    [[2_200, 2_200], [200, 4_200]], [[25_000, 25_000], [29_000, 26_500]],
  ]) func aLinePassesItsSquares(_ line: [[Double]]) throws {
    let pieces = try Self.roads([line]).passages(in: try Self.heatPlan())
    for piece in pieces {
      for (here, next) in zip(piece, piece.dropFirst()) {
        let gap = next.place &- here.place
        #expect(abs(gap.x) + abs(gap.y) == 1)
      }
      for passage in piece {
        #expect((0..<128).contains(passage.place.x) && (0..<128).contains(passage.place.y))
        #expect((0...1).contains(passage.middle.x) && (0...1).contains(passage.middle.y))
      }
    }
    let cells = try Self.roads([line]).cells(in: try Self.heatPlan())
    for (from, to) in zip(line, line.dropFirst()) {
      for step in 0...5_000 {
        let share = (Double(step) + 0.37) / 5_001
        let (x, y) = (from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share)
        guard (0..<25_600).contains(x), (0..<25_600).contains(y) else { continue }
        #expect(cells[Int(y / 200) * 128 + Int(x / 200)], "\(x), \(y)")
      }
    }
  }

  /// Trips lie on the roads, go from square to square that a road joins, and no faster than the
  /// bound.
  @Test func tripsFollowTheRoads() throws {
    let town = TownExample(people: 700, mostTrips: 5, seed: 3)
    var schema = TownExample.schema
    schema.place?.excluded = PlaceColumns.Area([9_000, 9_000, 12_000, 11_000]).map { [$0] } ?? []
    let blueprint = try Blueprint(schema: schema)
    let plan = try Self.tripPlan(schema: schema)
    let curator = Curator(
      seeded: SensitiveTable(table: town.table), blueprint: blueprint, budget: HeatBudget(),
      seed: 4)
    let model = try TripModel(plan, asking: curator)
    let graph = try RoadGraph(try Self.roads(Self.grid), plan: plan, file: "roads")
    let table = TripSampler(model, schema: schema, roads: graph).table(seed: 1)
    let free = TripSampler(model, schema: schema).table(seed: 1)
    guard case .labels(let people, _) = table.columns[0].cells,
      case .ticks(let numbers) = table.columns[1].cells,
      case .ticks(let times) = table.columns[2].cells,
      case .ticks(let xs) = table.columns[3].cells, case .ticks(let ys) = table.columns[4].cells
    else {
      Issue.record("a table of another form")
      return
    }
    func isOnRoad(_ tick: Int64) -> Bool { tick / 200 % 4 == 0 && abs(tick % 200 - 100) <= 1 }
    var trips = 0
    for row in people.indices {
      #expect(isOnRoad(xs[row]) || isOnRoad(ys[row]), "a point beside the roads")
      #expect(
        !((9_000...12_000).contains(xs[row]) && (9_000...11_000).contains(ys[row])))
      guard row > 0, people[row] == people[row - 1], numbers[row] == numbers[row - 1] else {
        trips += 1
        continue
      }
      let (x, y) = (xs[row] / 200 - xs[row - 1] / 200, ys[row] / 200 - ys[row - 1] / 200)
      #expect(abs(x) + abs(y) == 1)
      // The square between two crossings is left along the road that runs through it.
      #expect(x == 0 || ys[row] / 200 % 4 == 0)
      #expect(y == 0 || xs[row] / 200 % 4 == 0)
      let way = hypot(Double(xs[row] - xs[row - 1]), Double(ys[row] - ys[row - 1]))
      #expect(way <= 70 * Double(times[row] - times[row - 1]))
    }
    #expect(trips > 500)
    guard case .ticks(let freeNumbers) = free.columns[1].cells,
      case .labels(let freePeople, _) = free.columns[0].cells
    else { return }
    let freeTrips = freeNumbers.indices.count {
      $0 == 0 || freeNumbers[$0] != freeNumbers[$0 - 1] || freePeople[$0] != freePeople[$0 - 1]
    }
    #expect(Double(trips) > 0.95 * Double(freeTrips), "\(trips) of \(freeTrips)")
  }

  /// A road that no other reaches is not used: nobody could arrive.
  @Test func onlyTheLargestPartIsUsed() throws {
    let plan = try Self.tripPlan()
    let island = [[20_100.0, 20_100], [20_500, 20_100]]
    let with = try RoadGraph(
      try Self.roads([[[100, 100], [9_000, 100]], island]), plan: plan, file: "")
    let without = try RoadGraph(
      try Self.roads([[[100, 100], [9_000, 100]]]), plan: plan, file: "")
    #expect(with == without)
  }

  @Test func otherFilesAreRefused() throws {
    let polygon = try Self.file([[[0, 0], [1, 1]]], kind: "Polygon")
    let empty = try Self.file([])
    let point = try Self.file([[[0, 0]]])
    for url in [polygon, empty, point] {
      #expect(throws: HeatFault.roadsUnreadable(url.lastPathComponent)) { try DeclaredRoads(url) }
      try FileManager.default.removeItem(at: url)
    }
    let far = try Self.roads([[[90_000, 90_000], [91_000, 91_000]]])
    let plan = try Self.tripPlan()
    #expect(throws: HeatFault.noRoads("far.geojson")) {
      try RoadGraph(far, plan: plan, file: "far.geojson")
    }
  }
}
