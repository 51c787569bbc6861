/// The trips of a table of points, in public terms: where one ends and the next begins, and the
/// traits that can be asked about.
///
/// A trip is a run of a unit's points without a pause, in the order of time, that reaches another
/// cell. A unit's home is the cell where most of its trips begin or end; its other anchor, such as
/// the place of work, the commonest one that is not near the home.
package struct TripGrid: Sendable, Equatable {
  /// The ends of trips, seen from the anchors of their unit.
  package enum End: Int, Sendable, CaseIterable {
    case home
    case work
    case elsewhere
  }

  /// A trait of trips. Each unit has shares of it that add up to at most 1.
  package enum Trait: Sendable, Equatable {
    /// The cell of the home on a level.
    case homes(level: Int)
    /// The cell of the other anchor on a level; nothing if there is none.
    case works(level: Int)
    /// The cells of both anchors on a level, see ``TripGrid/pair(_:_:)``; nothing if there is only
    /// a home.
    case pairs(level: Int)
    /// The number of trips.
    case counts
    /// The hours at which trips begin.
    case hours
    /// The days on which they begin, from Monday.
    case weekdays
    /// Where trips begin and end, and the part of the day: `(from · 3 + to) · 8 + part`.
    case kinds
    /// The length of trips that end near their start, and behind those the detours of the others.
    case lengths
    case speeds
    /// The distances from home of ends that are at no anchor.
    case reaches
    /// Moves by region, direction of the trip's end, and direction: `(region · 8 + end) · 4 + own`.
    case moves

    /// In words, for the ledger.
    package var name: String {
      switch self {
      case .homes: "homes"
      case .works: "other anchors"
      case .pairs: "homes with other anchors"
      case .counts: "numbers"
      case .hours: "hours"
      case .weekdays: "weekdays"
      case .kinds: "ends and parts of the day"
      case .lengths: "lengths"
      case .speeds: "speeds"
      case .reaches: "distances from home"
      case .moves: "moves"
      }
    }
  }

  /// The finest cells, the rules for points and the clock. Its time is not divided.
  package let heat: HeatGrid
  /// A longer pause ends a trip.
  package let pauseSeconds: Double
  package let cellMetres: Double
  /// Ends are at an anchor if they are at most so many cells from it in each direction.
  package let nearCells: Int
  /// The level whose cells are the regions of ``Trait/moves``.
  package let regionLevel: Int

  package static let partsOfDay = 8
  package static let octants = 8

  /// - Parameter heat: with a clock and a greatest speed.
  package init(
    heat: HeatGrid, pauseSeconds: Double, cellMetres: Double, nearCells: Int, regionLevel: Int
  ) {
    precondition(heat.clock != nil && heat.fastest != nil, "trips need times and a greatest speed")
    precondition(heat.slices == .none && regionLevel <= heat.depth, "a grid of trips")
    (self.heat, self.pauseSeconds, self.cellMetres) = (heat, pauseSeconds, cellMetres)
    (self.nearCells, self.regionLevel) = (nearCells, regionLevel)
  }

  /// The finest cells a side.
  package var side: Int { 1 << heat.depth }

  // MARK: Bins

  /// In trips.
  package var counts: Ladder { Ladder([1, 2, 3, 5, 9, 17, 33, 65, 129, 257], end: 385) }
  /// Of trips that end near their start, in moves between cells.
  package var lengths: Ladder {
    Ladder([1, 2, 3, 4, 6, 8, 12, 16, 20, 24, 32, 48, 64, 96, 128, 256], end: 512)
  }
  /// The length by the shortest way, in thousandths.
  package var detours: Ladder {
    Ladder([1_000, 1_001, 1_050, 1_100, 1_200, 1_350, 1_500, 2_000, 3_000], end: 5_000)
  }
  /// In tenths of a metre a second.
  package var speeds: Ladder {
    let fastest = (heat.fastest ?? 0) * 10
    let steps = [1, 5, 10, 15, 20, 30, 40, 60, 80, 120, 160, 240, 320, 480, 640, 960, 1_920]
    return Ladder(steps.filter { $0 < max(fastest, 2) }, end: max(fastest, 2))
  }
  /// In cells from home, in the longer direction.
  package var reaches: Ladder {
    let start = nearCells + 1
    let steps = (0...heat.depth).map { start << $0 }.filter { $0 < max(side, start + 1) }
    return Ladder(steps, end: max(side, start + 1))
  }

  /// The number of shares of a trait; nil for one whose cells are chosen.
  package func coordinates(of trait: Trait) -> Int? {
    switch trait {
    case .homes, .works, .pairs: nil
    case .counts: counts.count
    case .hours: 24
    case .weekdays: 7
    case .kinds: End.allCases.count * End.allCases.count * Self.partsOfDay
    case .lengths: lengths.count + detours.count
    case .speeds: speeds.count
    case .reaches: reaches.count
    case .moves: Self.octants * 4 << (2 * regionLevel)
    }
  }

  /// Returns the number of two cells of a level as one: the children of pair p are 16p to 16p + 15.
  package static func pair(_ home: UInt32, _ work: UInt32) -> UInt32 {
    HeatGrid.woven(home) << 2 | HeatGrid.woven(work)
  }

  /// Returns the two cells of a pair.
  package static func cells(of pair: UInt32) -> (home: UInt32, work: UInt32) {
    (HeatGrid.unwoven(pair >> 2), HeatGrid.unwoven(pair))
  }

  /// The most levels of pairs, whose numbers fit into 32 bits.
  package static let mostPairLevels = 8

  /// Returns the direction of a way: 0 is the first eighth from the east, counted to the north.
  package static func octant(_ way: SIMD2<Int>) -> Int {
    let isSteep = abs(way.y) > abs(way.x)
    switch (way.x >= 0, way.y >= 0) {
    case (true, true): return isSteep ? 1 : 0
    case (false, true): return isSteep ? 2 : 3
    case (false, false): return isSteep ? 5 : 4
    case (true, false): return isSteep ? 6 : 7
    }
  }
}

/// Ranges of whole numbers, one behind the other.
package struct Ladder: Sendable, Equatable {
  private let starts: [Int]
  private let end: Int

  /// - Parameters:
  ///   - starts: ascending.
  ///   - end: above the last start. Numbers beyond it count with the last range.
  init(_ starts: [Int], end: Int) {
    precondition(!starts.isEmpty && end > starts[starts.count - 1], "a ladder goes up")
    (self.starts, self.end) = (starts, end)
  }

  package var count: Int { starts.count }

  /// Returns the range of a number; numbers below the first one count with it.
  package func bin(of value: Int) -> Int { max((starts.firstIndex { $0 > value } ?? count) - 1, 0) }

  package func range(_ bin: Int) -> Range<Int> {
    starts[bin]..<(bin + 1 < count ? starts[bin + 1] : end)
  }
}

extension HeatGrid {
  /// Moves each pair of bits i to the places 4i and 4i + 1.
  fileprivate static func woven(_ cell: UInt32) -> UInt32 {
    var bits = cell & 0xFFFF
    bits = (bits | bits << 8) & 0x00FF_00FF
    bits = (bits | bits << 4) & 0x0F0F_0F0F
    return (bits | bits << 2) & 0x3333_3333
  }

  fileprivate static func unwoven(_ pair: UInt32) -> UInt32 {
    var bits = pair & 0x3333_3333
    bits = (bits | bits >> 2) & 0x0F0F_0F0F
    bits = (bits | bits >> 4) & 0x00FF_00FF
    return (bits | bits >> 8) & 0xFFFF
  }
}
