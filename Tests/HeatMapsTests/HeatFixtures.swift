import Accounting
import Curation
import Encoding
import Examples
import Foundation
import HeatMaps
import Ledger
import Tables

/// Accepts as many charges as it is allowed.
final class HeatBudget: BudgetSession {
  struct Refused: Error {}
  private(set) var charges: [PrivacyEvent] = []
  var allowed = Int.max

  func charge(_ event: PrivacyEvent) throws {
    guard charges.count < allowed else { throw Refused() }
    charges.append(event)
  }
}

/// Records exact answers.
final class HeatProbe: CuratorProbe {
  private(set) var exact: [[Int]] = []

  func answer(to question: Question, exact: Answer, noisy: Answer) -> Answer {
    if case .counts(let counts) = exact { self.exact.append(counts) }
    return noisy
  }
}

/// Points in a square of 1,600 m, and their grid of cells of 100 m or more.
enum Tracks {
  struct Point: Equatable {
    var who: Int64
    var x: Int64
    var y: Int64
    /// In seconds.
    var time: Int64
  }

  static let schema: Schema = {
    var schema = Schema(
      name: "tracks", unit: .person(column: "who", maximumRows: 1_000),
      columns: [
        ColumnSchema(name: "who", type: .integer, bounds: .declared(0...999)),
        ColumnSchema(name: "x", type: .decimal(fractionDigits: 1), bounds: .declared(0...16_000)),
        ColumnSchema(name: "y", type: .integer, bounds: .declared(0...1_600)),
        ColumnSchema(name: "time", type: .timestamp(.iso)),
      ])
    schema.place = PlaceColumns(
      plane: .metres, east: "x", north: "y", time: "time", fastest: 50,
      excluded: [200.0, 300, 500, 700].area.map { [$0] } ?? [])
    return schema
  }()

  static func table(_ points: [Point]) -> Table {
    let cells: [Cells] = [
      .ticks(points.map(\.who)), .ticks(points.map { $0.x * 10 }), .ticks(points.map(\.y)),
      .ticks(points.map(\.time)),
    ]
    return Table(columns: zip(schema.columns, cells).map { $0.filled(with: $1) })
  }

  static func plan(_ settings: HeatSettings, rho: Double = 1) throws -> HeatPlan {
    try HeatPlan(Blueprint(schema: schema), settings: settings, rho: Rho(checked: rho))
  }

  static var settings: HeatSettings {
    var settings = HeatSettings()
    settings.cellMetres = 100
    return settings
  }
}

extension [Double] {
  fileprivate var area: PlaceColumns.Area? { PlaceColumns.Area(self) }
}

/// Comparisons of maps of a town with its exact heat.
struct TownTruth {
  let town: TownExample
  let cells: [Double]
  static let side = TownExample.side

  init(_ town: TownExample) {
    self.town = town
    guard case .labels(let people, _) = town.table.columns[0].cells,
      case .ticks(let xs) = town.table.columns[3].cells,
      case .ticks(let ys) = town.table.columns[4].cells
    else { preconditionFailure("a town of another form") }
    var counts = [Int](repeating: 0, count: town.residents.count)
    for person in people { counts[Int(person)] += 1 }
    var cells = [Double](repeating: 0, count: Self.side * Self.side)
    for row in people.indices {
      let cell = Int(ys[row]) / 200 * Self.side + Int(xs[row]) / 200
      cells[cell] += 1 / Double(counts[Int(people[row])])
    }
    self.cells = cells
  }

  /// Draws maps with noise that a seed repeats.
  func maps(draws: Int, epsilon: Double = 1, settings: HeatSettings = HeatSettings(), seed: UInt64)
    throws -> [HeatMap]
  {
    let blueprint = try Blueprint(schema: TownExample.schema)
    let rho = LedgerBalance.reservation(epsilon: epsilon, delta: 1e-6, eventDelta: 0)
    let plan = try HeatPlan(blueprint, settings: settings, rho: Rho(checked: rho))
    let curator = Curator(
      seeded: SensitiveTable(table: town.table), blueprint: blueprint, budget: HeatBudget(),
      seed: seed)
    return try (0..<draws).map { _ in try HeatTree(plan).grow(curator) }
  }

  /// The total variation distance between distributions on squares of so many cells a side.
  static func distance(_ first: [Double], _ second: [Double], square: Int) -> Double {
    func blocks(_ map: [Double]) -> [Double] {
      let count = side / square
      var sums = [Double](repeating: 0, count: count * count)
      for (cell, heat) in map.enumerated() {
        sums[cell / side / square * count + cell % side / square] += heat
      }
      let total = max(map.reduce(0, +), 1e-9)
      return sums.map { $0 / total }
    }
    return zip(blocks(first), blocks(second)).reduce(0) { $0 + abs($1.0 - $1.1) } / 2
  }

  /// The mean error of the shares of 1,000 rectangles.
  static func rectangleError(_ first: [Double], _ second: [Double]) -> Double {
    var random = SystemFree(state: 7)
    func prefix(_ map: [Double]) -> [Double] {
      let total = max(map.reduce(0, +), 1e-9)
      var sums = [Double](repeating: 0, count: (side + 1) * (side + 1))
      for row in 0..<side {
        for column in 0..<side {
          let at = (row + 1) * (side + 1) + column + 1
          sums[at] =
            map[row * side + column] / total + sums[at - 1] + sums[at - side - 1]
            - sums[at - side - 2]
        }
      }
      return sums
    }
    let (one, other) = (prefix(first), prefix(second))
    var error = 0.0
    for _ in 0..<1_000 {
      let (a, b, c, d) = (
        random.below(side), random.below(side), random.below(side), random.below(side)
      )
      let (west, east, south, north) = (min(a, b), max(a, b), min(c, d), max(c, d))
      func sum(_ sums: [Double]) -> Double {
        func at(_ row: Int, _ column: Int) -> Double { sums[row * (side + 1) + column] }
        return at(north, east) - at(south, east) - at(north, west) + at(south, west)
      }
      error += abs(sum(one) - sum(other))
    }
    return error / 1_000
  }
}

/// A small generator of places, the same everywhere.
struct SystemFree {
  var state: UInt64

  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }
}
