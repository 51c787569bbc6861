import Accounting
import Basics
import Examples
import HeatMaps
import PlaceAttacks

/// The numbers of the story of the town.
package struct TownStorySettings: Sendable, Encodable {
  package var people = 3_000
  package var epsilon = 1.0
  package var delta = 1e-6
  /// Private maps with and without the targets.
  package var draws = 5
  /// Private maps of each size of the base.
  package var baseDraws = 20
  /// The people of the town whose trips are compared, and how often trips are made.
  package var tripPeople = 5_000
  package var tripDraws = 3
  package var seed = TownExample.defaultSeed

  package init() {}
}

/// What heat maps betray of homes off the roads, and of a base, in an invented town
/// (docs/why-privacy.md).
package struct TownStory: Sendable, Encodable {
  /// How many homes an attack found on maps of one kind.
  package struct Finding: Sendable, Encodable {
    package let map: String
    package let homes: Int
    package let found: Int

    package var share: Double { Double(found) / Double(max(homes, 1)) }
  }

  /// How often a base of some size shows.
  package struct Base: Sendable, Encodable {
    package let people: Int
    package let draws: Int
    package let shown: Int

    package var share: Double { Double(shown) / Double(max(draws, 1)) }
  }

  package let settings: TownStorySettings
  package let findings: [Finding]
  /// The share of the people of whom a cell shows when a map without them is subtracted from one
  /// with them, both with cells of fewer than 3 people blanked.
  package let traced: Double
  package let blindShare: Double
  package let bases: [Base]
  package let trips: TripStory
  /// The raw map, the blanked one and a private one, for the picture.
  let pictures: [(title: String, map: [Double])]

  private enum CodingKeys: CodingKey { case settings, findings, traced, blindShare, bases, trips }

  /// The people of whom two maps are subtracted.
  private static let tracedPeople = 20
  private static let baseSizes = [0, 10, 30, 100]
  private static let picturedBase = 10

  /// - Throws: an error that `check` throws.
  package init(_ settings: TownStorySettings, check: @escaping () throws -> Void = {}) throws {
    let most = Self.baseSizes.max() ?? 0
    let maps = TownMaps(TownExample(people: settings.people, base: most, seed: settings.seed))
    let residents = maps.town.residents
    let targets = residents.indices.filter {
      residents[$0].isRural && !TownExample.isRoad(residents[$0].home) && $0 < settings.people
    }
    try check()
    let town = TownMaps(TownExample(people: settings.people, seed: settings.seed))
    let attack = HomeSearch(town, targets: targets, seed: settings.seed)
    let (raw, blanked) = (town.raw(), town.raw(fewest: 3))
    let with = try town.privately(settings, draws: settings.draws)
    try check()
    let isTarget = Set(targets)
    let without = try town.privately(settings, draws: settings.draws) { !isTarget.contains($0) }
    try check()
    findings = [
      attack.finding("raw", [raw], knowsVisits: true),
      attack.finding("raw, without the person", knowsVisits: true) { town.raw(without: $0) },
      attack.finding("cells of fewer than 3 people blanked", [blanked], knowsVisits: true),
      attack.finding("private", with.map { $0.cells() }),
      attack.finding("private, made without all targets", without.map { $0.cells() }),
    ]
    traced = Self.traced(town, Array(targets.prefix(Self.tracedPeople)), with: blanked)
    blindShare = attack.attack.blindShare
    bases = try Self.baseSizes.map { size in
      try check()
      let drawn = try maps.privately(settings, draws: settings.baseDraws) {
        $0 < settings.people + size
      }
      return Base(people: size, draws: drawn.count, shown: drawn.count { Self.showsBase($0) })
    }
    trips = try TripStory(
      settings, search: attack, isTarget: { isTarget.contains($0) }, check: check)
    self.settings = settings
    let few = TownMaps(
      TownExample(people: settings.people, base: Self.picturedBase, seed: settings.seed))
    pictures = [
      ("what was recorded", few.raw()), ("cells of fewer than 3 blanked", few.raw(fewest: 3)),
      ("private", try few.privately(settings, draws: 1)[0].cells()),
    ]
  }

  /// Whether any heat shows on the block of the base.
  package static func showsBase(_ map: HeatMap) -> Bool {
    let cells = map.cells()
    let columns = TownExample.fence.map(\.x)
    let rows = TownExample.fence.map(\.y)
    guard let west = columns.min(), let east = columns.max(), let south = rows.min(),
      let north = rows.max()
    else { return false }
    return (south...north).contains { row in
      (west...east).contains { cells[row * TownExample.side + $0] > 0 }
    }
  }

  private static func traced(_ town: TownMaps, _ people: [Int], with all: [Double]) -> Double {
    let shown = people.count { person in
      let others = town.raw(without: person, fewest: 3)
      return town.cells(of: person).contains { all[$0] != others[$0] }
    }
    return Double(shown) / Double(max(people.count, 1))
  }

  /// The reasons why the story does not hold, a sentence each; empty if it does.
  package var failures: [String] {
    var failures: [String] = []
    func share(_ name: String) -> Double { findings.first { $0.map == name }?.share ?? 0 }
    if share("raw") < 0.8 { failures.append("On the raw map most homes stay hidden.") }
    if share("private") > share("private, made without all targets") + 0.02 {
      failures.append("The private map helps to find homes.")
    }
    if traced < 1 { failures.append("The difference of two blanked maps misses somebody.") }
    if let none = bases.first(where: { $0.people == 0 }), none.shown > 0 {
      failures.append("A private map shows a base that is not there.")
    }
    if let few = bases.first(where: { $0.people == 10 }), few.share > 0.05 {
      failures.append("A private map shows a base of 10 people.")
    }
    return failures + trips.failures
  }

  package var holds: Bool { failures.isEmpty }
}

/// The search for the homes of some people on maps of a town.
struct HomeSearch {
  let attack = HomeAttack(
    side: TownMaps.side,
    isRoad: (0..<TownMaps.side * TownMaps.side).map {
      TownExample.isRoad(SIMD2($0 % TownMaps.side, $0 / TownMaps.side))
    })
  let town: TownMaps
  private let targets: [Int]
  private let seed: UInt64

  init(_ town: TownMaps, targets: [Int], seed: UInt64) {
    (self.town, self.targets, self.seed) = (town, targets, seed)
  }

  func finding(_ name: String, _ maps: [[Double]], knowsVisits: Bool = false) -> TownStory.Finding {
    let found = maps.reduce(0) { total, map in
      total + hits(knowsVisits: knowsVisits) { _ in map }
    }
    return TownStory.Finding(map: name, homes: targets.count * maps.count, found: found)
  }

  func finding(_ name: String, knowsVisits: Bool, map: (Int) -> [Double]) -> TownStory.Finding {
    TownStory.Finding(
      map: name, homes: targets.count, found: hits(knowsVisits: knowsVisits, map: map))
  }

  private func hits(knowsVisits: Bool, map: (Int) -> [Double]) -> Int {
    var random = SplitMix64(seed: seed &+ 1)
    return targets.count { person in
      let resident = town.town.residents[person]
      let place = attack.neighbourhood(of: resident.home, &random)
      let guess = attack.guess(
        map(person), in: place, visits: knowsVisits ? Double(resident.trips) : nil, &random)
      return attack.isHit(guess, home: resident.home)
    }
  }
}
