import Basics

/// Somebody looks for a home off the roads on a heat map of square cells. They know the roads and
/// the neighbourhood, and perhaps how often the person went out, as a public profile shows.
///
/// A track ends at such a home: a warm cell beside the roads with few warm neighbours.
package struct HomeAttack: Sendable {
  /// A square in which the home is known to lie, by its south-west cell.
  package struct Neighbourhood: Sendable, Equatable {
    package let column: Int
    package let row: Int

    package init(column: Int, row: Int) { (self.column, self.row) = (column, row) }
  }

  /// The cells a side of a map, and of a neighbourhood.
  package let side: Int
  package let reach: Int
  /// Whether a road runs through a cell, row by row.
  package var isRoad: [Bool]

  package init(side: Int, isRoad: [Bool], reach: Int = 25) {
    precondition(reach > 4 && reach <= side, "the neighbourhood is a part of the map")
    precondition(isRoad.count == side * side, "a map has side times side cells")
    (self.side, self.isRoad, self.reach) = (side, isRoad, reach)
  }

  /// The share of hits of somebody who looks at no map: a hit may be one cell off.
  package var blindShare: Double { 9 / Double(reach * reach) }

  /// Draws a neighbourhood of a home.
  package func neighbourhood(of home: SIMD2<Int>, _ random: inout SplitMix64) -> Neighbourhood {
    func start(_ place: Int) -> Int {
      min(max(place - 2 - random.below(reach - 4), 0), side - reach)
    }
    return Neighbourhood(column: start(home.x), row: start(home.y))
  }

  /// Returns the guessed home.
  /// - Parameters:
  ///   - map: heat by cell, row by row.
  ///   - visits: the heat that a home would have; nil if unknown.
  package func guess(
    _ map: [Double], in place: Neighbourhood, visits: Double? = nil, _ random: inout SplitMix64
  ) -> SIMD2<Int> {
    var warm: [SIMD2<Int>] = []
    for row in place.row..<place.row + reach {
      for column in place.column..<place.column + reach
      where isWarm(SIMD2(column, row), in: map) { warm.append(SIMD2(column, row)) }
    }
    guard !warm.isEmpty else {
      return SIMD2(place.column + random.below(reach), place.row + random.below(reach))
    }
    let ends = warm.filter { neighbours(of: $0, in: map) <= 2 }
    // Who knows the heat to look for need not look for ends.
    let candidates = visits != nil || ends.isEmpty ? warm : ends
    let scored = candidates.map { cell in
      let heat = map[cell.y * side + cell.x]
      // Few neighbours count between equals, and a lot among the rest.
      return (
        score: visits.map { -abs(heat - $0) } ?? heat, ends: -neighbours(of: cell, in: map),
        lot: random.next(), cell: cell
      )
    }
    return scored.max { ($0.score, $0.ends, $0.lot) < ($1.score, $1.ends, $1.lot) }?.cell ?? warm[0]
  }

  package func isHit(_ guess: SIMD2<Int>, home: SIMD2<Int>) -> Bool {
    abs(guess.x - home.x) <= 1 && abs(guess.y - home.y) <= 1
  }

  private func isWarm(_ cell: SIMD2<Int>, in map: [Double]) -> Bool {
    let index = cell.y * side + cell.x
    return map[index] > 0 && !isRoad[index]
  }

  private func neighbours(of cell: SIMD2<Int>, in map: [Double]) -> Int {
    var count = 0
    for up in -1...1 {
      for across in -1...1 where (up, across) != (0, 0) {
        let other = cell &+ SIMD2(across, up)
        guard (0..<side).contains(other.x), (0..<side).contains(other.y) else { continue }
        if map[other.y * side + other.x] > 0 { count += 1 }
      }
    }
    return count
  }
}
