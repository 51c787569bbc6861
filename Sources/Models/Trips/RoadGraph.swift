import Basics
import Curation
import HeatMaps

/// Declared roads as a graph of the finest cells: from which cell a road leads into which
/// neighbour, and where it lies in each. Only the largest part that hangs together is kept, so that
/// every place can be reached from every other.
///
/// It follows from a public file, the declared region and the areas that are left out alone.
package struct RoadGraph: Sendable, Equatable {
  private let side: Int
  /// Bit d of a cell is set if a road leads on in direction d of ``TripWalk/steps``.
  private var exits: [UInt8]
  /// The middles of the roads' ways through each cell, in shares of the cell.
  private var middles: [Int: [SIMD2<Double>]] = [:]
  /// The number of the nearest cell with a road.
  private var nearest: [Int32] = []

  /// - Throws: ``HeatFault/noRoads(_:)`` naming `file` if no road is in the region.
  package init(_ roads: DeclaredRoads, plan: TripPlan, file: String) throws(HeatFault) {
    side = plan.grid.side
    exits = [UInt8](repeating: 0, count: side * side)
    let open = plan.passages
    for line in roads.passages(in: open) {
      let isOpen = line.map {
        open.isOpen(HeatGrid.cell(column: $0.place.x, row: $0.place.y))
      }
      for (index, passage) in line.enumerated() where isOpen[index] {
        let here = number(passage.place)
        let known = middles[here] ?? []
        if !known.contains(passage.middle) { middles[here] = known + [passage.middle] }
        guard index + 1 < line.count, isOpen[index + 1],
          let direction = TripWalk.steps.firstIndex(of: line[index + 1].place &- passage.place)
        else { continue }
        exits[here] |= 1 << UInt8(direction)
        exits[number(line[index + 1].place)] |= 1 << UInt8((direction + 2) % 4)
      }
    }
    keepLargestPart()
    guard !middles.isEmpty else { throw .noRoads(file) }
    nearest = nearestCells()
  }

  func number(_ place: SIMD2<Int>) -> Int { place.y * side + place.x }

  private func place(_ number: Int) -> SIMD2<Int> { SIMD2(number % side, number / side) }

  /// The nearest cell with a road.
  func nearest(_ place: SIMD2<Int>) -> SIMD2<Int> { self.place(Int(nearest[number(place)])) }

  /// Whether a road leads on from a cell in a direction.
  func leads(_ place: SIMD2<Int>, _ direction: Int) -> Bool {
    exits[number(place)] & 1 << UInt8(direction) != 0
  }

  /// Draws one of the roads' ways through a cell, and returns its middle; nil if there is none.
  func middle(of place: SIMD2<Int>, _ random: inout SamplingGenerator) -> SIMD2<Double>? {
    guard let known = middles[number(place)] else { return nil }
    return known.count == 1 ? known[0] : known[random.below(known.count)]
  }

  /// Returns the fewest moves to an end along the roads, by cell, for all cells from which it takes
  /// at most as many as from `start`, or `moves` if that is more. It is empty if `start` is more
  /// than `most` moves away.
  func distances(from start: SIMD2<Int>, to end: SIMD2<Int>, moves: Int, most: Int) -> [Int: Int] {
    let first = number(start)
    var distances = [number(end): 0]
    var edge = [number(end)]
    for distance in 1...max(most, 1) {
      if distances[first].map({ distance > max($0, moves) }) ?? edge.isEmpty { break }
      edge = edge.flatMap { neighbours(of: $0) }.filter {
        distances.updateValue(min(distances[$0] ?? distance, distance), forKey: $0) == nil
      }
    }
    return distances[first] == nil ? [:] : distances
  }

  private func neighbours(of cell: Int) -> [Int] {
    TripWalk.steps.enumerated().compactMap { direction, step in
      exits[cell] & 1 << UInt8(direction) != 0 ? cell + step.y * side + step.x : nil
    }
  }

  private mutating func keepLargestPart() {
    var part: [Int: Int] = [:]
    var sizes: [Int] = []
    for cell in middles.keys.sorted() where part[cell] == nil {
      var (edge, size) = ([cell], 1)
      part[cell] = sizes.count
      while let next = edge.popLast() {
        for other in neighbours(of: next) where part[other] == nil {
          part[other] = sizes.count
          size += 1
          edge.append(other)
        }
      }
      sizes.append(size)
    }
    guard let most = sizes.max(), let largest = sizes.firstIndex(of: most) else { return }
    for (cell, number) in part where number != largest {
      middles[cell] = nil
      exits[cell] = 0
    }
  }

  /// Goes out from all cells with a road at once.
  private func nearestCells() -> [Int32] {
    var nearest = [Int32](repeating: -1, count: side * side)
    var edge = middles.keys.sorted()
    for cell in edge { nearest[cell] = Int32(cell) }
    while !edge.isEmpty {
      var next: [Int] = []
      for cell in edge {
        for step in TripWalk.steps {
          let other = place(cell) &+ step
          guard (0..<side).contains(other.x), (0..<side).contains(other.y),
            nearest[number(other)] < 0
          else { continue }
          nearest[number(other)] = nearest[cell]
          next.append(number(other))
        }
      }
      edge = next
    }
    return nearest
  }
}
