import Ledger

/// The grouping of the rows in use by privacy unit.
struct UnitRows: Sendable {
  /// The number of units that have a row.
  let count: Int
  /// The rows, unit by unit; nil if every row is a unit.
  private let order: [Int32]?
  private let starts: [Int32]

  /// Makes every row a unit.
  init(rows: Int) {
    count = rows
    order = nil
    starts = []
  }

  /// Groups rows by a number per row, in order, equal for rows of the same unit.
  init(units: [UInt64]) {
    precondition(units.count < Int(Int32.max), "too many rows")
    let order = units.indices.sorted { (units[$0], $0) < (units[$1], $1) }
    var starts: [Int32] = []
    for (place, row) in order.enumerated() where place == 0 || units[row] != units[order[place - 1]] { starts.append(Int32(place)) }
    count = starts.count
    self.order = order.map { Int32($0) }
    self.starts = starts + [Int32(units.count)]
  }

  /// Returns the places of the rows of a unit.
  func rows(of unit: Int) -> Range<Int> {
    order == nil ? unit..<unit + 1 : Int(starts[unit])..<Int(starts[unit + 1])
  }

  /// Returns the row at a place.
  func row(at place: Int) -> Int { order.map { Int($0[place]) } ?? place }
}
