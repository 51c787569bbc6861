import Basics
import Quality

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
