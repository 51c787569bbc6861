import Basics
import Dispatch

/// The cells of every column of both tables, and the distances between their marginals.
package struct CellTable: Sendable {
  /// Cells of each column.
  let sizes: [Int]
  /// `[columns][rows]` each.
  let original: [[UInt8]]
  let synthetic: [[UInt8]]

  /// Returns the total variation distance of each marginal in `cliques`: half the sum of |p − q|
  /// over its cells.
  ///
  /// The work is spread over the cores; the result does not depend on how.
  func distances(_ cliques: [[Int]]) -> [Double] {
    Concurrently.map(cliques.count) { index in
      let first = counts(original, clique: cliques[index])
      let second = counts(synthetic, clique: cliques[index])
      return CellTable.distance(first, second)
    }
  }

  /// Returns how many rows of `columns` fall into each cell of the marginal on `clique`, the last
  /// column fastest.
  func counts(_ columns: [[UInt8]], clique: [Int]) -> [Int32] {
    CellTable.counts(clique.map { columns[$0] }, sizes: clique.map { sizes[$0] })
  }

  /// Counts the cells of up to three columns.
  package static func counts(_ columns: [[UInt8]], sizes: [Int]) -> [Int32] {
    precondition((1...3).contains(columns.count) && columns.count == sizes.count)
    var counts = [Int32](repeating: 0, count: sizes.reduce(1, *))
    let rows = columns[0].count
    let first = columns[0]
    let second = columns.count > 1 ? columns[1] : []
    let third = columns.count > 2 ? columns[2] : []
    let secondSize = columns.count > 1 ? sizes[1] : 1
    let thirdSize = columns.count > 2 ? sizes[2] : 1
    precondition(columns.allSatisfy { $0.count == rows })
    for (column, size) in zip(columns, sizes) { precondition(Int(column.max() ?? 0) < size) }
    counts.withUnsafeMutableBufferPointer { counts in
      first.withUnsafeBufferPointer { first in
        second.withUnsafeBufferPointer { second in
          third.withUnsafeBufferPointer { third in
            switch columns.count {
            case 1: for row in 0..<rows { counts[Int(first[row])] &+= 1 }
            case 2:
              for row in 0..<rows {
                counts[Int(first[row]) &* secondSize &+ Int(second[row])] &+= 1
              }
            default:
              for row in 0..<rows {
                counts[
                  (Int(first[row]) &* secondSize &+ Int(second[row])) &* thirdSize
                    &+ Int(third[row])] &+= 1
              }
            }
          }
        }
      }
    }
    return counts
  }

  /// Returns half the sum of the differences of two sets of counts, each taken as shares of its own
  /// total; 1 if just one of them is empty.
  package static func distance(_ first: [Int32], _ second: [Int32]) -> Double {
    let firstTotal = first.reduce(0) { $0 + Int($1) }
    let secondTotal = second.reduce(0) { $0 + Int($1) }
    guard firstTotal > 0, secondTotal > 0 else { return firstTotal == secondTotal ? 0 : 1 }
    let firstScale = 1 / Double(firstTotal)
    let secondScale = 1 / Double(secondTotal)
    var sum = 0.0
    for index in first.indices {
      sum += abs(Double(first[index]) * firstScale - Double(second[index]) * secondScale)
    }
    return sum / 2
  }
}
