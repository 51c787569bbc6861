import Curation
import Encoding
import Foundation
import Tables

/// The declared region of a map, between the ticks of the columns, the units in which they are
/// written, and metres.
package struct HeatRegion: Sendable {
  private struct Direction: Sendable {
    let variable: Int
    let bounds: ClosedRange<Int64>
    /// The units of the column in a tick.
    let unitsPerTick: Double
    var metresPerUnit: Double
  }

  package let place: PlaceColumns
  private let east: Direction
  private let north: Direction
  private let clock: HeatGrid.Clock?

  /// Metres in a degree of latitude.
  private static let metresPerDegree = 111_195.0

  init(_ blueprint: Blueprint) throws(HeatFault) {
    guard let place = blueprint.schema.place else { throw .noPlace }
    var east = try Self.direction(place.east, in: blueprint)
    let north = try Self.direction(place.north, in: blueprint)
    if place.plane == .degrees {
      let middle =
        (Double(north.bounds.lowerBound) + Double(north.bounds.upperBound)) / 2 * north.unitsPerTick
      east.metresPerUnit *= max(cos(middle * .pi / 180), 0.01)
    }
    (self.place, self.east, self.north) = (place, east, north)
    clock = try place.time.map { name throws(HeatFault) in
      guard case .timestamp(let format)? = blueprint.schema.column(named: name)?.type,
        let pattern = TimePattern(format)
      else { throw .notDirect(name) }
      return HeatGrid.Clock(
        variable: try Self.variable(name, in: blueprint),
        secondsPerTick: Double(pattern.secondsPerTick) / Double(pattern.ticksPerSecond))
    }
  }

  private static func direction(_ name: String, in blueprint: Blueprint) throws(HeatFault)
    -> Direction
  {
    let variable = try variable(name, in: blueprint)
    guard let column = blueprint.schema.column(named: name),
      case .declared(let bounds) = column.bounds, bounds.lowerBound < bounds.upperBound
    else { throw .noBounds(name) }
    let units =
      if case .decimal(let digits) = column.type { pow(10, -Double(digits)) } else { 1.0 }
    return Direction(
      variable: variable, bounds: bounds, unitsPerTick: units,
      metresPerUnit: blueprint.schema.place?.plane == .degrees ? metresPerDegree : 1)
  }

  private static func variable(_ name: String, in blueprint: Blueprint) throws(HeatFault) -> Int {
    guard let index = blueprint.variables.firstIndex(where: { $0.source == .column(name) }) else {
      throw .notDirect(name)
    }
    return index
  }

  /// Returns the smallest square of cells that holds the region, from its south-west corner.
  func grid(_ settings: HeatSettings, fastest: Int?) throws(HeatFault) -> HeatGrid {
    func metres(_ direction: Direction) -> Double {
      (Double(direction.bounds.upperBound) - Double(direction.bounds.lowerBound))
        * direction.unitsPerTick * direction.metresPerUnit
    }
    let width = max(metres(east), metres(north))
    let depth = Int(log2(width / settings.cellMetres * (1 - 1e-9)).rounded(.up))
    guard depth >= 1 else { throw .oneCell(metres: settings.cellMetres) }
    guard depth <= HeatGrid.mostLevels else {
      throw .tooManyCells(
        metres: settings.cellMetres, finest: width / exp2(Double(HeatGrid.mostLevels)))
    }
    if settings.slices != .none, clock == nil { throw .noTime(settings.slices.rawValue) }
    func axis(_ direction: Direction) -> HeatGrid.Axis {
      let metresPerTick = direction.unitsPerTick * direction.metresPerUnit
      return HeatGrid.Axis(
        variable: direction.variable, bounds: direction.bounds,
        ticksPerCell: settings.cellMetres / metresPerTick, metresPerTick: metresPerTick)
    }
    let needsTime = settings.slices != .none || fastest != nil
    return HeatGrid(
      depth: depth, east: axis(east), north: axis(north), clock: needsTime ? clock : nil,
      slices: settings.slices,
      holes: place.excluded.map {
        HeatGrid.Hole(
          east: $0.west / east.unitsPerTick...$0.east / east.unitsPerTick,
          north: $0.south / north.unitsPerTick...$0.north / north.unitsPerTick)
      },
      leavesOutOrigin: place.plane == .degrees, fastest: fastest)
  }

  /// The square of a cell of a level, in ticks.
  func square(_ cell: UInt32, level: Int, of grid: HeatGrid) -> HeatGrid.Hole {
    let (column, row) = HeatGrid.place(of: cell & (UInt32(1) << (2 * level) &- 1))
    let size = exp2(Double(grid.depth - level))
    func range(_ index: Int, _ axis: HeatGrid.Axis) -> ClosedRange<Double> {
      let low = Double(axis.bounds.lowerBound) + Double(index) * size * axis.ticksPerCell
      return low...low + size * axis.ticksPerCell
    }
    return HeatGrid.Hole(east: range(column, grid.east), north: range(row, grid.north))
  }

  /// The same in the units in which the columns are written.
  package func area(of cell: UInt32, level: Int, in grid: HeatGrid) -> HeatArea {
    let square = square(cell, level: level, of: grid)
    return HeatArea(
      west: square.east.lowerBound * east.unitsPerTick,
      south: square.north.lowerBound * north.unitsPerTick,
      east: square.east.upperBound * east.unitsPerTick,
      north: square.north.upperBound * north.unitsPerTick)
  }

  /// The declared bounds, in the units in which the columns are written.
  package var bounds: HeatArea {
    HeatArea(
      west: Double(east.bounds.lowerBound) * east.unitsPerTick,
      south: Double(north.bounds.lowerBound) * north.unitsPerTick,
      east: Double(east.bounds.upperBound) * east.unitsPerTick,
      north: Double(north.bounds.upperBound) * north.unitsPerTick)
  }

  /// The height of the region on paper for a width of 1.
  package var aspect: Double {
    let (width, height) = (bounds.east - bounds.west, bounds.north - bounds.south)
    return height * north.metresPerUnit / (width * east.metresPerUnit)
  }

  /// The length of a tick of the time; nil if the schema names none.
  package var secondsPerTick: Double? { clock?.secondsPerTick }

  package var metresAcross: Double { (bounds.east - bounds.west) * east.metresPerUnit }
}

/// A rectangle in the units of the coordinates.
package struct HeatArea: Sendable, Codable, Equatable {
  package let west: Double
  package let south: Double
  package let east: Double
  package let north: Double

  package init(west: Double, south: Double, east: Double, north: Double) {
    (self.west, self.south, self.east, self.north) = (west, south, east, north)
  }
}
