import Basics
import Curation

/// Things that are drawn in proportion to their weights.
struct Urn<Thing>: Sendable where Thing: Sendable {
  private let things: [Thing]
  /// Running totals of the weights.
  private let totals: [Double]

  init(_ weighted: [(Thing, Double)]) {
    let kept = weighted.filter { $0.1 > 0 }
    things = kept.map(\.0)
    var total = 0.0
    totals = kept.map {
      total += $0.1
      return total
    }
  }

  /// Returns nil if the urn is empty.
  func draw(_ random: inout SamplingGenerator) -> Thing? {
    guard let total = totals.last else { return nil }
    return things[totals.place(of: random.unit() * total, in: 0..<totals.count)]
  }
}

extension [Double] {
  /// Returns the first place in an ascending range whose number is above `point`, or the last one.
  fileprivate func place(of point: Double, in range: Range<Int>) -> Int {
    var (low, high) = (range.lowerBound, range.upperBound - 1)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] > point { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// The finest cells of a grid with their heat, in the order of their numbers: the cells of a square
/// of a coarser level are one run.
struct CellUrn: Sendable {
  let heats: [Float]
  private let totals: [Double]
  private let depth: Int

  /// Spreads the heat of each leaf over its open cells.
  init(_ leaves: [(level: Int, cell: UInt32, heat: Double)], depth: Int, isOpen: [Bool]) {
    var heats = [Float](repeating: 0, count: isOpen.count)
    for leaf in leaves {
      let run = Self.run(leaf.cell, level: leaf.level, depth: depth)
      let open = run.filter { isOpen[$0] }
      for cell in open { heats[cell] += Float(leaf.heat / Double(open.count)) }
    }
    var total = 0.0
    totals = heats.map {
      total += Double($0)
      return total
    }
    (self.heats, self.depth) = (heats, depth)
  }

  var total: Double { totals.last ?? 0 }
  var isEmpty: Bool { total <= 0 }

  private static func run(_ cell: UInt32, level: Int, depth: Int) -> Range<Int> {
    let shift = 2 * (depth - level)
    return Int(cell) << shift..<(Int(cell) + 1) << shift
  }

  /// Draws a finest cell of a square; nil if there is no heat in it.
  func draw(
    in cell: UInt32 = 0, level: Int = 0, _ random: inout SamplingGenerator
  ) -> SIMD2<Int>? {
    let run = Self.run(cell, level: level, depth: depth)
    let below = run.lowerBound > 0 ? totals[run.lowerBound - 1] : 0
    let inside = totals[run.upperBound - 1] - below
    guard inside > 0 else { return nil }
    let drawn = totals.place(of: below + random.unit() * inside, in: run)
    let place = HeatGrid.place(of: UInt32(drawn))
    return SIMD2(place.column, place.row)
  }

  func heat(at place: SIMD2<Int>) -> Double {
    Double(heats[Int(HeatGrid.cell(column: place.x, row: place.y))])
  }
}
