import Accounting
import Basics
import Curation
import Encoding
import Examples
import Foundation
import HeatMaps
import Tables
import TestConditions
import Testing

/// The tree of a town: the leaves it shows, how close it is, and the noise that it leaves out.
@Suite struct HeatTreeTests {
  /// A small town with few trips, for quick tests.
  private static let small = TownTruth(TownExample(people: 1_500, mostTrips: 5, seed: 3))

  /// Leaves do not overlap, hold heat, and lie in the region.
  @Test func leavesAreApart() throws {
    let map = try Self.small.maps(draws: 1, epsilon: 4, seed: 2)[0]
    var covered = [Int](repeating: 0, count: TownTruth.side * TownTruth.side)
    for leaf in map.leaves {
      #expect(leaf.heat > 0 && leaf.standardError > 0)
      let size = 1 << (map.plan.grid.depth - leaf.level)
      let (column, row) = HeatGrid.place(of: leaf.cell)
      for y in row * size..<(row + 1) * size {
        for x in column * size..<(column + 1) * size { covered[y * TownTruth.side + x] += 1 }
      }
    }
    #expect(covered.allSatisfy { $0 <= 1 } && covered.contains(1))
    #expect(Set(map.leaves.map(\.level)).count > 1)
    #expect(abs(map.total - map.cells().reduce(0, +)) < 1e-6 * map.total)
    #expect(abs(map.total - 1_500) < 300)
  }

  /// More budget brings the map closer, and at a large one it is close.
  @Test func theMapComesCloser() throws {
    let distances = try [0.3, 1, 30].map { epsilon in
      try Self.small.maps(draws: 2, epsilon: epsilon, seed: 4).reduce(0) {
        $0 + TownTruth.distance($1.cells(), Self.small.cells, square: 4) / 2
      }
    }
    #expect(distances[0] > distances[1] && distances[1] > distances[2], "\(distances)")
    #expect(distances[1] < 0.4 && distances[2] < 0.15, "\(distances)")
  }

  /// The standard errors that the map states are those that it makes, for cells that are not cut.
  @Test func theStatedErrorIsTheError() throws {
    let maps = try Self.small.maps(draws: 6, epsilon: 8, seed: 9)
    var squares = 0.0
    var count = 0
    for map in maps {
      for leaf in map.leaves where leaf.heat > 6 * leaf.standardError {
        let size = 1 << (map.plan.grid.depth - leaf.level)
        let (column, row) = HeatGrid.place(of: leaf.cell)
        var truth = 0.0
        for y in row * size..<(row + 1) * size {
          for x in column * size..<(column + 1) * size {
            truth += Self.small.cells[y * TownTruth.side + x]
          }
        }
        squares +=
          (leaf.heat - truth) * (leaf.heat - truth) / (leaf.standardError * leaf.standardError)
        count += 1
      }
    }
    // Clipping adds some bias, and cells that are cut pass theirs on.
    #expect(count > 100 && squares / Double(count) < 4 && squares / Double(count) > 0.3)
  }

  /// Few people are not drawn: with 28 the map is empty in nearly all draws.
  @Test func fewPeopleAreNotDrawn() throws {
    let few = TownTruth(TownExample(people: 28, mostTrips: 5, seed: 3))
    let maps = try few.maps(draws: 20, seed: 5)
    #expect(maps.count { !$0.leaves.isEmpty } <= 1)
  }

  @Test func slicesDivideTheHeat() throws {
    var settings = HeatSettings()
    settings.slices = .hour
    settings.cellMetres = 800
    let map = try Self.small.maps(draws: 1, epsilon: 30, settings: settings, seed: 6)[0]
    func heat(_ slices: Range<Int>) -> Double {
      map.leaves.filter { slices.contains($0.slice) }.reduce(0) { $0 + $1.heat }
    }
    // Trips begin about half past seven and about six.
    #expect(heat(6..<10) > 0.3 * map.total && heat(15..<21) > 0.2 * map.total)
    #expect(heat(0..<4) < 0.02 * map.total)
    #expect(abs(map.cells().reduce(0, +) - map.total) < 1e-6 * map.total)
  }

  /// Compared with the nearest point found by trying every set of cells that are cut.
  @Test func cutHeatsAreTheNearest() {
    var random = SplitMix64(seed: 4)
    for _ in 0..<500 {
      let heats = (0..<4).map { _ in random.normal() * 3 }
      let total = abs(random.normal()) * 3
      let shift = (total - heats.reduce(0, +)) / 4
      let own = AdaptiveTree.settledHeats(heats.map { $0 + shift }, total: total)
      var best = [Double](repeating: 0, count: 4)
      var least = Double.infinity
      for set in 1..<16 {
        let kept = (0..<4).filter { set >> $0 & 1 == 1 }
        let excess = (kept.reduce(0) { $0 + heats[$1] } - total) / Double(kept.count)
        let trial = (0..<4).map { kept.contains($0) ? heats[$0] - excess : 0 }
        let distance = zip(trial, heats).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        if trial.allSatisfy({ $0 >= -1e-12 }), distance < least {
          (best, least) = (trial, distance)
        }
      }
      #expect(zip(own, best).allSatisfy { abs($0 - $1) < 1e-9 }, "\(heats) \(total)")
    }
  }

  /// The bars of a town of 5,000, at an epsilon of 1 and a delta of 1e-6.
  @Test(.enabled(if: LongRun.isWanted, "long"))
  func aTownOfFiveThousand() throws {
    let truth = TownTruth(TownExample(people: 5_000, seed: 7))
    let maps = try truth.maps(draws: 5, seed: 11).map { $0.cells() }
    func mean(_ error: ([Double]) -> Double) -> Double {
      maps.reduce(0) { $0 + error($1) } / Double(maps.count)
    }
    let fine = mean { TownTruth.distance($0, truth.cells, square: 1) }
    let coarse = mean { TownTruth.distance($0, truth.cells, square: 4) }
    let rectangles = mean { TownTruth.rectangleError($0, truth.cells) }
    #expect(
      fine <= 0.43 && coarse <= 0.15 && rectangles <= 0.0066, "\(fine) \(coarse) \(rectangles)")
  }
}
