import Accounting
import Basics
import Curation
import Encoding
import Foundation
import HeatMaps
import Tables
import Testing
import Trips

/// The exact answers about trips, compared with the definition person by person
/// (docs/proofs/trips.md).
@Suite struct TripRecordTests {
  /// The grid of 16 cells a side of 100 m, with the 50 m/s of the schema and pauses of a minute.
  private static func plan() throws -> TripPlan {
    var settings = TripSettings()
    (settings.cellMetres, settings.pauseMinutes) = (100, 1)
    return try TripPlan(
      Blueprint(schema: Tracks.schema), settings: settings, rho: Rho(checked: 1))
  }

  /// Walks between a few places of each person, with pauses, jumps and points outside.
  private static func points(people: Int, seed: UInt64) -> [Tracks.Point] {
    var random = SplitMix64(seed: seed)
    var points: [Tracks.Point] = []
    for who in 0..<people {
      let anchors = (0..<3).map { _ in (random.below(1_600), random.below(1_600)) }
      var time = random.below(1_000_000)
      for _ in 0..<1 + random.below(6) {
        let (from, to) = (anchors[random.below(3)], anchors[random.below(3)])
        let steps = 1 + random.below(6)
        for step in 0...steps {
          points.append(
            Tracks.Point(
              who: Int64(who), x: Int64(from.0 + (to.0 - from.0) * step / steps),
              y: Int64(from.1 + (to.1 - from.1) * step / steps), time: Int64(time)))
          time += 5 + random.below(40)
          if random.chance(0.03) { points[points.count - 1].x = 5_000 }
        }
        time += random.below(7_200)
      }
    }
    // The order of rows must not matter.
    for place in points.indices.reversed() { points.swapAt(place, random.below(place + 1)) }
    return points
  }

  // MARK: The definition, written for one person at a time

  private struct Trip {
    var cells: [(x: Int, y: Int)] = []
    var times: [Int64] = []

    var length: Int {
      zip(cells, cells.dropFirst()).reduce(0) { $0 + abs($1.0.x - $1.1.x) + abs($1.0.y - $1.1.y) }
    }
  }

  private static func trips(_ own: [Tracks.Point]) -> [Trip] {
    var trips: [Trip] = []
    var last: Tracks.Point?
    for point in own.sorted(by: { ($0.time, $0.x, $0.y) < ($1.time, $1.x, $1.y) }) {
      guard (0...1_600).contains(point.x), (0...1_600).contains(point.y) else { continue }
      if (200...500).contains(point.x), (300...700).contains(point.y) { continue }
      if let last {
        let gap = hypot(Double(point.x - last.x), Double(point.y - last.y))
        if gap > 50 * Double(point.time - last.time + 1) { continue }
      }
      if last.map({ point.time - $0.time > 60 }) ?? true { trips.append(Trip()) }
      trips[trips.count - 1].cells.append(
        (min(Int(point.x), 1_599) / 100, min(Int(point.y), 1_599) / 100))
      trips[trips.count - 1].times.append(point.time)
      last = point
    }
    return trips.filter { trip in trip.cells.contains { $0 != trip.cells[0] } }
  }

  private struct Anchors {
    var home: (x: Int, y: Int)
    var work: (x: Int, y: Int)?
  }

  private static func reach(_ one: (x: Int, y: Int), _ other: (x: Int, y: Int)) -> Int {
    max(abs(one.x - other.x), abs(one.y - other.y))
  }

  private static func anchors(_ trips: [Trip]) -> Anchors? {
    var counts: [[Int]: (Int, Int)] = [:]
    for trip in trips {
      for (end, isStart) in [(trip.cells[0], true), (trip.cells[trip.cells.count - 1], false)] {
        let old = counts[[end.y, end.x]] ?? (0, 0)
        counts[[end.y, end.x]] = (old.0 + 1, old.1 + (isStart ? 1 : 0))
      }
    }
    let ranked = counts.sorted {
      ($0.value.0, $0.value.1, $0.key[0], $0.key[1])
        > ($1.value.0, $1.value.1, $1.key[0], $1.key[1])
    }
    guard let home = ranked.first.map({ ($0.key[1], $0.key[0]) }) else { return nil }
    let work = ranked.map { ($0.key[1], $0.key[0]) }.first { reach($0, home) > 4 }
    return Anchors(home: home, work: work)
  }

  /// The things that a trait counts, as numbers.
  private static func things(_ trait: TripGrid.Trait, _ trips: [Trip], _ grid: TripGrid) -> [Int] {
    guard let anchors = anchors(trips) else { return [] }
    func cell(_ place: (x: Int, y: Int), _ level: Int) -> Int {
      Int(HeatGrid.cell(column: place.x >> (4 - level), row: place.y >> (4 - level)))
    }
    func end(_ place: (x: Int, y: Int)) -> Int {
      if reach(place, anchors.home) <= 4 { return 0 }
      return anchors.work.map { reach(place, $0) <= 4 } == true ? 1 : 2
    }
    func ends(_ trip: Trip) -> [(x: Int, y: Int)] {
      [trip.cells[0], trip.cells[trip.cells.count - 1]]
    }
    switch trait {
    case .homes(let level): return [cell(anchors.home, level)]
    case .works(let level): return anchors.work.map { [cell($0, level)] } ?? []
    case .pairs(let level):
      return anchors.work.map {
        [Int(TripGrid.pair(UInt32(cell(anchors.home, level)), UInt32(cell($0, level))))]
      } ?? []
    case .counts: return [grid.counts.bin(of: trips.count)]
    case .hours: return trips.map { Int($0.times[0] / 3_600 % 24) }
    case .weekdays: return trips.map { Int(($0.times[0] / 86_400 + 3) % 7) }
    case .kinds:
      return trips.map { trip in
        (end(ends(trip)[0]) * 3 + end(ends(trip)[1])) * 8 + Int(trip.times[0] / 10_800 % 8)
      }
    case .lengths:
      return trips.map { trip in
        let (start, end) = (ends(trip)[0], ends(trip)[1])
        let direct = abs(start.x - end.x) + abs(start.y - end.y)
        return reach(start, end) <= 4
          ? grid.lengths.bin(of: trip.length)
          : grid.lengths.count + grid.detours.bin(of: trip.length * 1_000 / direct)
      }
    case .speeds:
      return trips.map { trip in
        let seconds = max(trip.times[trip.times.count - 1] - trip.times[0], 1)
        return grid.speeds.bin(of: trip.length * 100 * 10 / Int(seconds))
      }
    case .reaches:
      return trips.flatMap { ends($0) }.filter { end($0) == 2 }.map {
        grid.reaches.bin(of: reach($0, anchors.home))
      }
    case .moves:
      return trips.flatMap { trip -> [Int] in
        let last = ends(trip)[1]
        return zip(trip.cells, trip.cells.dropFirst()).flatMap { from, to -> [Int] in
          let turn = atan2(Double(last.y - from.y), Double(last.x - from.x)) / (.pi / 4)
          // On the diagonals the flatter octant counts, as for the directions themselves.
          let octant = TripGrid.octant(SIMD2(last.x - from.x, last.y - from.y))
          let isNear = abs(Double(octant) + 0.5 - (turn + (turn < 0 ? 8 : 0))) <= 0.5 + 1e-9
          #expect(isNear || (last.y == from.y && [0, 3].contains(octant)))
          let region = Int(HeatGrid.cell(column: from.x >> 1, row: from.y >> 1))
          let start = (region * 8 + octant) * 4
          return [Int](repeating: start + (to.x > from.x ? 0 : 2), count: abs(to.x - from.x))
            + [Int](repeating: start + (to.y > from.y ? 1 : 3), count: abs(to.y - from.y))
        }
      }
    }
  }

  private static func exact(
    _ points: [Tracks.Point], _ trait: TripGrid.Trait, cells: [UInt32]?, clip: Double,
    budget: HeatBudget = HeatBudget()
  ) throws -> [Int] {
    let probe = HeatProbe()
    let curator = Curator(
      audited: SensitiveTable(table: Tracks.table(points)),
      blueprint: try Blueprint(schema: Tracks.schema), budget: budget, seed: 1, probe: probe)
    _ = try curator.trips(
      trait, on: try plan().grid, cells: cells, clip: clip, rho: Rho(checked: 0.5))
    return probe.exact[0]
  }

  private static let traits: [TripGrid.Trait] = [
    .homes(level: 4), .homes(level: 2), .works(level: 3), .pairs(level: 2), .counts, .hours,
    .weekdays, .kinds, .lengths, .speeds, .reaches, .moves,
  ]

  /// The cells that are asked of a trait: two thirds of those of a level, or all of its numbers.
  private static func asked(_ trait: TripGrid.Trait) -> [UInt32]? {
    switch trait {
    case .homes(let level), .works(let level):
      (0..<UInt32(1) << UInt32(2 * level)).filter { $0 % 3 != 1 }
    case .pairs(let level): (0..<UInt32(1) << UInt32(4 * level)).filter { $0 % 3 != 1 }
    default: nil
    }
  }

  @Test(arguments: [1.0, 0.4]) func theSharesAreThoseOfThePeople(_ clip: Double) throws {
    let points = Self.points(people: 60, seed: 3)
    let grid = try Self.plan().grid
    let people = Dictionary(grouping: points, by: \.who).values.map { Self.trips($0) }
    for trait in Self.traits {
      let cells = Self.asked(trait)
      let numbers = cells?.map { Int($0) } ?? Array(0..<(grid.coordinates(of: trait) ?? 0))
      var expected = [Double](repeating: 0, count: numbers.count)
      for trips in people {
        let things = Self.things(trait, trips, grid)
        let vector = numbers.map { number in
          things.isEmpty ? 0 : Double(things.count { $0 == number }) / Double(things.count)
        }
        let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let scale = (length > clip ? 1 / length : 1 / clip) * Double(ClippedVector.sensitivity)
        for place in vector.indices { expected[place] += vector[place] * scale }
      }
      let sum = try Self.exact(points, trait, cells: cells, clip: clip)
      #expect(
        zip(sum, expected).allSatisfy { abs(Double($0) - $1) <= 4 * 60 }, "\(trait.name)")
      #expect(expected.contains { $0 > 1e5 }, "\(trait.name)")
    }
  }

  /// Without any one person, no trait moves by more than the stated sensitivity.
  @Test func noPersonMovesATraitFurther() throws {
    let points = Self.points(people: 12, seed: 8)
    for trait in Self.traits {
      let all = try Self.exact(points, trait, cells: Self.asked(trait), clip: 0.4)
      var furthest = 0
      for person in Set(points.map(\.who)) {
        let rest = try Self.exact(
          points.filter { $0.who != person }, trait, cells: Self.asked(trait), clip: 0.4)
        let moved = zip(all, rest).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        #expect(moved <= ClippedVector.sensitivity * ClippedVector.sensitivity, "\(trait.name)")
        furthest = max(furthest, moved)
      }
      #expect(furthest > 0, "nobody makes a difference to \(trait.name)")
    }
  }

  /// Nothing is added up before the charge is accepted, and the event states the sensitivity.
  @Test func theChargeComesFirst() throws {
    let budget = HeatBudget()
    budget.allowed = 0
    let points = Self.points(people: 5, seed: 1)
    #expect(throws: HeatBudget.Refused.self) {
      try Self.exact(points, .hours, cells: nil, clip: 1, budget: budget)
    }
    budget.allowed = 1
    _ = try Self.exact(points, .hours, cells: nil, clip: 1, budget: budget)
    guard case .discreteGaussian(let question, let sensitivity, _)? = budget.charges.first else {
      preconditionFailure("another event")
    }
    #expect(sensitivity.value == Double(ClippedVector.sensitivity))
    #expect(question == "hours of trips in 24 numbers")
  }

  /// Interleaves the numbers of two cells pair of bits by pair of bits.
  @Test func pairsHoldBothCells() {
    var random = SplitMix64(seed: 2)
    for _ in 0..<500 {
      let (home, work) = (UInt32(random.below(1 << 16)), UInt32(random.below(1 << 16)))
      var expected: UInt32 = 0
      for level in 0..<UInt32(8) {
        expected |= (work >> (2 * level) & 3) << (4 * level)
        expected |= (home >> (2 * level) & 3) << (4 * level + 2)
      }
      #expect(TripGrid.pair(home, work) == expected)
      #expect(TripGrid.cells(of: expected) == (home, work))
      #expect(TripGrid.pair(home >> 2, work >> 2) == expected >> 4)
    }
  }

  /// Each number lies in the range of its bin; numbers beyond the ends count with the nearest.
  @Test func laddersHoldTheirNumbers() throws {
    let grid = try Self.plan().grid
    for ladder in [grid.counts, grid.lengths, grid.detours, grid.speeds, grid.reaches] {
      for value in 0..<6_000 {
        let range = ladder.range(ladder.bin(of: value))
        let isAbove = value >= ladder.range(ladder.count - 1).upperBound
        let isBelow = value < ladder.range(0).lowerBound
        #expect(range.contains(value) || isAbove || isBelow)
        if isAbove { #expect(ladder.bin(of: value) == ladder.count - 1) }
        if isBelow { #expect(ladder.bin(of: value) == 0) }
      }
    }
  }
}
