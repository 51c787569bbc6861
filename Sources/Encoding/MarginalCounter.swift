import Tables

/// Counts how often each combination of codes occurs: the one thing that a synthesizer asks of rows.
package enum MarginalCounter {
  /// The counts of the cells over `attributes`, row-major, the last attribute fastest.
  package static func count(_ columns: [CodeColumn], attributes: [Int], sizes: [Int], rows: Int) -> [Int32] {
    var counts = [Int32](repeating: 0, count: attributes.reduce(1) { $0 * sizes[$1] })
    guard let last = attributes.last else {
      counts[0] = Int32(rows)
      return counts
    }
    if attributes.count == 1 {
      tally(columns[last], into: &counts)
      return counts
    }
    // Cell indices are built in blocks that stay in the first-level cache.
    let blockLength = 4096
    var cells = [Int32](repeating: 0, count: blockLength)
    var start = 0
    while start < rows {
      let length = min(blockLength, rows - start)
      combine(columns, attributes: attributes, sizes: sizes, start: start, length: length, into: &cells)
      for index in 0..<length { counts[Int(cells[index])] &+= 1 }
      start += length
    }
    return counts
  }

  private static func tally(_ column: CodeColumn, into counts: inout [Int32]) {
    switch column {
    case .bytes(let codes): for code in codes { counts[Int(code)] &+= 1 }
    case .words(let codes): for code in codes { counts[Int(code)] &+= 1 }
    }
  }

  private static func combine(
    _ columns: [CodeColumn], attributes: [Int], sizes: [Int], start: Int, length: Int, into cells: inout [Int32]
  ) {
    for index in 0..<length { cells[index] = 0 }
    for attribute in attributes {
      let size = Int32(sizes[attribute])
      switch columns[attribute] {
      case .bytes(let codes): for index in 0..<length { cells[index] = cells[index] &* size &+ Int32(codes[start + index]) }
      case .words(let codes): for index in 0..<length { cells[index] = cells[index] &* size &+ Int32(codes[start + index]) }
      }
    }
  }
}
