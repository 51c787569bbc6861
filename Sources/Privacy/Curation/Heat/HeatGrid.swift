import Tables

/// A square of cells in the plane, halved again and again, in public terms: which points of a table
/// count, and the cell of each.
///
/// A cell of level l is one of 4^l, numbered along a curve by which the children of cell c are
/// 4c to 4c + 3 (Morton 1966). With slices of time there is one such square for each slice.
package struct HeatGrid: Sendable, Equatable {
  /// One of the two directions, in the ticks of its column.
  package struct Axis: Sendable, Equatable {
    /// The variable of the curator's blueprint.
    package let variable: Int
    /// The declared bounds. Points beyond them are left out.
    package let bounds: ClosedRange<Int64>
    /// The width of a finest cell.
    package let ticksPerCell: Double
    package let metresPerTick: Double

    package init(
      variable: Int, bounds: ClosedRange<Int64>, ticksPerCell: Double, metresPerTick: Double
    ) {
      (self.variable, self.bounds) = (variable, bounds)
      (self.ticksPerCell, self.metresPerTick) = (ticksPerCell, metresPerTick)
    }

    /// Returns the place of a tick within the bounds, counted in finest cells.
    package func place(of tick: Int64, below count: Int) -> Int {
      min(Int((Double(tick) - Double(bounds.lowerBound)) / ticksPerCell), count - 1)
    }
  }

  /// The times of points, in ticks since 1970.
  package struct Clock: Sendable, Equatable {
    package let variable: Int
    package let secondsPerTick: Double

    package init(variable: Int, secondsPerTick: Double) {
      (self.variable, self.secondsPerTick) = (variable, secondsPerTick)
    }
  }

  /// The division of time.
  package enum Slices: String, Sendable, Codable, CaseIterable {
    case none
    case hour
    case weekday

    package var count: Int {
      switch self {
      case .none: 1
      case .hour: 24
      case .weekday: 7
      }
    }

    private static func rest(_ value: Double, of divisor: Double) -> Int {
      Int((value - (value / divisor).rounded(.down) * divisor).rounded(.down))
    }

    /// Returns the slice of a time, in seconds since 1970-01-01, a Thursday. Weekdays begin with
    /// Monday.
    func slice(of seconds: Double) -> Int {
      switch self {
      case .none: 0
      case .hour: Slices.rest(seconds / 3600, of: 24)
      case .weekday: Slices.rest(seconds / 86_400 + 3, of: 7)
      }
    }
  }

  /// An area whose points are left out, in ticks.
  package struct Hole: Sendable, Equatable {
    package let east: ClosedRange<Double>
    package let north: ClosedRange<Double>

    package init(east: ClosedRange<Double>, north: ClosedRange<Double>) {
      (self.east, self.north) = (east, north)
    }
  }

  /// The most levels: a cell's number and its slice fit into 32 bits.
  package static let mostLevels = 12

  /// The finest level.
  package let depth: Int
  package let east: Axis
  package let north: Axis
  package let clock: Clock?
  package let slices: Slices
  package let holes: [Hole]
  /// Whether the point at 0, 0 is an error: a receiver without a signal writes it.
  package let leavesOutOrigin: Bool
  /// In metres a second; nil for no limit.
  package let fastest: Int?

  package init(
    depth: Int, east: Axis, north: Axis, clock: Clock?, slices: Slices, holes: [Hole],
    leavesOutOrigin: Bool, fastest: Int?
  ) {
    precondition((1...HeatGrid.mostLevels).contains(depth), "a cell's number has 32 bits")
    precondition(clock != nil || (slices == .none && fastest == nil), "slices of no time")
    (self.depth, self.east, self.north, self.clock) = (depth, east, north, clock)
    (self.slices, self.holes) = (slices, holes)
    (self.leavesOutOrigin, self.fastest) = (leavesOutOrigin, fastest)
  }

  /// Returns the number of the finest cell in a column and a row, counted from the south-west.
  package static func cell(column: Int, row: Int) -> UInt32 { spread(column) | spread(row) << 1 }

  /// Returns the column and the row of a cell.
  package static func place(of cell: UInt32) -> (column: Int, row: Int) {
    (gathered(cell), gathered(cell >> 1))
  }

  /// Moves bit i to place 2i.
  private static func spread(_ value: Int) -> UInt32 {
    var bits = UInt32(value)
    bits = (bits | bits << 8) & 0x00FF_00FF
    bits = (bits | bits << 4) & 0x0F0F_0F0F
    bits = (bits | bits << 2) & 0x3333_3333
    return (bits | bits << 1) & 0x5555_5555
  }

  private static func gathered(_ cell: UInt32) -> Int {
    var bits = cell & 0x5555_5555
    bits = (bits | bits >> 1) & 0x3333_3333
    bits = (bits | bits >> 2) & 0x0F0F_0F0F
    bits = (bits | bits >> 4) & 0x00FF_00FF
    return Int((bits | bits >> 8) & 0x0000_FFFF)
  }

  /// Whether a point counts, by itself.
  package func admits(_ x: Int64, _ y: Int64) -> Bool {
    guard east.bounds.contains(x), north.bounds.contains(y) else { return false }
    if leavesOutOrigin, x == 0, y == 0 { return false }
    return !holes.contains { $0.east.contains(Double(x)) && $0.north.contains(Double(y)) }
  }

  /// Returns the finest cell of a point that counts, with its slice in front.
  func cell(_ x: Int64, _ y: Int64, time: Int64?) -> UInt32 {
    let side = 1 << depth
    let cell = HeatGrid.cell(
      column: east.place(of: x, below: side), row: north.place(of: y, below: side))
    guard let clock, let time, slices != .none else { return cell }
    return UInt32(slices.slice(of: Double(time) * clock.secondsPerTick)) << (2 * depth) | cell
  }
}
