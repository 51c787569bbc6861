import Examples
import Foundation
import HeatMaps
import PlaceAttacks
import Tables
import Testing

/// Attacks on places succeed on releases that leak, fail on private ones, and say when they can
/// tell nothing.
@Suite struct PlaceAttackTests {
  private typealias Town = TownUnderAttack

  @Test func exactCountsLeadHome() throws {
    let report = try Town.attack().run(on: ReleasedPlaces(heat: Town.counts(Town.original)))
    let home = try #require(report.line("home"))
    #expect(home.members.value >= 0.8 && home.members.attempts >= 30, "\(home)")
    #expect((home.strangers?.value ?? 1) < 0.1 && home.verdict == .leak)
    #expect(home.members == home.exact && report.isLeaky == true)
  }

  /// Without public roads, ways that others pass are known in their place.
  @Test func exactCountsLeadHomeWithoutRoads() throws {
    let report = try Town.attack(knowingRoads: false).run(
      on: ReleasedPlaces(heat: Town.counts(Town.original)))
    let home = try #require(report.line("home"))
    #expect(home.members.value >= 0.6 && home.verdict == .leak, "\(home)")
  }

  /// Cells of few people blanked: one map is safe from this attack, two subtracted are not.
  @Test func theDifferenceOfTwoBlankedMapsTellsWhoLeft() throws {
    var attack = try Town.attack()
    let first = ReleasedPlaces(heat: Town.counts(Town.original, fewest: 3))
    attack.second = PlaceAttack.Second(
      shown: ReleasedPlaces(heat: Town.counts(Town.stayed, fewest: 3)),
      people: try Town.tracks(Town.stayed))
    let report = try attack.run(on: first)
    let difference = try #require(report.line("difference"))
    #expect(difference.members.value == 1 && difference.members.attempts == 14, "\(difference)")
    #expect((difference.strangers?.value ?? 1) <= 0.05 && difference.verdict == .leak)
    #expect(report.line("home")?.verdict == .noLeak, "\(String(describing: report.line("home")))")
  }

  /// Private maps tell no more of their people than of strangers, and the attack would have told.
  @Test func privateMapsTellNoMoreThanOfStrangers() throws {
    var attack = try Town.attack()
    attack.second = PlaceAttack.Second(
      shown: ReleasedPlaces(heat: try Town.privateMap(Town.stayed, seed: 90)),
      people: try Town.tracks(Town.stayed))
    var (members, strangers) = (0.0, 0.0)
    for seed in UInt64(1)...4 {
      attack.seed = seed
      let report = try attack.run(
        on: ReleasedPlaces(heat: try Town.privateMap(Town.original, seed: seed)))
      let home = try #require(report.line("home"))
      members += home.members.value / 4
      strangers += (home.strangers?.value ?? 0) / 4
      #expect(home.verdict == .noLeak && home.exact.value >= 0.8, "\(home)")
      #expect(report.line("difference")?.verdict == .noLeak)
      #expect(report.isLeaky == false)
    }
    #expect(members <= strangers + 0.02)
  }

  /// Copied tracks lead from known places home; synthetic ones do not.
  @Test func onlyCopiedTripsLeadFromPlaceToPlace() throws {
    let attack = try Town.attack()
    let copied = try attack.run(on: ReleasedPlaces(try Town.tracks(Town.original)))
    #expect(copied.line("known-4")?.verdict == .leak && copied.isLeaky == true)
    // Only those can be found whom four cells single out.
    #expect((copied.line("known-4")?.members.value ?? 0) > 0.1)
    let synthetic = try attack.run(
      on: ReleasedPlaces(try Town.tracks(try Town.syntheticTrips(Town.original, seed: 3))))
    for name in ["home", "known-1", "known-2", "known-4"] {
      let line = try #require(synthetic.line(name))
      #expect(line.verdict != .leak, "\(line)")
      #expect(line.members.value <= (line.strangers?.value ?? 0) + 0.02, "\(line)")
    }
    #expect(synthetic.line("known-4")?.verdict == .noLeak)
  }

  /// A few people tell nothing, and without strangers homes are not judged.
  @Test func aFewPeopleTellNothing() throws {
    let few = Town.town.table { $0 < 12 }
    var attack = try PlaceAttack(try Town.tracks(few), plan: try Town.plan())
    attack.strangers = try Town.tracks(Town.town.table { (12..<24).contains($0) })
    let private1 = ReleasedPlaces(heat: try Town.privateMap(few, seed: 1))
    let report = try attack.run(on: private1)
    #expect(report.lines.allSatisfy { $0.verdict == .noPower } && report.isLeaky == nil)
    attack.strangers = nil
    let alone = try attack.run(on: private1)
    #expect(alone.line("home")?.verdict == .notJudged && alone.line("home")?.strangers == nil)
  }

  /// A base of a few people is a lone hot spot on an exact map, and none on a private one.
  @Test func aBaseIsALoneHotSpot() throws {
    let town = TownExample(people: 400, base: 8, mostTrips: 12, seed: 5)
    let attack = try PlaceAttack(try Town.tracks(town.table), plan: try Town.plan())
    let exact = try attack.run(on: ReleasedPlaces(heat: Town.counts(town.table)))
    let spots = try #require(exact.line("lone-spots"))
    #expect(spots.members.hits == spots.members.attempts && spots.members.hits >= 1, "\(spots)")
    #expect(spots.strangers?.hits == 0)
    let hidden = try attack.run(
      on: ReleasedPlaces(heat: try Town.privateMap(town.table, seed: 2)))
    #expect(hidden.line("lone-spots")?.members.hits == 0)
    #expect(hidden.line("lone-spots")?.verdict == .noPower)
  }

  /// More cells single out more people, and exact maps trace nearly everybody.
  @Test func fewCellsSingleOut() throws {
    let report = try Town.attack().run(on: ReleasedPlaces(heat: Town.counts(Town.original)))
    let shares = report.uniqueness.map(\.people.value)
    #expect(report.uniqueness.map(\.cells) == [1, 2, 4])
    #expect(shares[0] < shares[1] && shares[1] < shares[2] && shares[2] > 0.2, "\(shares)")
    #expect(report.tracedOnExactMaps.value > 0.99)
  }

  /// A map is read as any tool may write it, and other folders are refused.
  @Test func filesAreRead() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "places-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let counts = Town.counts(Town.original)
    let features = counts.enumerated().filter { $0.element > 0 }.map { cell, count in
      let (west, south) = (cell % 128 * 200, cell / 128 * 200)
      let ring = "[[[\(west),\(south)],[\(west + 200),\(south + 200)]]]"
      return "{\"properties\":{\"heat\":\(count)},\"geometry\":{\"coordinates\":\(ring)}}"
    }
    let file = folder.appendingPathComponent("heat.geojson")
    try Data("{\"features\":[\(features.joined(separator: ","))]}".utf8).write(to: file)
    let attack = try Town.attack()
    for url in [folder, file] {
      let shown = try ReleasedPlaces(
        url, schema: TownExample.schema, plan: try Town.plan(), pauseSeconds: 600)
      #expect(try attack.run(on: shown) == attack.run(on: ReleasedPlaces(heat: counts)))
    }
    #expect(throws: PlaceAttackFault.noPlaces("none")) {
      try ReleasedPlaces(
        folder.appendingPathComponent("none"), schema: TownExample.schema,
        plan: try Town.plan(), pauseSeconds: 600)
    }
    #expect(throws: PlaceAttackFault.tooFewCells) {
      try PlaceAttack(try Town.tracks(Town.original), plan: try Town.plan(8_000))
    }
  }
}
