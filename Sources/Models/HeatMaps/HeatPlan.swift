import Accounting
import Curation
import Encoding
import Foundation
import Tables

/// Everything about a heat map that is fixed before a row is read: the grid, and for each level the
/// length to which a person's heat is clipped, and the noise.
package struct HeatPlan: Sendable {
  /// One level of the tree.
  package struct Level: Sendable, Codable, Equatable {
    /// A square of 2^level cells a side.
    package let level: Int
    package let cellMetres: Double
    /// The longest that a person's heat on this level may be, in the L2 norm; at most 1.
    package let clip: Double
    package let rho: Double
    /// The standard deviation of the noise on a cell, in people.
    package let sigma: Double
  }

  package let grid: HeatGrid
  package let settings: HeatSettings
  package let region: HeatRegion
  /// The levels that are measured, the coarsest first.
  package let levels: [Level]

  /// The coarsest level that is measured: 16 cells.
  private static let firstLevel = 2

  /// - Parameters:
  ///   - rho: of the whole map.
  ///   - fastest: the greatest speed in metres a second; nil for that of the schema, if any.
  /// - Throws: ``HeatFault``.
  package init(
    _ blueprint: Blueprint, settings: HeatSettings, rho: Rho, fastest: Int? = nil
  ) throws(HeatFault) {
    guard settings.cellMetres.isFinite, (1...1_000_000).contains(settings.cellMetres) else {
      throw .wrongCellSize
    }
    guard settings.threshold.isFinite, (1...10).contains(settings.threshold) else {
      throw .wrongThreshold
    }
    guard blueprint.schema.unit != .row || blueprint.schema.eachRowIsAPerson else {
      throw .noPerson
    }
    let region = try HeatRegion(blueprint)
    let grid = try region.grid(settings, fastest: fastest ?? region.place.fastest)
    let first = min(Self.firstLevel, grid.depth)
    let numbers = Array(first...grid.depth)
    let weights = numbers.map { exp2(Double($0) / 3) }
    let total = weights.reduce(0, +)
    self.grid = grid
    self.settings = settings
    self.region = region
    levels = zip(numbers, weights).map { level, weight in
      let metres = settings.cellMetres * exp2(Double(grid.depth - level))
      let (clip, part) = (Self.clip(cellMetres: metres), rho.value * weight / total)
      return Level(
        level: level, cellMetres: metres, clip: clip, rho: part,
        sigma: clip / (2 * part).squareRoot())
    }
  }

  /// Returns the length to which a person's heat is clipped: people spread over many small cells
  /// and few large ones. In simulated towns the error was least near these lengths.
  package static func clip(cellMetres: Double) -> Double {
    min(1, max(0.05, 0.25 * pow(cellMetres / 200, 0.45)))
  }

  /// Returns the level of that number.
  package func level(_ number: Int) -> Level { levels[number - levels[0].level] }

  /// The size of the group of people, all with their heat in one cell of an empty quarter, that
  /// shows on a level in half of all draws: it must stand out on all coarser levels too.
  package func visibleGroup(_ level: Level) -> Double {
    let needed = levels.filter { $0.level <= level.level }.map {
      settings.threshold * $0.sigma / $0.clip
    }
    return needed.max() ?? 0
  }

  /// Whether a cell of a level has a part of the region in it that is not left out.
  package func isMeasured(_ cell: UInt32, level: Int) -> Bool {
    let square = region.square(cell, level: level, of: grid)
    return square.east.lowerBound <= Double(grid.east.bounds.upperBound)
      && square.north.lowerBound <= Double(grid.north.bounds.upperBound)
      && !grid.holes.contains {
        $0.east.lowerBound <= square.east.lowerBound && $0.east.upperBound >= square.east.upperBound
          && $0.north.lowerBound <= square.north.lowerBound
          && $0.north.upperBound >= square.north.upperBound
      }
  }

  /// Whether a finest cell is in the region, and no part of it is left out.
  package func isOpen(_ cell: UInt32) -> Bool {
    let square = region.square(cell, level: grid.depth, of: grid)
    return isMeasured(cell, level: grid.depth)
      && !grid.holes.contains {
        $0.east.lowerBound <= square.east.upperBound && $0.east.upperBound >= square.east.lowerBound
          && $0.north.lowerBound <= square.north.upperBound
          && $0.north.upperBound >= square.north.lowerBound
      }
  }
}
