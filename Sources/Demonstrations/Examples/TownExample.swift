import Basics
import Tables

/// The tracks of an invented town, 25.6 km wide: people with a home, a place of work and trips
/// between them and around them, on roads that run every 800 m; some live off the roads.
///
/// Every second trip or so goes to work, always the same way; the others are rounds in the
/// neighbourhood. Each passage of a square of 200 m is a point. A base may lie in an empty quarter;
/// its people run along its fence and nowhere else.
package struct TownExample: Sendable {
  /// The seed of `understudy example town` if the user names none.
  package static let defaultSeed: UInt64 = 2026
  /// The width of the town and of its squares, in metres.
  package static let width = 25_600
  package static let cellMetres = 200
  /// The number of squares a side.
  package static let side = width / cellMetres
  /// The most points of a person that a release counts.
  package static let mostPoints = 20_000

  /// Somebody who lives in the town, or on the base.
  package struct Resident: Sendable {
    /// The square of the home, or of the middle of the base.
    package let home: SIMD2<Int>
    /// Whether the home lies off the roads.
    package let isRural: Bool
    package let trips: Int
  }

  /// In the order of their numbers, those of the base last.
  package let residents: [Resident]
  package let table: Table

  /// The same numbers and seed give the same table everywhere.
  /// - Parameters:
  ///   - people: those of the town, at least 1.
  ///   - base: the people of the base, beside them.
  ///   - mostTrips: the most trips of a person.
  package init(
    people: Int, base: Int = 0, mostTrips: Int = 200, seed: UInt64 = TownExample.defaultSeed
  ) {
    precondition(people > 0 && base >= 0 && mostTrips >= 2, "a town of nobody")
    var random = SplitMix64(seed: seed)
    let plan = TownPlan(&random)
    var tracks = TownTracks(seed: seed, people: people + base)
    // The people of the base are drawn apart, so that the town is the same without them.
    var atBase = SplitMix64(seed: ~seed)
    residents =
      (0..<people).map { number in
        plan.resident(number, mostTrips: mostTrips, into: &tracks, &random)
      }
      + (people..<people + base).map { number in
        plan.guardian(number, mostTrips: mostTrips, into: &tracks, &atBase)
      }
    table = tracks.table
  }

  /// The fence of the base: a ring of squares, in the order in which it is run.
  package static let fence: [SIMD2<Int>] = {
    let corners = [(-2, -2), (2, -2), (2, 2), (-2, 2), (-2, -2)].map {
      TownPlan.base &+ SIMD2($0, $1)
    }
    return TownPlan.way(along: corners).dropLast().map(\.self)
  }()

  /// Whether a road runs through a square.
  package static func isRoad(_ square: SIMD2<Int>) -> Bool {
    square.x % TownPlan.block == 0 || square.y % TownPlan.block == 0
  }

  /// Returns the table without a person, or with the rows of some people alone.
  package func table(keeping keeps: (Int) -> Bool) -> Table {
    guard case .labels(let codes, _) = table.columns[0].cells else {
      preconditionFailure("people are labels")
    }
    let rows = codes.indices.filter { keeps(Int(codes[$0])) }
    return Table(columns: table.columns.map { $0.replacing(cells: $0.cells.keeping(rows)) })
  }

  /// The town's knowledge of such tracks without looking at them.
  package static let schema: Schema = {
    let metres = ColumnType.integer
    let bounds = Knowledge.declared(0...Int64(width))
    var schema = Schema(
      name: "town", unit: .person(column: "person", maximumRows: mostPoints),
      columns: [
        ColumnSchema(name: "person", type: .identifier, role: .identifier(.code)),
        ColumnSchema(name: "trip", type: .identifier, role: .identifier(.code)),
        ColumnSchema(
          name: "time", type: .timestamp(.iso),
          bounds: .declared(TownTracks.start...TownTracks.start + 400 * 86_400)),
        ColumnSchema(name: "x", type: metres, role: .quasiIdentifier, bounds: bounds),
        ColumnSchema(name: "y", type: metres, role: .quasiIdentifier, bounds: bounds),
      ])
    schema.place = PlaceColumns(plane: .metres, east: "x", north: "y", time: "time")
    return schema
  }()
}

extension Cells {
  /// Returns the cells of these rows.
  fileprivate func keeping(_ rows: [Int]) -> Cells {
    switch self {
    case .ticks(let ticks): .ticks(rows.map { ticks[$0] })
    case .labels(let codes, let dictionary):
      .labels(codes: rows.map { codes[$0] }, dictionary: dictionary)
    }
  }
}
