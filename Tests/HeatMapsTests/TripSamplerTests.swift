import Accounting
import Basics
import Curation
import Encoding
import Examples
import Foundation
import HeatMaps
import Ledger
import Tables
import Testing
import Trips

/// Synthetic trips of a small town: their ends, their speed, and the rules that they keep.
@Suite struct TripSamplerTests {
  /// A small town with few trips.
  private static let town = TownExample(people: 700, mostTrips: 5, seed: 3)

  private static func schema(excluding area: [Double]? = nil) -> Schema {
    var schema = TownExample.schema
    schema.place?.excluded = area.flatMap { PlaceColumns.Area($0) }.map { [$0] } ?? []
    return schema
  }

  private static func model(
    _ schema: Schema, rho: Double, fastest: Int? = nil, table: Table = town.table
  ) throws -> TripModel {
    let blueprint = try Blueprint(schema: schema)
    var settings = TripSettings()
    settings.fastest = fastest
    let plan = try TripPlan(blueprint, settings: settings, rho: Rho(checked: rho))
    let curator = Curator(
      seeded: SensitiveTable(table: table), blueprint: blueprint, budget: HeatBudget(), seed: 4)
    return try TripModel(plan, asking: curator)
  }

  /// The points of each trip of each person: time, x and y.
  private static func trips(_ table: Table) throws -> [[[(time: Int64, x: Int64, y: Int64)]]] {
    guard case .labels(let people, _) = table.columns[0].cells,
      case .ticks(let numbers) = table.columns[1].cells,
      case .ticks(let times) = table.columns[2].cells,
      case .ticks(let xs) = table.columns[3].cells, case .ticks(let ys) = table.columns[4].cells
    else { throw Malformed() }
    var trips: [[[(time: Int64, x: Int64, y: Int64)]]] = []
    for row in people.indices {
      let isNewPerson = row == 0 || people[row] != people[row - 1]
      if isNewPerson { trips.append([]) }
      if isNewPerson || numbers[row] != numbers[row - 1] { trips[trips.count - 1].append([]) }
      let last = trips[trips.count - 1].count - 1
      trips[trips.count - 1][last].append((times[row], xs[row], ys[row]))
    }
    return trips
  }

  private struct Malformed: Error {}

  /// With next to no noise: people go where people went, at the same hours, and each has a home.
  @Test func theTripsAreLikeTheTown() throws {
    let model = try Self.model(TownExample.schema, rho: 1e4)
    #expect(abs(model.people - 700) < 5 && model.workShare > 0.7 && model.workShare <= 1)
    let table = TripSampler(model, schema: TownExample.schema).table(seed: 9)
    #expect(table.columns.map(\.name) == ["person", "trip", "time", "x", "y"])
    let people = try Self.trips(table)
    #expect(abs(people.count - 700) < 10)
    let morning = people.joined().count { (6..<10).contains($0[0].time / 3_600 % 24) }
    #expect(abs(Double(morning) / Double(people.joined().count) - 0.55) < 0.08)
    // Somebody's trips begin at one place.
    let atHome = people.filter { $0.count >= 3 }.map { own in
      let starts = own.map { [$0[0].x / 200, $0[0].y / 200] }
      let most = Dictionary(grouping: starts) { $0 }.values.map(\.count).max() ?? 0
      return Double(most) / Double(own.count)
    }
    #expect(atHome.reduce(0, +) / Double(max(atHome.count, 1)) > 0.9)
    let truth = TownTruth(Self.town).cells
    var map = [Double](repeating: 0, count: truth.count)
    for own in people {
      let points = own.joined()
      for point in points {
        map[Int(point.y) / 200 * TownTruth.side + Int(point.x) / 200] += 1 / Double(points.count)
      }
    }
    #expect(TownTruth.distance(map, truth, square: 16) < 0.15)
  }

  /// From one point to the next nobody is faster than the bound, nobody is at two places, all
  /// points are in the region and none in an area that is left out.
  @Test(arguments: [3, 70]) func noTripIsFasterThanTheBound(_ fastest: Int) throws {
    let area: [Double] = [9_000, 9_000, 12_000, 11_000]
    let schema = Self.schema(excluding: area)
    let model = try Self.model(schema, rho: 10, fastest: fastest)
    let people = try Self.trips(TripSampler(model, schema: schema).table(seed: 1))
    #expect(people.joined().count > 500)
    var quickest = 0.0
    for own in people {
      for (trip, next) in zip(own, own.dropFirst()) {
        let gap = next[0].time - trip[trip.count - 1].time
        let way = hypot(
          Double(next[0].x - trip[trip.count - 1].x), Double(next[0].y - trip[trip.count - 1].y))
        #expect(gap > 600 && way <= Double(fastest) * Double(gap))
      }
      for trip in own {
        #expect(trip.count > 1)
        for point in trip {
          #expect((0...25_600).contains(point.x) && (0...25_600).contains(point.y))
          #expect(
            !((9_000...12_000).contains(point.x) && (9_000...11_000).contains(point.y)))
        }
        for (from, to) in zip(trip, trip.dropFirst()) {
          let speed =
            hypot(Double(to.x - from.x), Double(to.y - from.y)) / Double(to.time - from.time)
          quickest = max(quickest, speed)
          #expect(abs(to.x / 200 - from.x / 200) + abs(to.y / 200 - from.y / 200) == 1)
        }
      }
    }
    #expect(quickest <= Double(fastest) && quickest > 2)
  }

  /// The curator finds as many trips in the synthetic table as it holds: they are trips by the same
  /// rules.
  @Test func theTripsAreTripsByTheSameRules() throws {
    let model = try Self.model(TownExample.schema, rho: 10)
    let table = TripSampler(model, schema: TownExample.schema).table(seed: 2)
    let probe = HeatProbe()
    let blueprint = try Blueprint(schema: TownExample.schema)
    let curator = Curator(
      audited: SensitiveTable(table: table), blueprint: blueprint, budget: HeatBudget(), seed: 1,
      probe: probe)
    _ = try curator.trips(.counts, on: model.plan.grid, rho: Rho(checked: 1))
    let people = try Self.trips(table)
    var bins = [Int](repeating: 0, count: model.plan.grid.counts.count)
    for own in people {
      bins[model.plan.grid.counts.bin(of: own.count)] += ClippedVector.sensitivity
    }
    #expect(probe.exact.last == bins)
  }

  /// The same seed gives the same table, another one another.
  @Test func aSeedRepeatsTheTrips() throws {
    let model = try Self.model(TownExample.schema, rho: 1)
    let sampler = TripSampler(model, schema: TownExample.schema)
    let (one, two, other) = (
      sampler.table(seed: 1), sampler.table(seed: 1), sampler.table(seed: 2)
    )
    #expect(one.columns.map(\.cells) == two.columns.map(\.cells))
    #expect(one.columns.map(\.cells) != other.columns.map(\.cells))
  }

  /// A few people are no error: there are no trips.
  @Test func aFewPeopleHaveNoTrips() throws {
    let model = try Self.model(
      TownExample.schema, rho: 0.01, table: Self.town.table(keeping: { $0 < 3 }))
    #expect(model.isEmpty)
    let table = TripSampler(model, schema: TownExample.schema).table(seed: 1)
    #expect(table.rowCount == 0 && table.columns.count == 5)
  }

  /// The settings and schemas that trips cannot be made under, each with its reason.
  @Test func unusableSettingsAreRefused() throws {
    func fault(_ change: (inout Schema, inout TripSettings) -> Void) throws -> HeatFault? {
      var (schema, settings) = (TownExample.schema, TripSettings())
      change(&schema, &settings)
      do {
        _ = try TripPlan(
          Blueprint(schema: schema), settings: settings, rho: Rho(checked: 1))
        return nil
      } catch let fault as HeatFault { return fault }
    }
    #expect(try fault { _, _ in } == nil)
    #expect(try fault { schema, _ in schema.place = nil } == .noPlace)
    #expect(try fault { schema, _ in schema.place?.time = nil } == .noTimeOfTrips)
    #expect(try fault { schema, _ in schema.unit = .row } == .noPerson)
    #expect(try fault { _, settings in settings.pauseMinutes = 0 } == .wrongPause)
    #expect(try fault { _, settings in settings.fastest = 0 } == .wrongSpeed)
    #expect(try fault { _, settings in settings.cellMetres = 0 } == .wrongCellSize)
    let fine = try fault { _, settings in settings.cellMetres = 5 }
    guard case .tooManyCells? = fine else {
      Issue.record("\(String(describing: fine))")
      return
    }
  }
}
