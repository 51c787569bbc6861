import Basics
import Examples

/// The usual way to make trips, to compare with: a grid of equal cells, a Markov chain of first
/// order between neighbouring cells, and an hour that depends on nothing.
///
/// Everybody's shares of starts, moves and hours are at most 1 long and get a third of the budget
/// each. The people are invented, so that the noise need not be exact.
struct GridChain {
  /// The cells a side.
  private let side: Int
  private let starts: WeightedDraw
  /// By cell: the eight neighbours, then the end.
  private let moves: [WeightedDraw]
  let hours: [Double]

  private static let neighbours = [
    SIMD2(1, 0), SIMD2(1, 1), SIMD2(0, 1), SIMD2(-1, 1), SIMD2(-1, 0), SIMD2(-1, -1), SIMD2(0, -1),
    SIMD2(1, -1),
  ]
  private static let mostSteps = 200

  init(_ trips: TripFigures, side: Int, rho: Double, _ random: inout SplitMix64) {
    let width = TownExample.side / side
    func cell(_ place: SIMD2<Int>) -> Int { place.y / width * side + place.x / width }
    var starts = [Double](repeating: 0, count: side * side)
    var moves = [Double](repeating: 0, count: 9 * side * side)
    var hours = [Double](repeating: 0, count: 24)
    for own in trips.people {
      let ways = own.map { trip in
        trip.places.map { SIMD2($0.x / width, $0.y / width) }
      }
      let steps = ways.map { way in
        zip(way, way.dropFirst()).compactMap { from, to in
          Self.neighbours.firstIndex(of: to &- from).map { (from.y * side + from.x) * 9 + $0 }
        } + [(way[way.count - 1].y * side + way[way.count - 1].x) * 9 + 8]
      }.joined()
      for step in steps { moves[step] += 1 / Double(steps.count) }
      for trip in own {
        starts[cell(trip.places[0])] += 1 / Double(own.count)
        hours[trip.hour] += 1 / Double(own.count)
      }
    }
    let sigma = 1 / (2 * rho / 3).squareRoot()
    func noisy(_ exact: [Double]) -> [Double] {
      exact.map { max($0 + sigma * random.normal(), 0) }
    }
    self.side = side
    self.starts = WeightedDraw(noisy(starts))
    let weights = noisy(moves)
    self.moves = (0..<side * side).map { cell in
      let (column, row) = (cell % side, cell / side)
      return WeightedDraw(
        (0..<9).map { move in
          guard move < 8 else { return weights[cell * 9 + move] }
          let next = SIMD2(column, row) &+ Self.neighbours[move]
          let isInside = (0..<side).contains(next.x) && (0..<side).contains(next.y)
          return isInside ? weights[cell * 9 + move] : 0
        })
    }
    let spread = noisy(hours)
    let total = max(spread.reduce(0, +), 1e-9)
    self.hours = spread.map { $0 / total }
  }

  /// Draws trips and returns the shares of their pairs and lengths.
  func shares(trips: Int, _ random: inout SplitMix64) -> (pairs: [Double], lengths: [Double]) {
    let width = TownExample.side / side
    let squares = TripFigures.squares * TripFigures.squares
    var pairs = [Double](repeating: 0, count: squares * squares)
    var lengths = [Double](repeating: 0, count: TripFigures.lengthBins)
    for _ in 0..<trips {
      let start = starts.draw(&random)
      var (place, length) = (SIMD2(start % side, start / side), 0)
      let first = place
      for _ in 0..<Self.mostSteps {
        let move = moves[place.y * side + place.x].draw(&random)
        guard move < 8 else { break }
        let step = Self.neighbours[move]
        place = place &+ step
        length += (abs(step.x) + abs(step.y)) * width
      }
      pairs[TripFigures.pair(first &* width, place &* width)] += 1 / Double(trips)
      lengths[TripFigures.lengthBin(length)] += 1 / Double(trips)
    }
    return (pairs, lengths)
  }
}

/// Numbers that are drawn in proportion to their weights; the last one if nothing weighs.
private struct WeightedDraw {
  private let totals: [Double]

  init(_ weights: [Double]) {
    var total = 0.0
    totals = weights.map {
      total += $0
      return total
    }
  }

  func draw(_ random: inout SplitMix64) -> Int {
    let point = random.uniform() * totals[totals.count - 1]
    return totals.firstIndex { $0 > point } ?? totals.count - 1
  }
}
