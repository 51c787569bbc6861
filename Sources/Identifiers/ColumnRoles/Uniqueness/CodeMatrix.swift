import Basics
import Tables

/// Columns as dense codes, with rows in an order that looks random, so that the first rows are a
/// sample.
package struct CodeMatrix: Sendable {
  /// The codes, `[columns][rows]`, from 0. A missing cell is a value of its own.
  package let columns: [[UInt32]]
  /// The number of codes in each column.
  let sizes: [Int]
  /// The person of each row as dense codes; nil if every row is a person of its own.
  package let persons: [UInt32]?
  package let rowCount: Int

  /// - Parameter person: The column that identifies the person of each row.
  package init(_ table: [Column], person: Column?, rowCount: Int) {
    let order = rowCount == 0 ? [] : Self.order(rowCount)
    let coded = Concurrently.map(table) { column -> (codes: [UInt32], size: Int) in
      let dense = DenseCodes(column.cells)
      return (order.map { dense.codes[$0] }, dense.size)
    }
    columns = coded.map(\.codes)
    sizes = coded.map(\.size)
    persons = person.map { column in
      let dense = DenseCodes(column.cells)
      return order.map { dense.codes[$0] }
    }
    self.rowCount = rowCount
  }

  private static func order(_ rowCount: Int) -> [Int] {
    let scrambler = Scrambler(seed: 0x5EED, size: rowCount)
    return (0..<rowCount).map { scrambler.place(of: $0) }
  }
}

/// The cells of a column as codes from 0, in order of first appearance. A missing cell has its own
/// code.
struct DenseCodes {
  package private(set) var codes: [UInt32]
  package private(set) var size: Int

  init(_ cells: Cells) {
    switch cells {
    case .labels(let labels, let dictionary):
      codes = labels.map { UInt32(bitPattern: $0 + 1) }
      size = dictionary.count + 1
    case .ticks(let ticks):
      (codes, size) = ([], 0)
      code(ticks)
    }
  }

  /// Assigns codes with a table of the range if that is short, otherwise with open addressing.
  private mutating func code(_ ticks: [Int64]) {
    let present = ticks.lazy.filter(Cells.isValue)
    guard let low = present.min(), let high = present.max() else {
      codes = Array(repeating: 0, count: ticks.count)
      size = 1
      return
    }
    let (width, isWide) = high.subtractingReportingOverflow(low)
    if !isWide, width < Int64(4 * ticks.count + 1024) {
      codes = ticks.map { Cells.isValue($0) ? UInt32($0 - low + 1) : 0 }
      size = Int(width) + 2
      return
    }
    var capacity = 1024
    while capacity < 2 * ticks.count { capacity *= 2 }
    var keys = [Int64](repeating: 0, count: capacity)
    var values = [UInt32](repeating: 0, count: capacity)
    codes = ticks.map { tick in
      var place =
        Int(truncatingIfNeeded: (UInt64(bitPattern: tick) &* 0x9E37_79B9_7F4A_7C15) >> 20)
        & (capacity - 1)
      while values[place] != 0, keys[place] != tick { place = (place + 1) & (capacity - 1) }
      if values[place] == 0 {
        size += 1
        keys[place] = tick
        values[place] = UInt32(size)
      }
      return values[place] - 1
    }
  }
}
