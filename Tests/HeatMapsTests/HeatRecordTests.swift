import Accounting
import Basics
import Curation
import Encoding
import Foundation
import HeatMaps
import Tables
import Testing

/// The exact answers about heat, compared with the definition person by person
/// (docs/proofs/heat-map.md).
@Suite struct HeatRecordTests {
  /// Interleaves the bits one by one.
  @Test func cellsAreNumberedAlongTheCurve() {
    for column in [0, 1, 2, 77, 1_023, 4_095] {
      for row in [0, 1, 3, 500, 4_095] {
        var expected: UInt32 = 0
        for bit in 0..<12 {
          expected |= UInt32(column >> bit & 1) << (2 * bit)
          expected |= UInt32(row >> bit & 1) << (2 * bit + 1)
        }
        let cell = HeatGrid.cell(column: column, row: row)
        #expect(cell == expected)
        #expect(HeatGrid.place(of: cell) == (column, row))
      }
    }
  }

  /// Points of people on walks, some of them outside, in the excluded area, or far jumps.
  private static func points(people: Int, seed: UInt64) -> [Tracks.Point] {
    var random = SplitMix64(seed: seed)
    var points: [Tracks.Point] = []
    for who in 0..<people {
      var (x, y, time) = (random.below(1_600), random.below(1_600), random.below(100_000))
      for _ in 0..<(who == 0 ? 1 : 3 + random.below(40)) {
        points.append(
          Tracks.Point(who: Int64(who), x: Int64(x), y: Int64(y), time: Int64(time)))
        x += random.below(201) - 100
        y += random.below(201) - 100
        time += 1 + random.below(9)
        if random.chance(0.05) { x = random.below(3_000) - 500 }
      }
    }
    // The order of rows must not matter.
    for place in points.indices.reversed() { points.swapAt(place, random.below(place + 1)) }
    return points
  }

  /// The heat of cells by the definition, in steps of the clipped vector.
  private static func expected(
    _ points: [Tracks.Point], cells: [UInt32], cellMetres: Int, clip: Double
  ) -> [Double] {
    var sum = [Double](repeating: 0, count: cells.count)
    for (_, own) in Dictionary(grouping: points, by: \.who) {
      var kept: [Tracks.Point] = []
      for point in own.sorted(by: { ($0.time, $0.x, $0.y) < ($1.time, $1.x, $1.y) }) {
        guard (0...1_600).contains(point.x), (0...1_600).contains(point.y) else { continue }
        if (200...500).contains(point.x), (300...700).contains(point.y) { continue }
        if let last = kept.last {
          let gap = hypot(Double(point.x - last.x), Double(point.y - last.y))
          if gap > 50 * Double(point.time - last.time + 1) { continue }
        }
        kept.append(point)
      }
      var vector = [Double](repeating: 0, count: cells.count)
      for point in kept {
        let cell = HeatGrid.cell(
          column: min(Int(point.x), 1_599) / cellMetres, row: min(Int(point.y), 1_599) / cellMetres)
        if let place = cells.firstIndex(of: cell) { vector[place] += 1 / Double(kept.count) }
      }
      let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      let factor = length > clip ? clip / length : 1
      for place in sum.indices {
        sum[place] += vector[place] * factor / clip * Double(ClippedVector.sensitivity)
      }
    }
    return sum
  }

  private static func exact(
    _ points: [Tracks.Point], level: Int, cells: [UInt32], clip: Double,
    budget: HeatBudget = HeatBudget()
  ) throws -> [Int] {
    let plan = try Tracks.plan(Tracks.settings)
    let probe = HeatProbe()
    let curator = Curator(
      audited: SensitiveTable(table: Tracks.table(points)),
      blueprint: try Blueprint(schema: Tracks.schema), budget: budget, seed: 1, probe: probe)
    _ = try curator.heat(
      on: plan.grid, level: level, cells: cells, clip: clip, rho: Rho(checked: 0.5))
    return probe.exact[0]
  }

  @Test(arguments: [(4, 1.0), (4, 0.3), (3, 0.3), (2, 0.5), (1, 1.0)])
  func theHeatIsThatOfThePeople(_ level: Int, _ clip: Double) throws {
    let points = Self.points(people: 60, seed: 5)
    // Not all cells are asked.
    let cells = (0..<UInt32(1 << (2 * level))).filter { $0 % 3 != 1 || level == 1 }
    let sum = try Self.exact(points, level: level, cells: cells, clip: clip)
    let expected = Self.expected(points, cells: cells, cellMetres: 1_600 >> level, clip: clip)
    // Rounding to whole steps: half of one for each person, and a shortened vector a little more.
    #expect(zip(sum, expected).allSatisfy { abs(Double($0) - $1) <= 4 * 60 })
    #expect(expected.contains { $0 > 1e5 })
  }

  /// Without any one person, the sum moves by no more than the stated sensitivity, and somebody
  /// moves it far.
  @Test(arguments: [1.0, 0.2]) func noPersonMovesTheHeatFurther(_ clip: Double) throws {
    let points = Self.points(people: 40, seed: 8)
    let cells = (0..<UInt32(256)).map(\.self)
    let all = try Self.exact(points, level: 4, cells: cells, clip: clip)
    var furthest = 0
    for person in Set(points.map(\.who)) {
      let rest = try Self.exact(
        points.filter { $0.who != person }, level: 4, cells: cells, clip: clip)
      let moved = zip(all, rest).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      #expect(moved <= ClippedVector.sensitivity * ClippedVector.sensitivity)
      furthest = max(furthest, moved)
    }
    // Who has a single point has all heat in one cell.
    #expect(
      Double(furthest)
        > 0.99 * Double(ClippedVector.sensitivity) * Double(ClippedVector.sensitivity))
  }

  /// Nothing is added up before the charge is accepted, and the event states the sensitivity.
  @Test func theChargeComesFirst() throws {
    let budget = HeatBudget()
    budget.allowed = 0
    let points = Self.points(people: 5, seed: 1)
    #expect(throws: HeatBudget.Refused.self) {
      try Self.exact(points, level: 1, cells: [0, 1], clip: 1, budget: budget)
    }
    budget.allowed = 1
    _ = try Self.exact(points, level: 1, cells: [0, 1], clip: 1, budget: budget)
    guard case .discreteGaussian(let question, let sensitivity, _)? = budget.charges.first else {
      preconditionFailure("another event")
    }
    #expect(sensitivity.value == Double(ClippedVector.sensitivity))
    #expect(question == "heat of 2 cells of a square of 2 x 2")
  }
}
