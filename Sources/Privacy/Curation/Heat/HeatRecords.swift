import Basics
import Tables

/// The cells of every unit's points, for the curator alone.
struct HeatRecords {
  let grid: HeatGrid
  /// The runs of each unit, one behind the other: ascending finest cells and their points.
  private let starts: [Int]
  private let cells: [UInt32]
  private let points: [UInt32]

  /// The columns of a table of points.
  struct Ticks: Sendable {
    let x: [Int64]
    let y: [Int64]
    let time: [Int64]?

    init(_ grid: HeatGrid, ticks: (Int) -> [Int64]) {
      (x, y) = (ticks(grid.east.variable), ticks(grid.north.variable))
      time = grid.clock.map { ticks($0.variable) }
    }
  }

  /// The runs of some units.
  private struct Part {
    var lengths: [Int] = []
    var cells: [UInt32] = []
    var points: [UInt32] = []

    /// Appends a unit's ascending cells, equal ones as one.
    mutating func append(_ own: [UInt32]) {
      let start = cells.count
      for cell in own {
        if cells.count > start, cells[cells.count - 1] == cell {
          points[points.count - 1] += 1
        } else {
          cells.append(cell)
          points.append(1)
        }
      }
      lengths.append(cells.count - start)
    }
  }

  /// Each unit is read by itself.
  init(_ grid: HeatGrid, units: UnitRows, ticks: (Int) -> [Int64]) {
    let columns = Ticks(grid, ticks: ticks)
    let size = 1 << 10
    let parts: [Part] = Concurrently.map((units.count + size - 1) / size) { index in
      HeatRecords.part(
        index * size..<min((index + 1) * size, units.count), grid, of: units, columns)
    }
    var starts = [0]
    for part in parts {
      for length in part.lengths { starts.append(starts[starts.count - 1] + length) }
    }
    self.grid = grid
    self.starts = starts
    cells = parts.flatMap { $0.cells }
    points = parts.flatMap { $0.points }
  }

  private static func part(
    _ range: Range<Int>, _ grid: HeatGrid, of units: UnitRows, _ ticks: Ticks
  ) -> Part {
    var part = Part()
    var own: [UInt32] = []
    for unit in range {
      own.removeAll(keepingCapacity: true)
      for row in admitted(grid, units, unit, ticks) {
        own.append(grid.cell(ticks.x[row], ticks.y[row], time: ticks.time?[row]))
      }
      own.sort()
      part.append(own)
    }
    return part
  }

  /// Returns the rows of a unit whose points count, in the order of time if there is a limit on
  /// speed: a point that can only be reached from the last one faster than that is left out.
  static func admitted(
    _ grid: HeatGrid, _ units: UnitRows, _ unit: Int, _ ticks: Ticks
  ) -> [Int] {
    let (x, y, time) = (ticks.x, ticks.y, ticks.time)
    var rows: [Int] = []
    for place in units.rows(of: unit) {
      let row = units.row(at: place)
      guard grid.admits(x[row], y[row]), time.map({ Cells.isValue($0[row]) }) ?? true else {
        continue
      }
      rows.append(row)
    }
    guard let fastest = grid.fastest, let time, let clock = grid.clock else { return rows }
    rows.sort { (time[$0], x[$0], y[$0]) < (time[$1], x[$1], y[$1]) }
    var last: Int?
    return rows.filter { row in
      if let last {
        let seconds = Double(time[row] - time[last] + 1) * clock.secondsPerTick
        let across = Double(x[row] - x[last]) * grid.east.metresPerTick
        let up = Double(y[row] - y[last]) * grid.north.metresPerTick
        let reach = Double(fastest) * seconds
        guard across * across + up * up <= reach * reach else { return false }
      }
      last = row
      return true
    }
  }

  var unitCount: Int { starts.count - 1 }

  /// Adds a unit's heat in `asked`, ascending cells of a level, to `sum`: the shares of its points,
  /// shortened to the length `clip` (``ClippedVector``).
  func add(_ unit: Int, level: Int, asked: [UInt32], clip: Double, to sum: inout [Int]) {
    let range = starts[unit]..<starts[unit + 1]
    let total = range.reduce(0) { $0 + Int(points[$1]) }
    let shift = UInt32(2 * (grid.depth - level))
    var places: [Int] = []
    var shares: [Double] = []
    var low = 0
    var index = range.lowerBound
    while index < range.upperBound {
      let cell = cells[index] >> shift
      var count = 0
      while index < range.upperBound, cells[index] >> shift == cell {
        count += Int(points[index])
        index += 1
      }
      low = HeatRecords.place(of: cell, in: asked, from: low)
      if low < asked.count, asked[low] == cell {
        places.append(low)
        shares.append(Double(count) / Double(total))
      }
    }
    for (place, steps) in zip(places, ClippedVector.steps(of: shares, clip: clip)) {
      sum[place] += steps
    }
  }

  /// Returns the first place at or behind `start` whose cell is not below `cell`.
  static func place(of cell: UInt32, in asked: [UInt32], from start: Int) -> Int {
    var (low, high) = (start, asked.count)
    while low < high {
      let middle = (low + high) / 2
      if asked[middle] < cell { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
