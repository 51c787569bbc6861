import Basics
import Quality

/// Rows that can be near others: their columns one after another, in single precision for the
/// search and in double for its answer.
package struct RowMatrix: Sendable {
  /// Rows that the kernel takes at a time.
  static let tile = 64

  package let space: RowSpace
  package let rows: Int
  /// `rows` rounded up to whole tiles.
  let stride: Int
  /// `[columns][stride]`; padding rows equal no row.
  let cells: [Float]
  /// `[rows][columns]`, in the order of ``rowAtPlace``.
  let exact: [Double]
  /// The row of the table at each place. Rows with equal labels are neighbours, so whole tiles are
  /// near or far together.
  let rowAtPlace: [Int32]

  /// - Parameter chosen: rows of the side; nil for all.
  package init(_ space: RowSpace, side: AttackTables.Side, rows chosen: [Int]? = nil) {
    let count = space.columns.count
    let all = Concurrently.map(count) { space.values($0, of: side) }
    let order = RowMatrix.order(
      all, labelCount: space.labelCount, rows: chosen ?? Array(0..<space.tables.rows(of: side)))
    let rows = order.count
    let stride = (rows + RowMatrix.tile - 1) / RowMatrix.tile * RowMatrix.tile
    self.space = space
    (self.rows, self.stride) = (rows, stride)
    rowAtPlace = order.map(Int32.init)
    var cells = [Float](repeating: -16, count: stride * count)
    var exact = [Double](repeating: 0, count: rows * count)
    for column in 0..<count {
      for place in 0..<rows {
        let value = all[column][order[place]]
        cells[column * stride + place] = Float(value)
        exact[place * count + column] = value
      }
    }
    self.cells = cells
    self.exact = exact
  }

  /// Sorts rows by their labels, columns with few labels first, then by the first number.
  private static func order(_ values: [[Double]], labelCount: Int, rows: [Int]) -> [Int] {
    let labels = (0..<labelCount).map { column in
      (column, Set(rows.map { values[column][$0] }).count)
    }
    .filter { $0.1 > 1 }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map(\.0)
    let keys = (labels + Array(labelCount..<values.count)).prefix(8).map { values[$0] }
    return rows.sorted { first, second in
      for key in keys where key[first] != key[second] { return key[first] < key[second] }
      return first < second
    }
  }
}

/// Rows whose neighbours are sought, row after row.
package struct QueryRows: Sendable {
  package let count: Int
  package let width: Int
  let exact: [Double]
  let cells: [Float]

  package init(_ space: RowSpace, side: AttackTables.Side, rows: [Int]) {
    let width = space.columns.count
    let columns = Concurrently.map(width) { space.values($0, of: side) }
    var exact: [Double] = []
    exact.reserveCapacity(rows.count * width)
    for row in rows {
      for column in columns { exact.append(column[row]) }
    }
    (count, self.width, self.exact) = (rows.count, width, exact)
    cells = exact.map(Float.init)
  }
}
