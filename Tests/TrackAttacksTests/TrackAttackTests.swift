import DelimitedText
import Examples
import Foundation
import Tables
import Testing
import TrackAttacks

/// Attacks on places succeed on releases that leak, and not on those that tell of strangers too.
@Suite struct TrackAttackTests {
  /// A folder with a town, strangers and releases of it.
  private final class Place {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "places-\(UUID().uuidString)")

    init() throws {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func file(_ name: String) -> URL { url.appendingPathComponent(name) }

    func write(_ table: Table, as name: String) throws -> URL {
      try CSVWriter.write(table, to: file(name), format: TownExample.schema.format)
      return file(name)
    }

    /// A map of the exact points of each cell, as a heat map is written.
    func writeExactMap(_ table: Table, as name: String) throws -> URL {
      guard case .ticks(let xs) = table.columns[3].cells,
        case .ticks(let ys) = table.columns[4].cells
      else { preconditionFailure("a town of another form") }
      var counts: [SIMD2<Int64>: Int] = [:]
      for (x, y) in zip(xs, ys) { counts[SIMD2(x / 200, y / 200), default: 0] += 1 }
      let features = counts.map { cell, count in
        let (west, south) = (cell.x * 200, cell.y * 200)
        return
          "{\"properties\":{\"heat\":\(count)},\"geometry\":{\"coordinates\":[[[\(west),\(south)],[\(west + 200),\(south + 200)]]]}}"
      }
      try Data("{\"features\":[\(features.joined(separator: ","))]}".utf8).write(to: file(name))
      return file(name)
    }
  }

  private static let town = TownExample(people: 240, mostTrips: 12, seed: 5)
  private static let members = town.table { $0 < 120 }
  private static let strangers = town.table { $0 >= 120 }

  private func attack(_ place: Place, _ release: URL) throws -> TrackAttack {
    var attack = TrackAttack(
      original: try place.write(Self.members, as: "town.csv"), schema: TownExample.schema,
      release: release)
    attack.control = try place.write(Self.strangers, as: "others.csv")
    return attack
  }

  @Test func anExactMapLeadsHome() throws {
    let place = try Place()
    let report = try attack(place, place.writeExactMap(Self.members, as: "heat.geojson")).run()
    let count = try #require(report.guesses.first { $0.name == "home-count" })
    #expect(count.members.value > 0.5 && (count.strangers?.value ?? 1) < 0.2, "\(report.guesses)")
    #expect(count.isShown && report.isLeaky == true)
    #expect(report.guesses.count == 2 && report.people == 120 && report.strangers == 120)
  }

  /// A map of strangers tells nothing of the people.
  @Test func aMapOfOthersDoesNot() throws {
    let place = try Place()
    let others = TownExample(people: 120, mostTrips: 12, seed: 6).table
    var attack = try attack(place, place.writeExactMap(others, as: "heat.geojson"))
    #expect(try attack.run().isLeaky == false)
    attack.control = nil
    let unjudged = try attack.run()
    #expect(unjudged.isLeaky == nil && unjudged.guesses.allSatisfy { $0.strangers == nil })
  }

  /// Copied tracks lead from home to work.
  @Test func copiedTripsLeadToWork() throws {
    let place = try Place()
    let report = try attack(place, place.write(Self.members, as: "synthetic.csv")).run()
    let work = try #require(report.guesses.first { $0.name == "work-of-home" })
    #expect(work.members.value > 0.9 && work.isShown, "\(work)")
    #expect(report.isLeaky == true)
  }

  /// The difference of two exact maps tells who is in one of them alone.
  @Test func differencesTell() throws {
    let place = try Place()
    var attack = try attack(
      place, place.writeExactMap(Self.members, as: "heat.geojson"))
    let rest = Self.town.table { $0 < 60 }
    attack.second = try place.writeExactMap(rest, as: "second.geojson")
    let difference = try #require(try attack.run().difference)
    #expect(difference.isShown && difference.area > 0.6, "\(difference)")
    attack.second = place.file("heat.geojson")
    let none = try #require(try attack.run().difference)
    #expect(!none.isShown && none.area == 0.5)
  }

  /// Few cells single out people of a small town; more cells single out more.
  @Test func fewCellsSingleOut() throws {
    let place = try Place()
    let report = try attack(place, place.writeExactMap(Self.members, as: "heat.geojson")).run()
    let shares = report.uniqueness.map(\.people.value)
    #expect(report.uniqueness.map(\.cells) == [1, 2, 4])
    #expect(shares[0] <= shares[1] && shares[1] <= shares[2] && shares[2] > 0.5, "\(shares)")
    #expect(report.tracedOnExactMaps.value == 1)
  }

  /// A base of a few people in an empty quarter is a lone hot spot of few.
  @Test func aBaseIsALoneHotSpot() throws {
    let place = try Place()
    let town = TownExample(people: 400, base: 6, mostTrips: 12, seed: 5)
    let release = try place.writeExactMap(town.table, as: "heat.geojson")
    let attack = TrackAttack(
      original: try place.write(town.table, as: "base.csv"), schema: TownExample.schema,
      release: release)
    let spots = try attack.run().hotSpots
    #expect(spots.ofFew >= 1 && spots.shown == spots.onExactMap, "\(spots)")
  }

  @Test func otherFoldersAreRefused() throws {
    let place = try Place()
    #expect(throws: TrackAttackFault.noPlaces("none")) {
      try attack(place, place.file("none")).run()
    }
    var coarse = try attack(place, try place.writeExactMap(Self.members, as: "heat.geojson"))
    coarse.cellMetres = 8_000
    #expect(throws: TrackAttackFault.tooFewCells) { try coarse.run() }
  }
}
