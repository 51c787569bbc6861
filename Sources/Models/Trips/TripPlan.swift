import Accounting
import Curation
import Encoding
import Foundation
import HeatMaps
import Tables

/// The form of synthetic trips, chosen in public.
package struct TripSettings: Sendable, Codable, Equatable {
  /// The width of the smallest cells, in metres.
  package var cellMetres = 200.0
  /// A longer pause ends a trip.
  package var pauseMinutes = 10.0
  /// In metres a second; nil for the limit of the schema, or else ``usualSpeed``. Faster points are
  /// errors, and no synthetic trip is faster.
  package var fastest: Int?
  /// A cell is divided if it is above so many standard deviations of the noise.
  package var threshold = 2.0

  package static let usualSpeed = 70

  package init() {}
}

/// Everything about synthetic trips that is fixed before a row is read: the grid, the questions and
/// their shares of the budget.
package struct TripPlan: Sendable {
  /// A question, or the questions of a tree, with its share of the budget.
  package struct Part: Sendable, Codable, Equatable {
    package let name: String
    package let share: Double
    package let rho: Double
  }

  package let settings: TripSettings
  package let fastest: Int
  package let passages: HeatPlan
  package let grid: TripGrid
  package let parts: [Part]

  /// The coarsest level of the trees of anchors, and of their pairs.
  static let firstLevel = 2
  static let firstPairLevel = 1
  /// The most levels: the cells of all levels are kept in memory.
  private static let mostLevels = 10
  /// Ends within this distance of an anchor are at it, if cells are not larger.
  private static let nearMetres = 400.0
  /// The smallest cells of the trees of anchors, and of their pairs: finer ones would take budget
  /// from those that can be told from noise.
  private static let anchorMetres = 400.0
  private static let pairMetres = 1_000.0

  private static let shares: [(name: String, share: Double)] = [
    ("passages", 0.15), ("homes", 0.15), ("other anchors", 0.1),
    ("pairs of anchors", 0.15), ("numbers of trips", 0.04), ("hours", 0.19), ("weekdays", 0.03),
    ("kinds of trips", 0.07), ("lengths", 0.06), ("speeds", 0.02), ("distances", 0.01),
    ("moves", 0.03),
  ]

  /// - Parameter rho: of all trips.
  /// - Throws: ``HeatFault``.
  package init(_ blueprint: Blueprint, settings: TripSettings, rho: Rho) throws(HeatFault) {
    guard let place = blueprint.schema.place else { throw .noPlace }
    guard case .person = blueprint.schema.unit else { throw .noPerson }
    guard settings.pauseMinutes.isFinite, (1...1_440).contains(settings.pauseMinutes) else {
      throw .wrongPause
    }
    let fastest = settings.fastest ?? place.fastest ?? TripSettings.usualSpeed
    guard (1...1_000).contains(fastest) else { throw .wrongSpeed }
    guard place.time != nil else { throw .noTimeOfTrips }
    parts = Self.shares.map { Part(name: $0.name, share: $0.share, rho: rho.value * $0.share) }
    var heat = HeatSettings()
    (heat.cellMetres, heat.threshold) = (settings.cellMetres, settings.threshold)
    let passages = try HeatPlan(
      blueprint, settings: heat, rho: Rho(checked: parts[0].rho), fastest: fastest)
    let depth = passages.grid.depth
    guard depth <= Self.mostLevels else {
      let width = settings.cellMetres * exp2(Double(depth))
      throw .tooManyCells(
        metres: settings.cellMetres, finest: width / exp2(Double(Self.mostLevels)))
    }
    let pause = settings.pauseMinutes * 60
    guard let clock = passages.grid.clock, 4 * clock.secondsPerTick <= pause else {
      throw .noTimeOfTrips
    }
    grid = TripGrid(
      heat: passages.grid, pauseSeconds: pause, cellMetres: settings.cellMetres,
      nearCells: max(1, Int(Self.nearMetres / settings.cellMetres)), regionLevel: min(depth, 3))
    (self.settings, self.fastest, self.passages) = (settings, fastest, passages)
  }

  /// Returns the budget of a part.
  func rho(_ name: String) -> Rho {
    guard let part = parts.first(where: { $0.name == name }) else {
      preconditionFailure("a part of the plan")
    }
    return Rho(checked: part.rho)
  }

  /// The levels of the trees of anchors.
  var anchorLevels: ClosedRange<Int> { levels(from: Self.firstLevel, metres: Self.anchorMetres) }

  /// The levels of the tree of pairs.
  var pairLevels: ClosedRange<Int> {
    let levels = levels(from: Self.firstPairLevel, metres: Self.pairMetres)
    let last = min(levels.upperBound, TripGrid.mostPairLevels)
    return min(levels.lowerBound, last)...last
  }

  /// Returns the levels whose cells are at least so wide, one at least.
  private func levels(from first: Int, metres: Double) -> ClosedRange<Int> {
    let depth = grid.heat.depth
    let finer = Int(log2(max(metres / grid.cellMetres, 1)).rounded(.up))
    let last = max(depth - finer, 1)
    return min(first, last)...last
  }

  /// Whether a pair of cells of a level is in the region.
  func isMeasured(pair: UInt32, level: Int) -> Bool {
    let (home, work) = TripGrid.cells(of: pair)
    return passages.isMeasured(home, level: level) && passages.isMeasured(work, level: level)
  }
}
