/// Counts how often each combination of codes occurs: all that a synthesizer asks of rows.
package enum MarginalCounter {
  /// Rows per block. Cell numbers are built in blocks that stay in the first-level cache.
  private static let blockRows = 4096
  /// Rows per block if several tables share their first attributes. Long blocks keep each table in
  /// the cache for a while.
  private static let sharedBlockRows = 65_536

  /// Returns the counts of the cells over `attributes`, row-major, the last attribute fastest.
  package static func count(_ columns: [CodeColumn], attributes: [Int], sizes: [Int], rows: Int)
    -> [Int32]
  {
    guard let last = attributes.last else { return [Int32(rows)] }
    return count(
      columns, first: Array(attributes.dropLast()), lasts: [last], sizes: sizes, rows: rows)[0]
  }

  /// Returns the counts over `first + [last]` for each of `lasts`. The shared part is read and
  /// combined once for all tables.
  package static func count(
    _ columns: [CodeColumn], first: [Int], lasts: [Int], sizes: [Int], rows: Int
  ) -> [[Int32]] {
    let shared = first.reduce(1) { $0 * sizes[$1] }
    var tables = lasts.map { [Int32](repeating: 0, count: shared * sizes[$0]) }
    guard !first.isEmpty else {
      for index in lasts.indices { tally(columns[lasts[index]], into: &tables[index]) }
      return tables
    }
    let length = lasts.count == 1 ? blockRows : sharedBlockRows
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: length) { cells in
      for start in stride(from: 0, to: rows, by: length) {
        let block = start..<min(start + length, rows)
        cells.update(repeating: 0)
        for attribute in first {
          let size = sizes[attribute]
          columns[attribute].withBlock(
            block, { combine($0, size: size, cells) }, { combine($0, size: size, cells) })
        }
        for (index, last) in lasts.enumerated() {
          tables[index].withUnsafeMutableBufferPointer { table in
            columns[last].withBlock(
              block, { tally(cells, $0, size: sizes[last], table) },
              { tally(cells, $0, size: sizes[last], table) })
          }
        }
      }
    }
    return tables
  }

  @inline(__always)
  private static func combine<Code: FixedWidthInteger>(
    _ codes: UnsafeBufferPointer<Code>, size: Int, _ cells: UnsafeMutableBufferPointer<UInt32>
  ) {
    let size = UInt32(size)
    for index in codes.indices {
      cells[index] = cells[index] &* size &+ UInt32(truncatingIfNeeded: codes[index])
    }
  }

  @inline(__always)
  private static func tally<Code: FixedWidthInteger>(
    _ cells: UnsafeMutableBufferPointer<UInt32>, _ codes: UnsafeBufferPointer<Code>, size: Int,
    _ table: UnsafeMutableBufferPointer<Int32>
  ) {
    let size = UInt32(size)
    for index in codes.indices {
      let cell = Int(cells[index] &* size &+ UInt32(truncatingIfNeeded: codes[index]))
      table[cell] &+= 1
    }
  }

  private static func tally(_ column: CodeColumn, into counts: inout [Int32]) {
    switch column {
    case .bytes(let codes): for code in codes { counts[Int(code)] &+= 1 }
    case .words(let codes): for code in codes { counts[Int(code)] &+= 1 }
    }
  }
}

extension CodeColumn {
  /// Passes the codes of a run of rows to the closure that takes their width.
  @inline(__always)
  fileprivate func withBlock(
    _ rows: Range<Int>, _ bytes: (UnsafeBufferPointer<UInt8>) -> Void,
    _ words: (UnsafeBufferPointer<UInt16>) -> Void
  ) {
    switch self {
    case .bytes(let codes):
      codes.withUnsafeBufferPointer { bytes(UnsafeBufferPointer(rebasing: $0[rows])) }
    case .words(let codes):
      codes.withUnsafeBufferPointer { words(UnsafeBufferPointer(rebasing: $0[rows])) }
    }
  }
}
