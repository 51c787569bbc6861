import Accounting
import Attacks
import Basics
import Curation
import DelimitedText
import Encoding
import Foundation
import HeatMaps
import Tables

/// Attacks a map or synthetic trips with what an adversary may know of the people whose tracks they
/// were made from: the neighbourhood of a home, the home itself, some of the places where somebody
/// was.
///
/// What a release tells of strangers too is knowledge about the town, which no privacy protects.
/// Only the gap between the people of the original and strangers is a leak.
package struct TrackAttack {
  private let original: URL
  private let release: URL
  private let schema: Schema
  /// Tracks of people of the same kind who are not in the original; nil to judge nothing.
  package var control: URL?
  /// A second release, of other people or without some of them, to be subtracted.
  package var second: URL?
  package var cellMetres = 200.0
  /// A longer pause ends a trip.
  package var pauseMinutes = 10.0
  package var seed: UInt64 = 1

  /// The most people who are attacked, and of whom exact maps are subtracted.
  private static let mostTargets = 1_000
  private static let mostTraced = 50
  /// Fewer people on a block are few.
  package static let few = 10

  package init(original: URL, schema: Schema, release: URL) {
    (self.original, self.schema, self.release) = (original, schema, release)
  }

  /// The figures are measured on people and are not private.
  /// - Throws: ``TrackAttackFault``, `HeatFault`, and the errors of tables.
  package func run(check: () throws -> Void = {}) throws -> TrackAttackReport {
    var settings = HeatSettings()
    settings.cellMetres = cellMetres
    let plan = try HeatPlan(Blueprint(schema: schema), settings: settings, rho: Rho(checked: 1))
    guard plan.grid.depth >= 3 else { throw TrackAttackFault.tooFewCells }
    let members = try tracks(original, plan)
    let strangers = try control.map { try tracks($0, plan) }
    let shown = try places(release, plan)
    try check()
    let exact = members.map()
    return TrackAttackReport(
      people: members.people.count, strangers: strangers?.people.count, cellMetres: cellMetres,
      uniqueness: Self.uniqueness(members, seed: seed),
      guesses: try guesses(members, strangers, shown, check),
      hotSpots: Self.hotSpots(members, shown: shown.heat, exact: exact),
      tracedOnExactMaps: try Self.traced(members, check),
      difference: try second.flatMap { second in
        try strangers.map {
          Self.difference(members, $0, shown.heat, try places(second, plan).heat)
        }
      })
  }

  private func tracks(_ file: URL, _ plan: HeatPlan) throws -> PeopleTracks {
    let tracks = PeopleTracks(
      try TableReader.read(file, under: schema).table, schema: schema, plan: plan,
      pauseSeconds: pauseMinutes * 60)
    guard !tracks.people.isEmpty else { throw TrackAttackFault.noPeople(file.lastPathComponent) }
    return tracks
  }

  private func places(_ folder: URL, _ plan: HeatPlan) throws -> ReleasedPlaces {
    try ReleasedPlaces(folder, schema: schema, plan: plan, pauseSeconds: pauseMinutes * 60)
  }

  // MARK: Homes and work

  private func guesses(
    _ members: PeopleTracks, _ strangers: PeopleTracks?, _ shown: ReleasedPlaces,
    _ check: () throws -> Void
  ) throws -> [TrackAttackReport.Guess] {
    let side = members.side
    let none = [Bool](repeating: false, count: side * side)
    let search = HomeAttack(side: side, isRoad: none, reach: min(25, side - 1))
    func guess(
      _ name: String, _ method: String, blind: Double?,
      _ isHit: (PeopleTracks.Person, inout SplitMix64) -> Bool?
    ) throws -> TrackAttackReport.Guess {
      try check()
      func share(_ tracks: PeopleTracks) -> TrackAttackReport.Share {
        var random = SplitMix64(seed: seed &+ 1)
        var draw = Draw(seed: seed)
        let tried = draw.choose(Self.mostTargets, of: tracks.people.count).compactMap {
          isHit(tracks.people[$0], &random)
        }
        return TrackAttackReport.Share(hits: tried.count { $0 }, attempts: tried.count)
      }
      return TrackAttackReport.Guess(
        name: name, method: method, members: share(members), strangers: strangers.map(share),
        blind: blind)
    }
    var guesses = [
      try guess(
        "home-end", "looks in a known neighbourhood for a warm cell where a way ends",
        blind: search.blindShare
      ) { person, random in
        let place = search.neighbourhood(of: person.home, &random)
        return search.isHit(search.guess(shown.heat, in: place, &random), home: person.home)
      },
      try guess(
        "home-count", "looks there for the cell with as many points as a public profile shows",
        blind: search.blindShare
      ) { person, random in
        let place = search.neighbourhood(of: person.home, &random)
        let visits = Double(person.cells[person.home.y * side + person.home.x] ?? 0)
        return search.isHit(
          search.guess(shown.heat, in: place, visits: visits, &random), home: person.home)
      },
    ]
    if let synthetic = shown.people {
      guesses.append(
        try guess(
          "work-of-home",
          "takes the work of the synthetic person who lives nearest to a known home",
          blind: nil
        ) { person, _ in
          guard let work = person.work else { return nil }
          let nearest = synthetic.people.filter { $0.work != nil }.min {
            Self.gap($0.home, person.home) < Self.gap($1.home, person.home)
          }
          return nearest?.work.map {
            max(abs($0.x - work.x), abs($0.y - work.y)) <= PeopleTracks.near
          } ?? false
        })
    }
    return guesses
  }

  private static func gap(_ one: SIMD2<Int>, _ other: SIMD2<Int>) -> Int {
    let way = one &- other
    return way.x * way.x + way.y * way.y
  }

  // MARK: What the tracks themselves betray

  /// Counts the people whom 1, 2 and 4 of their cells single out.
  private static func uniqueness(
    _ tracks: PeopleTracks, seed: UInt64
  ) -> [TrackAttackReport.Uniqueness] {
    var draw = Draw(seed: seed)
    var visitors: [Int: Set<Int>] = [:]
    for (number, person) in tracks.people.enumerated() {
      for cell in person.cells.keys { visitors[cell, default: []].insert(number) }
    }
    return [1, 2, 4].map { count in
      let targets = draw.choose(mostTargets, of: tracks.people.count).filter {
        tracks.people[$0].cells.count >= count
      }
      let hits = targets.count { person in
        let cells = tracks.people[person].cells.keys.sorted()
        let known = draw.choose(count, of: cells.count).map { cells[$0] }
        let fitting = known.compactMap { visitors[$0] }.reduce(nil as Set<Int>?) {
          $0?.intersection($1) ?? $1
        }
        return fitting?.count == 1
      }
      return TrackAttackReport.Uniqueness(
        cells: count, people: TrackAttackReport.Share(hits: hits, attempts: targets.count))
    }
  }

  /// Counts the people of whom a cell shows in the difference of two exact maps.
  private static func traced(
    _ tracks: PeopleTracks, _ check: () throws -> Void
  ) throws -> TrackAttackReport.Share {
    let all = tracks.map(fewest: 3)
    let targets = tracks.people.indices.prefix(mostTraced)
    let hits = try targets.count { person in
      try check()
      let rest = tracks.map(without: person, fewest: 3)
      return tracks.people[person].cells.keys.contains { all[$0] != rest[$0] }
    }
    return TrackAttackReport.Share(hits: hits, attempts: targets.count)
  }

  // MARK: Lone hot spots

  /// Finds blocks of 5 x 5 cells with heat, around which 15 x 15 cells hold less than a tenth of
  /// it, and counts how many people were really there.
  private static func hotSpots(
    _ tracks: PeopleTracks, shown: [Double], exact: [Double]
  ) -> TrackAttackReport.HotSpots {
    let spots = loneSpots(shown, side: tracks.side)
    let ofFew = spots.count { spot in
      let people = tracks.people.count { person in
        person.cells.keys.contains {
          max(abs($0 % tracks.side - spot.x), abs($0 / tracks.side - spot.y)) <= 2
        }
      }
      return people < few
    }
    return TrackAttackReport.HotSpots(
      shown: spots.count, ofFew: ofFew, onExactMap: loneSpots(exact, side: tracks.side).count)
  }

  /// Returns the middle of each lone block, the warmest of those that overlap.
  static func loneSpots(_ map: [Double], side: Int) -> [SIMD2<Int>] {
    var sums = [Double](repeating: 0, count: (side + 1) * (side + 1))
    for row in 0..<side {
      for column in 0..<side {
        sums[(row + 1) * (side + 1) + column + 1] =
          map[row * side + column] + sums[row * (side + 1) + column + 1]
          + sums[(row + 1) * (side + 1) + column] - sums[row * (side + 1) + column]
      }
    }
    func heat(_ middle: SIMD2<Int>, _ reach: Int) -> Double {
      let (west, east) = (max(middle.x - reach, 0), min(middle.x + reach + 1, side))
      let (south, north) = (max(middle.y - reach, 0), min(middle.y + reach + 1, side))
      func at(_ row: Int, _ column: Int) -> Double { sums[row * (side + 1) + column] }
      return at(north, east) - at(south, east) - at(north, west) + at(south, west)
    }
    var found: [(spot: SIMD2<Int>, heat: Double)] = []
    for row in 0..<side {
      for column in 0..<side where map[row * side + column] > 0 {
        let middle = SIMD2(column, row)
        let (block, around) = (heat(middle, 2), heat(middle, 7))
        if around - block < block / 10 { found.append((middle, block)) }
      }
    }
    var kept: [SIMD2<Int>] = []
    for (spot, _) in found.sorted(by: {
      ($0.heat, $1.spot.y, $1.spot.x) > ($1.heat, $0.spot.y, $0.spot.x)
    })
    where kept.allSatisfy({ max(abs($0.x - spot.x), abs($0.y - spot.y)) > 7 }) {
      kept.append(spot)
    }
    return kept
  }

  // MARK: Two releases

  /// Scores people by how far the difference of two maps lies where they were.
  private static func difference(
    _ members: PeopleTracks, _ strangers: PeopleTracks, _ first: [Double], _ second: [Double]
  ) -> TrackAttackReport.Difference {
    func scores(_ tracks: PeopleTracks) -> [Double] {
      tracks.people.map { person in
        person.cells.reduce(0) { $0 + Double($1.value) * (first[$1.key] - second[$1.key]) }
          / Double(person.points)
      }
    }
    let (inside, outside) = (scores(members), scores(strangers).sorted())
    let wins = inside.reduce(0.0) { total, score in
      let below = outside.partitioningCount { $0 < score }
      let upTo = outside.partitioningCount { $0 <= score }
      return total + (Double(below) + Double(upTo - below) / 2) / Double(outside.count)
    }
    let (few, many) = (Double(inside.count), Double(outside.count))
    return TrackAttackReport.Difference(
      area: wins / few, error: ((few + many + 1) / (12 * few * many)).squareRoot())
  }
}

extension [Double] {
  /// Returns the number of leading elements of an ascending list that meet a condition.
  fileprivate func partitioningCount(_ meets: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if meets(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
