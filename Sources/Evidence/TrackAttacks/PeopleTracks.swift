import Accounting
import Basics
import Curation
import DelimitedText
import Encoding
import Foundation
import HeatMaps
import Tables

/// Tracks as an attacker sees them: the cells of each person, and where their trips begin and end.
struct PeopleTracks {
  struct Person {
    /// Points by cell.
    var cells: [Int: Int] = [:]
    /// The commonest end of trips; without times, the commonest cell.
    var home: SIMD2<Int>
    /// The commonest end that is not near the home; nil if there is none.
    var work: SIMD2<Int>?

    var points: Int { cells.values.reduce(0, +) }
  }

  let side: Int
  let people: [Person]

  /// Ends at most so many cells from the home are at home.
  static let near = 2

  /// - Parameters:
  ///   - plan: the grid of cells.
  ///   - pauseSeconds: a longer pause ends a trip.
  init(_ table: Table, schema: Schema, plan: HeatPlan, pauseSeconds: Double) {
    let grid = plan.grid
    side = 1 << grid.depth
    guard case .person(let who, _) = schema.unit, let place = schema.place,
      let column = table.column(named: who), let east = Self.ticks(place.east, in: table),
      let north = Self.ticks(place.north, in: table)
    else {
      people = []
      return
    }
    let times = place.time.flatMap { Self.ticks($0, in: table) }
    let seconds = grid.clock?.secondsPerTick ?? 1
    var rows: [Int64: [Int]] = [:]
    for row in 0..<table.rowCount {
      guard let person = column.cells.key(row), grid.east.bounds.contains(east[row]),
        grid.north.bounds.contains(north[row]),
        !(grid.leavesOutOrigin && east[row] == 0 && north[row] == 0)
      else { continue }
      rows[person, default: []].append(row)
    }
    let side = side
    func cell(_ row: Int) -> SIMD2<Int> {
      func place(_ tick: Int64, _ axis: HeatGrid.Axis) -> Int {
        min(Int(Double(tick - axis.bounds.lowerBound) / axis.ticksPerCell), side - 1)
      }
      return SIMD2(place(east[row], grid.east), place(north[row], grid.north))
    }
    people = rows.sorted { $0.key < $1.key }.compactMap { _, own in
      var (places, ends) = ([SIMD2<Int>](), [SIMD2<Int>]())
      let ordered = times.map { times in own.sorted { times[$0] < times[$1] } } ?? own
      for (index, row) in ordered.enumerated() {
        places.append(cell(row))
        guard let times else { continue }
        let before =
          index > 0 ? Double(times[row] - times[ordered[index - 1]]) * seconds : .infinity
        if before > pauseSeconds {
          if index > 0 { ends.append(places[index - 1]) }
          ends.append(places[index])
        }
      }
      if times != nil, let last = places.last { ends.append(last) }
      return Self.person(places, ends: ends.isEmpty ? places : ends, side: side)
    }
  }

  private static func ticks(_ name: String, in table: Table) -> [Int64]? {
    guard case .ticks(let ticks)? = table.column(named: name)?.cells else { return nil }
    return ticks
  }

  private static func person(
    _ places: [SIMD2<Int>], ends: [SIMD2<Int>], side: Int
  ) -> Person? {
    let counts = Dictionary(grouping: ends) { $0 }.mapValues(\.count)
    func commonest(_ isLeft: (SIMD2<Int>) -> Bool) -> SIMD2<Int>? {
      counts.filter { isLeft($0.key) }.max {
        ($0.value, $0.key.y, $0.key.x) < ($1.value, $1.key.y, $1.key.x)
      }?.key
    }
    guard let home = commonest({ _ in true }) else { return nil }
    let work = commonest { max(abs($0.x - home.x), abs($0.y - home.y)) > near }
    var person = Person(home: home, work: work)
    for place in places { person.cells[place.y * side + place.x, default: 0] += 1 }
    return person
  }

  /// The points of everybody but one person, by cell; cells of fewer people than `fewest` are
  /// blanked.
  func map(without left: Int? = nil, fewest: Int = 1) -> [Double] {
    var (points, visitors) = (
      [Double](repeating: 0, count: side * side), [Int](repeating: 0, count: side * side)
    )
    for (index, person) in people.enumerated() where index != left {
      for (cell, count) in person.cells {
        points[cell] += Double(count)
        visitors[cell] += 1
      }
    }
    return zip(points, visitors).map { $1 >= fewest ? $0 : 0 }
  }
}
