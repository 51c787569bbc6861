import Basics
import Foundation

/// The town without its people: where they may live and work, and the ways between.
struct TownPlan {
  private static let side = TownExample.side
  /// Squares between two roads.
  static let block = 4
  /// The middle of the base, in the empty south-east.
  static let base = SIMD2(116, 10)

  private let centres: [SIMD2<Double>]
  private let choice: WeightedChoice
  private let jobs: [SIMD2<Double>]

  init(_ random: inout SplitMix64) {
    func places(_ count: Int, from low: Double, to high: Double) -> [SIMD2<Double>] {
      (0..<count).map { _ in
        SIMD2(random.uniform(), random.uniform()) * (high - low) + SIMD2(repeating: low)
      }
    }
    centres = places(6, from: 30, to: 98)
    choice = WeightedChoice(
      (0..<6).map { _ in random.exponential(mean: 1) + random.exponential(mean: 1) })
    jobs = places(8, from: 40, to: 88)
  }

  /// Draws a person of the town and their trips.
  func resident(
    _ number: Int, mostTrips: Int, into tracks: inout TownTracks, _ random: inout SplitMix64
  ) -> TownExample.Resident {
    let isRural = random.chance(0.06)
    let home = isRural ? ruralHome(&random) : townHome(&random)
    let spread = 3.0
    let centre = jobs[random.below(jobs.count)]
    let work = Self.square(
      centre + SIMD2(random.normal(), random.normal()) * spread, within: 1...Self.side - 2)
    let trips = Self.trips(most: mostTrips, &random)
    let commute = Self.commute(from: home, to: work, &random)
    for trip in 0..<trips {
      let way = random.chance(0.55) ? commute : Self.round(from: home, &random)
      tracks.append(number, trip: trip, way: way, &random)
    }
    return TownExample.Resident(home: home, isRural: isRural, trips: trips)
  }

  /// Draws a person of the base and their runs.
  func guardian(
    _ number: Int, mostTrips: Int, into tracks: inout TownTracks, _ random: inout SplitMix64
  ) -> TownExample.Resident {
    let trips = Self.trips(most: mostTrips, &random)
    for trip in 0..<trips {
      tracks.append(number, trip: trip, way: TownExample.fence, &random)
    }
    return TownExample.Resident(home: Self.base, isRural: true, trips: trips)
  }

  private static func trips(most: Int, _ random: inout SplitMix64) -> Int {
    min(max(2, Int(10 * exp(0.8 * random.normal()))), most)
  }

  private func townHome(_ random: inout SplitMix64) -> SIMD2<Int> {
    while true {
      let home = centres[choice.draw(&random)] + SIMD2(random.normal(), random.normal()) * 7
      let square = SIMD2(Int(home.x.rounded()), Int(home.y.rounded()))
      if (2..<Self.side - 2).contains(square.x), (2..<Self.side - 2).contains(square.y) {
        return square
      }
    }
  }

  /// Draws a home far from all centres, and from the base.
  private func ruralHome(_ random: inout SplitMix64) -> SIMD2<Int> {
    while true {
      let home = SIMD2(2 + random.below(Self.side - 4), 2 + random.below(Self.side - 4))
      let away = SIMD2<Double>(home) - SIMD2<Double>(Self.base)
      let isFar = centres.allSatisfy { centre in
        let gap = centre - SIMD2<Double>(home)
        return (gap * gap).sum() > 22 * 22
      }
      if isFar, (away * away).sum() > 16 * 16 { return home }
    }
  }

  private static func commute(
    from home: SIMD2<Int>, to work: SIMD2<Int>, _ random: inout SplitMix64
  ) -> [SIMD2<Int>] {
    let (first, last) = (road(home), road(work))
    let corner = random.chance(0.5) ? SIMD2(last.x, first.y) : SIMD2(first.x, last.y)
    return way(along: [
      home, SIMD2(first.x, home.y), first, corner, last, SIMD2(last.x, work.y), work,
    ])
  }

  /// A round over one to three blocks.
  private static func round(from home: SIMD2<Int>, _ random: inout SplitMix64) -> [SIMD2<Int>] {
    let start = road(home)
    func reach() -> Int { block * (1 + random.below(3)) * (random.chance(0.5) ? 1 : -1) }
    let end = (start &+ SIMD2(reach(), reach())).clamped(
      lowerBound: SIMD2(repeating: 0), upperBound: SIMD2(repeating: side - 1))
    return way(along: [
      home, SIMD2(start.x, home.y), start, SIMD2(end.x, start.y), end, SIMD2(start.x, end.y), start,
    ])
  }

  /// Returns the crossing nearest to a square.
  private static func road(_ square: SIMD2<Int>) -> SIMD2<Int> {
    func nearest(_ place: Int) -> Int { min((place + block / 2) / block * block, side - 1) }
    return SIMD2(nearest(square.x), nearest(square.y))
  }

  private static func square(_ place: SIMD2<Double>, within range: ClosedRange<Int>) -> SIMD2<Int> {
    func moved(_ value: Double) -> Int {
      min(max(Int(value.rounded()), range.lowerBound), range.upperBound)
    }
    return SIMD2(moved(place.x), moved(place.y))
  }

  /// Returns the squares along straight lines from corner to corner, each once in a row.
  static func way(along corners: [SIMD2<Int>]) -> [SIMD2<Int>] {
    var way = [corners[0]]
    for (from, to) in zip(corners, corners.dropFirst()) {
      let gap = to &- from
      let steps = max(abs(gap.x), abs(gap.y))
      for step in 1..<max(steps + 1, 1) {
        way.append(from &+ SIMD2(gap.x * step / steps, gap.y * step / steps))
      }
    }
    return way
  }
}
