import Basics
import Curation

/// Draws ways between two cells: from cell to neighbouring cell, where people pass, in the
/// directions in which they move there, and always near enough to arrive. With declared roads it
/// goes along them from the first cell to the last.
struct TripWalk: Sendable {
  private let model: TripModel
  private let roads: RoadGraph?
  /// The heat of a cell that nobody is known to pass, so that every open cell can be walked.
  private let floor: Double

  /// The weights of a cell that was passed before on this way, and of going straight back.
  private static let again = 0.05
  private static let back = 0.01
  /// The places from which the far end of a round is chosen.
  private static let candidates = 12
  private static let attempts = 6

  /// East, north, west and south.
  static let steps = [SIMD2(1, 0), SIMD2(0, 1), SIMD2(-1, 0), SIMD2(0, -1)]

  init(_ model: TripModel, roads: RoadGraph?) {
    (self.model, self.roads) = (model, roads)
    let cells = model.plan.grid.side * model.plan.grid.side
    floor = max(model.passages.total, 1) / Double(cells) / 10
  }

  /// Returns a way of about `length` moves, the first and the last cell with it; nil if none was
  /// found around the areas that are left out. With roads it begins and ends at the nearest ones.
  func way(
    from first: SIMD2<Int>, to last: SIMD2<Int>, length: Int, _ random: inout SamplingGenerator
  ) -> [SIMD2<Int>]? {
    let (start, end) = (roads?.nearest(first) ?? first, roads?.nearest(last) ?? last)
    let direct = Self.distance(start, end)
    for attempt in 0..<Self.attempts {
      let slack = max(length - direct, 0) / 2 * 2 + 4 * attempt
      var way: [SIMD2<Int>]? = [start]
      if direct <= 2 * model.plan.grid.nearCells, slack >= 4 {
        // A round: out to a turning point, and back by another way.
        guard let turn = turn(start, reach: (direct + slack) / 2, &random) else { continue }
        way = walked([start], to: turn, moves: Self.distance(start, turn), attempt, &random)
        way = way.flatMap {
          walked($0, to: end, moves: max(direct + slack - $0.count + 1, 0), attempt, &random)
        }
      } else {
        way = walked([start], to: end, moves: direct + slack, attempt, &random)
      }
      if let way, way.count > 1 { return way }
    }
    return nil
  }

  static func distance(_ from: SIMD2<Int>, _ to: SIMD2<Int>) -> Int {
    abs(to.x - from.x) + abs(to.y - from.y)
  }

  /// Draws a cell at a distance, where people pass.
  private func turn(
    _ start: SIMD2<Int>, reach: Int, _ random: inout SamplingGenerator
  ) -> SIMD2<Int>? {
    let places = (0..<Self.candidates).compactMap { _ -> (SIMD2<Int>, Double)? in
      let across = random.below(2 * reach + 1) - reach
      let up = (reach - abs(across)) * (random.below(2) == 0 ? 1 : -1)
      let aim = start &+ SIMD2(across, up)
      let place = model.isOpen(aim) ? roads?.nearest(aim) ?? aim : aim
      return model.isOpen(place) ? (place, model.passages.heat(at: place) + floor) : nil
    }
    return Urn(places).draw(&random)
  }

  /// Goes on with a way for so many moves, or as many as it takes; nil if it cannot arrive.
  private func walked(
    _ before: [SIMD2<Int>], to end: SIMD2<Int>, moves: Int, _ attempt: Int,
    _ random: inout SamplingGenerator
  ) -> [SIMD2<Int>]? {
    var way = before
    var passed = Set(before)
    let start = way[way.count - 1]
    let usual = max(moves, Self.distance(start, end))
    let known = roads?.distances(
      from: start, to: end, moves: usual, most: (2 * usual + 16) << attempt)
    /// The fewest moves to the end; nil if there are too many.
    func gap(_ place: SIMD2<Int>) -> Int? {
      guard let roads else { return Self.distance(place, end) }
      return known?[roads.number(place)]
    }
    guard let direct = gap(start) else { return nil }
    // One move more if an odd number of moves cannot arrive.
    let count = max(moves, direct) + (max(moves, direct) + direct) % 2
    for left in stride(from: count - 1, through: 0, by: -1) {
      let here = way[way.count - 1]
      let last = way.count > 1 ? way[way.count - 2] : here
      let weights = directions(at: here, to: end)
      let open = Self.steps.enumerated().compactMap { direction, step -> (SIMD2<Int>, Double)? in
        let next = here &+ step
        guard roads?.leads(here, direction) ?? true, model.isOpen(next), let rest = gap(next),
          rest <= left
        else { return nil }
        let warmth = model.passages.heat(at: next) + floor
        let repeated = next == last ? Self.back : passed.contains(next) ? Self.again : 1
        return (next, warmth * (weights[direction] + 0.02) * repeated)
      }
      guard let next = Urn(open).draw(&random) else { return nil }
      way.append(next)
      passed.insert(next)
    }
    return way
  }

  private func directions(at place: SIMD2<Int>, to end: SIMD2<Int>) -> [Double] {
    let grid = model.plan.grid
    let shift = UInt32(2 * (grid.heat.depth - grid.regionLevel))
    let region = Int(HeatGrid.cell(column: place.x, row: place.y) >> shift)
    return model.moves[region * TripGrid.octants + TripGrid.octant(end &- place)]
  }
}
