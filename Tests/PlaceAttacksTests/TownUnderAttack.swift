import Accounting
import Curation
import Encoding
import Examples
import Foundation
import HeatMaps
import Ledger
import PlaceAttacks
import Tables
import Trips

/// A town of which every second person is in the original, and the others are strangers.
enum TownUnderAttack {
  static let town = TownExample(people: 4_000, mostTrips: 60, seed: 11)
  static let original = town.table { isMember($0) }
  /// The people of the original but 14.
  static let stayed = town.table { isMember($0) && $0 % 300 != 0 }

  private static func isMember(_ person: Int) -> Bool { person % 2 == 0 }

  static func plan(_ cellMetres: Double = 200) throws -> HeatPlan {
    try PlaceAttack.plan(TownExample.schema, cellMetres: cellMetres)
  }

  static func tracks(_ table: Table) throws -> PeopleTracks {
    PeopleTracks(
      OwnerTable(table), schema: TownExample.schema, plan: try plan(), pauseSeconds: 600)
  }

  static func attack(knowingRoads: Bool = true) throws -> PlaceAttack {
    var attack = try PlaceAttack(try tracks(original), plan: try plan())
    attack.strangers = try tracks(town.table { !isMember($0) })
    let side = TownExample.side
    if knowingRoads {
      attack.isRoad = (0..<side * side).map { TownExample.isRoad(SIMD2($0 % side, $0 / side)) }
    }
    return attack
  }

  /// The exact points of each cell; cells of fewer people are blanked.
  static func counts(_ table: Table, fewest: Int = 1) -> [Double] {
    guard case .labels(let people, _) = table.columns[0].cells,
      case .ticks(let xs) = table.columns[3].cells, case .ticks(let ys) = table.columns[4].cells
    else { preconditionFailure("a town of another form") }
    var points = [Double](repeating: 0, count: TownExample.side * TownExample.side)
    var visitors = [Set<Int32>](repeating: [], count: points.count)
    for row in people.indices {
      let cell = Int(ys[row]) / 200 * TownExample.side + Int(xs[row]) / 200
      points[cell] += 1
      visitors[cell].insert(people[row])
    }
    return zip(points, visitors).map { $1.count >= fewest ? $0 : 0 }
  }

  /// The part of the noise of a release with ε = 1 and δ = 10⁻⁶.
  static let rho = Rho(
    checked: LedgerBalance.reservation(epsilon: 1, delta: 1e-6, eventDelta: 0))

  private static func curator(_ table: Table, seed: UInt64) throws -> Curator {
    Curator(
      seeded: SensitiveTable(table: table), blueprint: try Blueprint(schema: TownExample.schema),
      budget: NoBudget(), seed: seed)
  }

  static func privateMap(_ table: Table, seed: UInt64) throws -> [Double] {
    let plan = try HeatPlan(
      Blueprint(schema: TownExample.schema), settings: HeatSettings(), rho: rho)
    return try HeatTree(plan).grow(curator(table, seed: seed)).cells()
  }

  static func syntheticTrips(_ table: Table, seed: UInt64) throws -> Table {
    let plan = try TripPlan(
      Blueprint(schema: TownExample.schema), settings: TripSettings(), rho: rho)
    let model = try TripModel(plan, asking: curator(table, seed: seed))
    return TripSampler(model, schema: TownExample.schema).table(seed: seed)
  }
}

/// The people are invented and need no budget.
private struct NoBudget: BudgetSession {
  func charge(_ event: PrivacyEvent) {}
}

extension PlaceAttackReport {
  func line(_ name: String) -> Line? { lines.first { $0.name == name } }
}
