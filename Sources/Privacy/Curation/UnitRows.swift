import Ledger

/// Which of the rows that are used belong to one unit of privacy.
struct UnitRows: Sendable {
  /// The number of units that have a row.
  let count: Int
  /// The rows, unit by unit; nil where every row is a unit.
  private let order: [Int32]?
  private let starts: [Int32]

  /// Every row is a unit.
  init(rows: Int) {
    count = rows
    order = nil
    starts = []
  }

  /// Of each row, in order, a number that is the same where the unit is.
  init(units: [UInt64]) {
    precondition(units.count < Int(Int32.max), "too many rows")
    let order = units.indices.sorted { (units[$0], $0) < (units[$1], $1) }
    var starts: [Int32] = []
    for (place, row) in order.enumerated() where place == 0 || units[row] != units[order[place - 1]] { starts.append(Int32(place)) }
    count = starts.count
    self.order = order.map { Int32($0) }
    self.starts = starts + [Int32(units.count)]
  }

  /// Where the rows of a unit stand.
  func rows(of unit: Int) -> Range<Int> {
    order == nil ? unit..<unit + 1 : Int(starts[unit])..<Int(starts[unit + 1])
  }

  /// The row that stands there.
  func row(at place: Int) -> Int { order.map { Int($0[place]) } ?? place }
}
