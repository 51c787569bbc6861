import Basics
import Tables

/// The trips of every unit, for the curator alone.
struct TripRecords {
  /// A run of points without a pause.
  struct Trip: Sendable {
    /// The places of the points, in finest cells.
    var places: [SIMD2<Int>]
    /// In seconds.
    let begin: Double
    var end: Double

    /// In moves between cells.
    var length: Int {
      zip(places, places.dropFirst()).reduce(0) { $0 + TripRecords.distance($1.0, $1.1) }
    }

    var first: SIMD2<Int> { places[0] }
    var last: SIMD2<Int> { places[places.count - 1] }
  }

  private struct Person: Sendable {
    let home: SIMD2<Int>
    /// The other anchor; nil if there is none.
    let work: SIMD2<Int>?
    let trips: [Trip]
  }

  let grid: TripGrid
  /// One for each unit; nil for a unit without a trip.
  private let people: [Person?]

  /// Each unit is read by itself.
  init(_ grid: TripGrid, units: UnitRows, ticks: (Int) -> [Int64]) {
    let columns = HeatRecords.Ticks(grid.heat, ticks: ticks)
    self.grid = grid
    people = Concurrently.map(units.count) { unit in
      TripRecords.person(TripRecords.trips(of: unit, units, columns, on: grid), on: grid)
    }
  }

  var unitCount: Int { people.count }

  static func distance(_ from: SIMD2<Int>, _ to: SIMD2<Int>) -> Int {
    abs(to.x - from.x) + abs(to.y - from.y)
  }

  // MARK: The trips of a unit

  private static func trips(
    of unit: Int, _ units: UnitRows, _ ticks: HeatRecords.Ticks, on grid: TripGrid
  ) -> [Trip] {
    let heat = grid.heat
    guard let time = ticks.time, let clock = heat.clock else { return [] }
    var trips: [Trip] = []
    for row in HeatRecords.admitted(heat, units, unit, ticks) {
      let place = SIMD2(
        heat.east.place(of: ticks.x[row], below: grid.side),
        heat.north.place(of: ticks.y[row], below: grid.side))
      let seconds = Double(time[row]) * clock.secondsPerTick
      if let last = trips.last, seconds - last.end <= grid.pauseSeconds {
        trips[trips.count - 1].places.append(place)
        trips[trips.count - 1].end = seconds
      } else {
        trips.append(Trip(places: [place], begin: seconds, end: seconds))
      }
    }
    return trips.filter { trip in trip.places.contains { $0 != trip.first } }
  }

  private static func person(_ trips: [Trip], on grid: TripGrid) -> Person? {
    var ends: [SIMD2<Int>: (all: Int, starts: Int)] = [:]
    for trip in trips {
      ends[trip.first, default: (0, 0)].all += 1
      ends[trip.first, default: (0, 0)].starts += 1
      ends[trip.last, default: (0, 0)].all += 1
    }
    // Between equal cells starts decide, and then the place, so that no order of rows matters.
    func commonest(_ isLeft: (SIMD2<Int>) -> Bool) -> SIMD2<Int>? {
      ends.filter { isLeft($0.key) }.max {
        ($0.value.all, $0.value.starts, $0.key.y, $0.key.x)
          < ($1.value.all, $1.value.starts, $1.key.y, $1.key.x)
      }?.key
    }
    guard let home = commonest({ _ in true }) else { return nil }
    let work = commonest { !isNear($0, home, on: grid) }
    return Person(home: home, work: work, trips: trips)
  }

  private static func isNear(_ place: SIMD2<Int>, _ anchor: SIMD2<Int>, on grid: TripGrid) -> Bool {
    reach(place, anchor) <= grid.nearCells
  }

  private static func reach(_ place: SIMD2<Int>, _ anchor: SIMD2<Int>) -> Int {
    max(abs(place.x - anchor.x), abs(place.y - anchor.y))
  }

  // MARK: The shares of a trait

  /// Adds a unit's shares in `asked`, ascending numbers, to `sum`, shortened to the length `clip`
  /// (``ClippedVector``).
  func add(
    _ unit: Int, _ trait: TripGrid.Trait, asked: [UInt32], clip: Double, to sum: inout [Int]
  ) {
    guard let person = people[unit] else { return }
    var counts: [UInt32: Int] = [:]
    for number in numbers(of: trait, person) { counts[number, default: 0] += 1 }
    let total = Double(counts.values.reduce(0, +))
    var places: [Int] = []
    var shares: [Double] = []
    for (number, count) in counts.sorted(by: { $0.key < $1.key }) {
      let place = HeatRecords.place(of: number, in: asked, from: 0)
      guard place < asked.count, asked[place] == number else { continue }
      places.append(place)
      shares.append(Double(count) / total)
    }
    for (place, steps) in zip(places, ClippedVector.steps(of: shares, clip: clip)) {
      sum[place] += steps
    }
  }

  /// Returns the number of each thing of a person that a trait counts.
  private func numbers(of trait: TripGrid.Trait, _ person: Person) -> [UInt32] {
    func cell(_ place: SIMD2<Int>, _ level: Int) -> UInt32 {
      HeatGrid.cell(column: place.x, row: place.y) >> UInt32(2 * (grid.heat.depth - level))
    }
    switch trait {
    case .homes(let level): return [cell(person.home, level)]
    case .works(let level): return person.work.map { [cell($0, level)] } ?? []
    case .pairs(let level):
      return person.work.map { [TripGrid.pair(cell(person.home, level), cell($0, level))] } ?? []
    case .counts: return [UInt32(grid.counts.bin(of: person.trips.count))]
    case .hours: return person.trips.map { UInt32(HeatGrid.Slices.hour.slice(of: $0.begin)) }
    case .weekdays: return person.trips.map { UInt32(HeatGrid.Slices.weekday.slice(of: $0.begin)) }
    case .kinds: return person.trips.map { kind(of: $0, person) }
    case .lengths: return person.trips.map { length(of: $0) }
    case .speeds: return person.trips.map { speed(of: $0) }
    case .reaches:
      return person.trips.flatMap { [$0.first, $0.last] }.filter { end($0, person) == .elsewhere }
        .map { UInt32(grid.reaches.bin(of: Self.reach($0, person.home))) }
    case .moves: return person.trips.flatMap { moves(of: $0) }
    }
  }

  private func end(_ place: SIMD2<Int>, _ person: Person) -> TripGrid.End {
    if Self.isNear(place, person.home, on: grid) { return .home }
    if let work = person.work, Self.isNear(place, work, on: grid) { return .work }
    return .elsewhere
  }

  private func kind(of trip: Trip, _ person: Person) -> UInt32 {
    let ends = end(trip.first, person).rawValue * 3 + end(trip.last, person).rawValue
    let part = HeatGrid.Slices.hour.slice(of: trip.begin) * TripGrid.partsOfDay / 24
    return UInt32(ends * TripGrid.partsOfDay + part)
  }

  private func length(of trip: Trip) -> UInt32 {
    let length = trip.length
    guard !Self.isNear(trip.first, trip.last, on: grid) else {
      return UInt32(grid.lengths.bin(of: length))
    }
    let detour = length * 1_000 / Self.distance(trip.first, trip.last)
    return UInt32(grid.lengths.count + grid.detours.bin(of: detour))
  }

  private func speed(of trip: Trip) -> UInt32 {
    let tick = grid.heat.clock?.secondsPerTick ?? 1
    let metres = Double(trip.length) * grid.cellMetres
    return UInt32(grid.speeds.bin(of: Int(metres / max(trip.end - trip.begin, tick) * 10)))
  }

  private func moves(of trip: Trip) -> [UInt32] {
    let shift = UInt32(2 * (grid.heat.depth - grid.regionLevel))
    return zip(trip.places, trip.places.dropFirst()).flatMap { from, to -> [UInt32] in
      let region = Int(HeatGrid.cell(column: from.x, row: from.y) >> shift)
      let step = to &- from
      let start = (region * TripGrid.octants + TripGrid.octant(trip.last &- from)) * 4
      let own =
        [UInt32](repeating: UInt32(start + (step.x > 0 ? 0 : 2)), count: abs(step.x))
        + [UInt32](repeating: UInt32(start + (step.y > 0 ? 1 : 3)), count: abs(step.y))
      return own
    }
  }
}
