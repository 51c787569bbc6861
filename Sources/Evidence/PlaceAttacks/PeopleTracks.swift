import Curation
import HeatMaps
import Tables

/// Tracks as an attacker may know them: the cells of each person, and the places at which their
/// trips begin and end.
package struct PeopleTracks: Sendable {
  struct Person: Sendable {
    /// As the table names them.
    let name: String
    /// Points by cell.
    let cells: [Int: Int]
    /// The commonest end of trips; without times, the commonest cell.
    let home: SIMD2<Int>
    /// The commonest end that is not near the home; nil if there is none.
    let work: SIMD2<Int>?
    let points: Int

    /// The heat of a cell that is the person's own: points, or a share of a person.
    func heat(of cell: Int, inPeople: Bool) -> Double {
      Double(cells[cell] ?? 0) / (inPeople ? Double(points) : 1)
    }
  }

  /// The cells a side.
  package let side: Int
  let people: [Person]

  /// Ends at most so many cells from the home are at home.
  static let near = 2

  package var count: Int { people.count }

  /// Reads the people who have a point in the region.
  /// - Parameters:
  ///   - schema: that of the original, with a person column and places.
  ///   - plan: the grid of cells.
  ///   - pauseSeconds: a longer pause ends a trip.
  package init(_ table: OwnerTable, schema: Schema, plan: HeatPlan, pauseSeconds: Double) {
    let (table, grid) = (table.ownersRows, plan.grid)
    side = 1 << grid.depth
    guard case .person(let who, _) = schema.unit, let place = schema.place,
      let column = table.column(named: who), let east = Self.ticks(place.east, in: table),
      let north = Self.ticks(place.north, in: table)
    else {
      people = []
      return
    }
    let times = place.time.flatMap { Self.ticks($0, in: table) }
    let pauseTicks = pauseSeconds / (plan.region.secondsPerTick ?? 1)
    var rows: [Int64: [Int]] = [:]
    for row in 0..<table.rowCount {
      guard let person = column.cells.key(row), grid.admits(east[row], north[row]) else { continue }
      rows[person, default: []].append(row)
    }
    let side = side
    people = rows.sorted { $0.key < $1.key }.map { key, own in
      let ordered = times.map { times in own.sorted { times[$0] < times[$1] } } ?? own
      let places = ordered.map {
        SIMD2(
          grid.east.place(of: east[$0], below: side), grid.north.place(of: north[$0], below: side))
      }
      let ends = times.map { times in
        Self.ends(of: places, at: ordered.map { times[$0] }, pauseTicks: pauseTicks)
      }
      return Self.person(
        Self.name(key, in: column), places, ends: ends ?? places, side: side)
    }
  }

  private static func ticks(_ name: String, in table: Table) -> [Int64]? {
    guard case .ticks(let ticks)? = table.column(named: name)?.cells else { return nil }
    return ticks
  }

  private static func name(_ key: Int64, in column: Column) -> String {
    if case .labels(_, let dictionary) = column.cells { dictionary[Int(key)] } else { String(key) }
  }

  /// Returns the first and last places of trips.
  private static func ends(
    of places: [SIMD2<Int>], at times: [Int64], pauseTicks: Double
  ) -> [SIMD2<Int>] {
    var ends = [places[0]]
    for place in places.indices.dropFirst()
    where Double(times[place]) - Double(times[place - 1]) > pauseTicks {
      ends += [places[place - 1], places[place]]
    }
    return ends + [places[places.count - 1]]
  }

  private static func person(
    _ name: String, _ places: [SIMD2<Int>], ends: [SIMD2<Int>], side: Int
  ) -> Person {
    let counts = Dictionary(grouping: ends) { $0 }.mapValues(\.count)
    func commonest(_ isLeft: (SIMD2<Int>) -> Bool) -> SIMD2<Int>? {
      counts.filter { isLeft($0.key) }.max {
        ($0.value, $0.key.y, $0.key.x) < ($1.value, $1.key.y, $1.key.x)
      }?.key
    }
    let home = commonest { _ in true } ?? places[0]
    var cells: [Int: Int] = [:]
    for place in places { cells[place.y * side + place.x, default: 0] += 1 }
    return Person(
      name: name, cells: cells, home: home, work: commonest { reach($0, home) > near },
      points: places.count)
  }

  static func reach(_ place: SIMD2<Int>, _ other: SIMD2<Int>) -> Int {
    max(abs(place.x - other.x), abs(place.y - other.y))
  }

  func number(_ place: SIMD2<Int>) -> Int { place.y * side + place.x }

  /// The people who were in each cell.
  var visitors: [Int] {
    var visitors = [Int](repeating: 0, count: side * side)
    for cell in people.lazy.flatMap(\.cells.keys) { visitors[cell] += 1 }
    return visitors
  }

  /// The exact map: points, or people, by cell. Cells of fewer people than `fewest` are blanked.
  func map(inPeople: Bool, fewest: Int = 1) -> [Double] {
    var heat = [Double](repeating: 0, count: side * side)
    for person in people {
      for cell in person.cells.keys { heat[cell] += person.heat(of: cell, inPeople: inPeople) }
    }
    return zip(heat, visitors).map { $1 >= fewest ? $0 : 0 }
  }
}
