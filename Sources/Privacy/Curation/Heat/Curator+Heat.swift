import Accounting
import Basics
import Ledger
import Tables

extension Curator {
  /// Returns the heat of cells of a level, with discrete Gaussian noise on a whole-number grid: the
  /// sum over the units of the shares of their points in each cell, each unit's shortened to the
  /// length `clip`.
  ///
  /// Adding or removing a unit changes the sum by at most `clip` in the L2 norm, however many
  /// points it has: `docs/proofs/heat-map.md`. To be asked before a domain is adopted.
  /// - Parameters:
  ///   - cells: ascending, chosen by public facts and paid answers alone.
  ///   - clip: above 0 and at most 1, public.
  package func heat(
    on grid: HeatGrid, level: Int, cells: [UInt32], clip: Double, rho: Rho
  ) throws -> NoisySums {
    requireBoundedRows()
    precondition(clip > 0 && clip <= 1, "heat is clipped to a length between 0 and 1")
    precondition((0...grid.depth).contains(level), "a level of the grid")
    let question = Question.heat(cellsASide: 1 << level, cells: cells.count)
    let answer = try counts(
      question, exact: exactHeat(on: grid, level: level, cells: cells, clip: clip),
      sensitivity: Sensitivity(Double(ClippedVector.sensitivity)), rho: rho, purpose: .measurement)
    let step = clip / Double(ClippedVector.sensitivity)
    return NoisySums(
      values: answer.values.map { Double($0) * step }, variance: answer.variance * step * step)
  }

  /// Adds whole numbers, so that the order of the units does not matter.
  private func exactHeat(on grid: HeatGrid, level: Int, cells: [UInt32], clip: Double) -> [Int] {
    let records = heatRecords(on: grid)
    return Curator.sum(over: records.unitCount, coordinates: cells.count) { unit, sum in
      records.add(unit, level: level, asked: cells, clip: clip, to: &sum)
    }
  }

  /// Returns the sum of the vectors of whole numbers that `add` gives the units.
  static func sum(
    over units: Int, coordinates: Int, add: @Sendable (Int, inout [Int]) -> Void
  ) -> [Int] {
    let part = max(1, (units + 63) / 64)
    let sums = Concurrently.map((units + part - 1) / part) { index in
      var sum = [Int](repeating: 0, count: coordinates)
      for unit in index * part..<min((index + 1) * part, units) { add(unit, &sum) }
      return sum
    }
    return sums.reduce([Int](repeating: 0, count: coordinates)) { total, sum in
      zip(total, sum).map { $0 + $1 }
    }
  }

  /// The records are made once for a grid.
  private func heatRecords(on grid: HeatGrid) -> HeatRecords {
    if let heatRecords, heatRecords.grid == grid { return heatRecords }
    let made = HeatRecords(grid, units: units) { ticks(of: $0) }
    heatRecords = made
    return made
  }

  /// Returns the values of a coordinate or a time.
  func ticks(of variable: Int) -> [Int64] {
    guard case .ticks(let ticks) = cells(of: variable) else {
      preconditionFailure("places of labels")
    }
    return ticks
  }
}
