import Basics
import Curation
import Foundation
import Tables

/// Draws people and their trips from a ``TripModel``. Nothing is asked of a row any more.
package struct TripSampler: Sendable {
  private let model: TripModel
  private let walk: TripWalk
  private let roads: RoadGraph?
  private let schema: Schema
  private let calendar: TripCalendar
  private var plan: TripPlan { model.plan }

  /// A person whom nobody is, with anchors that all trips share.
  private struct Person {
    let home: SIMD2<Int>
    let work: SIMD2<Int>?
  }

  /// A point as it is written.
  struct Point: Sendable {
    let x: Int64
    let y: Int64
    let time: Int64
  }

  /// - Parameters:
  ///   - schema: that of the table of points.
  ///   - roads: declared roads, on which all points then lie; nil for none.
  package init(_ model: TripModel, schema: Schema, roads: RoadGraph? = nil) {
    (self.model, self.schema, self.roads) = (model, schema, roads)
    walk = TripWalk(model, roads: roads)
    calendar = TripCalendar(schema, clock: model.plan.grid.heat.clock)
  }

  /// Returns a table with a row for each point: person, trip, time and the two coordinates, in the
  /// form of the original's columns. It has no rows if nothing stood out of the noise.
  package func table(seed: UInt64) -> Table {
    let people = model.isEmpty ? 0 : Int(model.people.rounded())
    let drawn = Concurrently.map(people) { person in
      var random = SamplingGenerator(seed: seed, stream: UInt64(person))
      return self.trips(&random)
    }
    return TripTable(schema).table(drawn)
  }

  // MARK: One person

  private func trips(_ random: inout SamplingGenerator) -> [[Point]] {
    guard let person = person(&random), let bin = model.counts.draw(&random) else { return [] }
    let range = plan.grid.counts.range(bin)
    let count = range.lowerBound + random.below(range.count)
    var trips: [[Point]] = []
    for _ in 0..<count {
      guard let hour = model.hours.draw(&random),
        let way = way(of: person, hour: hour, &random)
      else { continue }
      let moving = points(along: way, &random)
      // A day on which nothing else is going on; after some attempts the trip is dropped.
      for _ in 0..<20 {
        let start = calendar.start(hour: hour, weekday: model.weekdays.draw(&random), &random)
        let trip = moving.map { Point(x: $0.x, y: $0.y, time: start + $0.time) }
        if calendar.holds(trip), trips.allSatisfy({ areApart($0, trip) }) {
          trips.append(trip)
          break
        }
      }
    }
    return trips.sorted { $0[0].time < $1[0].time }
  }

  private func person(_ random: inout SamplingGenerator) -> Person? {
    if random.unit() < model.workShare {
      for _ in 0..<8 {
        guard let pair = model.pairs.draw(&random) else { break }
        let cells = TripGrid.cells(of: pair.pair)
        let home =
          model.homes.draw(in: cells.home, level: pair.level, &random)
          ?? model.passages.draw(in: cells.home, level: pair.level, &random)
        let work =
          model.works.draw(in: cells.work, level: pair.level, &random)
          ?? model.passages.draw(in: cells.work, level: pair.level, &random)
        if let home, let work, !isNear(home, work) { return Person(home: home, work: work) }
      }
      if let home = model.homes.draw(&random), let work = model.works.draw(&random),
        !isNear(home, work)
      {
        return Person(home: home, work: work)
      }
    }
    return model.homes.draw(&random).map { Person(home: $0, work: nil) }
  }

  private func isNear(_ place: SIMD2<Int>, _ other: SIMD2<Int>) -> Bool {
    max(abs(place.x - other.x), abs(place.y - other.y)) <= plan.grid.nearCells
  }

  // MARK: One trip

  private func way(
    of person: Person, hour: Int, _ random: inout SamplingGenerator
  ) -> [SIMD2<Int>]? {
    let part = hour * TripGrid.partsOfDay / 24
    let kinds = person.work == nil ? model.kindsWithoutWork : model.kinds
    let kind = kinds[part].draw(&random) ?? 0
    let ends = TripGrid.End.allCases.count
    guard let start = end(kind / ends, of: person, &random),
      let end = end(kind % ends, of: person, &random)
    else { return nil }
    let length: Int
    if isNear(start, end) {
      let range = plan.grid.lengths.range(model.loops.draw(&random) ?? 0)
      length = range.lowerBound + random.below(range.count)
    } else {
      let range = plan.grid.detours.range(model.detours.draw(&random) ?? 0)
      let detour = range.lowerBound + random.below(range.count)
      length = TripWalk.distance(start, end) * detour / 1_000
    }
    return walk.way(from: start, to: end, length: length, &random)
  }

  private func end(
    _ kind: Int, of person: Person, _ random: inout SamplingGenerator
  ) -> SIMD2<Int>? {
    switch TripGrid.End(rawValue: kind) {
    case .home: return person.home
    case .work: return person.work ?? person.home
    case .elsewhere, nil: return elsewhere(person.home, &random)
    }
  }

  /// Draws a place at a distance from home, where people pass.
  private func elsewhere(_ home: SIMD2<Int>, _ random: inout SamplingGenerator) -> SIMD2<Int>? {
    guard let bin = model.reaches.draw(&random) else { return nil }
    let range = plan.grid.reaches.range(bin)
    let places = (0..<16).compactMap { _ -> (SIMD2<Int>, Double)? in
      let reach = range.lowerBound + random.below(range.count)
      let along = random.below(2 * reach + 1) - reach
      let offset = [
        SIMD2(reach, along), SIMD2(-reach, along), SIMD2(along, reach), SIMD2(along, -reach),
      ][random.below(4)]
      let place = home &+ offset
      return model.isOpen(place) ? (place, model.passages.heat(at: place)) : nil
    }
    return Urn(places).draw(&random)
  }

  /// Returns the points of a way, in ticks since its start. From one to the next nobody is faster
  /// than the speed that is drawn, which is at most the greatest, unless a slower step would be a
  /// pause, which ends a trip.
  private func points(
    along way: [SIMD2<Int>], _ random: inout SamplingGenerator
  ) -> [Point] {
    let range = plan.grid.speeds.range(model.speeds.draw(&random) ?? 0)
    let tenths = Double(range.lowerBound) + random.unit() * Double(range.count)
    let metresPerSecond = min(max(tenths / 10, 0.1), Double(plan.fastest))
    let heat = plan.grid.heat
    let secondsPerTick = heat.clock?.secondsPerTick ?? 1
    var points: [Point] = []
    for place in way {
      let share =
        roads?.middle(of: place, &random)
        ?? SIMD2(0.3 + 0.4 * random.unit(), 0.3 + 0.4 * random.unit())
      let x = heat.east.tick(in: place.x, share: share.x)
      let y = heat.north.tick(in: place.y, share: share.y)
      guard let last = points.last else {
        points.append(Point(x: x, y: y, time: 0))
        continue
      }
      let metres = heat.metres(x - last.x, y - last.y)
      let least = (metres / Double(plan.fastest) / secondsPerTick).rounded(.up)
      let drawn = (metres / metresPerSecond / secondsPerTick).rounded(.up)
      let ticks = max(least, min(drawn, (plan.grid.pauseSeconds / secondsPerTick).rounded(.down)))
      points.append(Point(x: x, y: y, time: last.time + max(1, Int64(ticks))))
    }
    return points
  }

  /// Whether there is a pause between two trips, and time to get from one to the other.
  private func areApart(_ one: [Point], _ other: [Point]) -> Bool {
    let (first, second) = one[0].time <= other[0].time ? (one, other) : (other, one)
    let (end, start) = (first[first.count - 1], second[0])
    let heat = plan.grid.heat
    let seconds = Double(start.time - end.time - 1) * (heat.clock?.secondsPerTick ?? 1)
    let travel = heat.metres(start.x - end.x, start.y - end.y) / Double(plan.fastest)
    return seconds > plan.grid.pauseSeconds + travel
  }
}

extension HeatGrid.Axis {
  /// Returns a tick of a cell: at a share of its width, within the bounds.
  fileprivate func tick(in cell: Int, share: Double) -> Int64 {
    let tick = Double(bounds.lowerBound) + (Double(cell) + share) * ticksPerCell
    return min(max(Int64(tick), bounds.lowerBound), bounds.upperBound)
  }
}

extension HeatGrid {
  fileprivate func metres(_ across: Int64, _ up: Int64) -> Double {
    let (x, y) = (Double(across) * east.metresPerTick, Double(up) * north.metresPerTick)
    return (x * x + y * y).squareRoot()
  }
}
