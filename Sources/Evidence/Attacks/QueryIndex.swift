import Basics
import Quality

/// Counts the rows of a table that match a query: looks up those of its rarest condition, and
/// checks them for the others.
struct QueryIndex: Sendable {
  /// `[columns][rows]`, NaN if missing; labels as codes.
  let cells: [[Double]]
  let rowCount: Int
  /// By column: the rows with a cell, in ascending order of the cell; their cells; the rows without
  /// one.
  private let order: [[Int32]]
  private let sorted: [[Double]]
  private let missing: [[Int32]]

  /// - Parameter rows: rows of the side; nil for all.
  init(_ tables: AttackTables, side: AttackTables.Side, rows: [Int]? = nil) {
    let rows = rows ?? Array(0..<tables.rows(of: side))
    let cells = Concurrently.map(tables.columns.count) { column -> [Double] in
      switch tables.values(column, of: side) {
      case .numbers(let values): rows.map { values[$0] }
      case .labels(let codes): rows.map { codes[$0] < 0 ? .nan : Double(codes[$0]) }
      }
    }
    let order = Concurrently.map(cells.count) { column in
      cells[column].indices.filter { !cells[column][$0].isNaN }.map(Int32.init)
        .sorted { (cells[column][Int($0)], $0) < (cells[column][Int($1)], $1) }
    }
    self.cells = cells
    self.order = order
    rowCount = rows.count
    sorted = Concurrently.map(cells.count) { column in order[column].map { cells[column][Int($0)] }
    }
    missing = Concurrently.map(cells.count) { column in
      cells[column].indices.filter { cells[column][$0].isNaN }.map(Int32.init)
    }
  }

  /// Returns the sorted present cells of a column.
  func present(_ column: Int) -> [Double] { sorted[column] }
  func missingCount(_ column: Int) -> Int { missing[column].count }

  /// Returns how many rows match all of `query`, counted no further than `limit`, and one of them.
  func count(_ query: [Predicate], limit: Int = .max) -> (count: Int, row: Int) {
    let ranges = query.map(range)
    guard let rarest = query.indices.min(by: { ranges[$0].count < ranges[$1].count }) else {
      return (0, -1)
    }
    let others = query.indices.filter { $0 != rarest }.map { query[$0] }
    let column = query[rarest].column
    var (count, match) = (0, -1)
    func visit(_ row: Int) -> Bool {
      for other in others where !other.holds(cells[other.column][row]) { return false }
      (count, match) = (count + 1, row)
      return count >= limit
    }
    switch query[rarest].condition {
    case .missing:
      for row in missing[column] where visit(Int(row)) { break }
    case .unequal:
      for row in order[column] where query[rarest].holds(cells[column][Int(row)]) && visit(Int(row))
      { break }
    default:
      for place in ranges[rarest] where visit(Int(order[column][place])) { break }
    }
    return (count, match)
  }

  /// Returns the range of a condition's rows in the ascending order; for "unequal" and "missing", a
  /// range of about their number.
  private func range(_ predicate: Predicate) -> Range<Int> {
    let sorted = sorted[predicate.column]
    return switch predicate.condition {
    case .missing: 0..<missing[predicate.column].count
    case .present, .unequal: 0..<sorted.count
    case .equal(let value):
      QueryIndex.first(sorted) { $0 >= value }..<QueryIndex.first(sorted) { $0 > value }
    case .atMost(let value): 0..<QueryIndex.first(sorted) { $0 > value }
    case .below(let value): 0..<QueryIndex.first(sorted) { $0 >= value }
    case .atLeast(let value): QueryIndex.first(sorted) { $0 >= value }..<sorted.count
    case .above(let value): QueryIndex.first(sorted) { $0 > value }..<sorted.count
    }
  }

  /// Returns the first place at which a condition that stays true becomes true.
  private static func first(_ sorted: [Double], where isTrue: (Double) -> Bool) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if isTrue(sorted[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// One condition of a query, on the cell of one column.
struct Predicate: Hashable, Sendable {
  enum Condition: Hashable, Sendable {
    case missing
    case present
    case equal(Double)
    case unequal(Double)
    case atMost(Double)
    case atLeast(Double)
    case below(Double)
    case above(Double)
  }

  let column: Int
  let condition: Condition

  /// Whether a cell, NaN if missing, fulfils the condition.
  @inline(__always)
  func holds(_ cell: Double) -> Bool {
    switch condition {
    case .missing: cell.isNaN
    case .present: !cell.isNaN
    case .equal(let value): cell == value
    case .unequal(let value): !cell.isNaN && cell != value
    case .atMost(let value): cell <= value
    case .atLeast(let value): cell >= value
    case .below(let value): cell < value
    case .above(let value): cell > value
    }
  }
}
