import Basics
import Quality
import VectorKernels

/// Finds nearest rows by comparing every query with every row: exactly, in blocks that stay in the
/// cache, on all cores.
///
/// The kernel leaves out rows that are surely too far in single precision; the few that remain are
/// measured in double precision. One pass gives the nearest rows and, if asked for, the nearest row
/// with each column left out in turn: leaving out a column shortens a distance by at most 1. A hash
/// breaks ties, so the order of the file has no influence.
package struct NeighbourSearch: Sendable {
  private static let queriesPerChunk = 32
  private static let block = 2048
  /// A margin above the error of single precision for a thousand columns.
  private static let slack: Float = 1e-4

  private let matrix: RowMatrix

  package init(matrix: RowMatrix) { self.matrix = matrix }

  /// - Parameters:
  ///   - count: rows for each query, at least 1.
  ///   - leavesOut: whether to leave out each column in turn too.
  package func nearest(_ count: Int, to queries: QueryRows, leavingOut leavesOut: Bool = false)
    -> Neighbours
  {
    precondition(count > 0 && queries.width == matrix.space.columns.count)
    let count = min(count, matrix.rows)
    let chunks =
      (queries.count + NeighbourSearch.queriesPerChunk - 1) / NeighbourSearch.queriesPerChunk
    let found = Concurrently.map(chunks) { chunk in
      let first = chunk * NeighbourSearch.queriesPerChunk
      return search(
        count, first..<min(first + NeighbourSearch.queriesPerChunk, queries.count), queries,
        leavesOut: leavesOut)
    }
    return Neighbours(
      perQuery: count, rows: found.flatMap { $0.flatMap(\.rows) },
      distances: found.flatMap { $0.flatMap(\.distances) },
      rowsWithout: leavesOut ? found.flatMap { $0.flatMap(\.rowsWithout) } : [])
  }

  private func search(_ count: Int, _ range: Range<Int>, _ queries: QueryRows, leavesOut: Bool)
    -> [NearestRows]
  {
    var states = range.map { _ in NearestRows(count: count, columns: leavesOut ? queries.width : 0)
    }
    var places = [UInt32](repeating: 0, count: NeighbourSearch.block + 1)
    var first = 0
    var size = RowMatrix.tile * 4
    while first < matrix.stride {
      let length = min(size, matrix.stride - first)
      for query in range {
        let found = kernel(
          query, queries, first: first, count: length,
          limit: states[query - range.lowerBound].limit, &places)
        measure(places[0..<found], query, queries, &states[query - range.lowerBound])
      }
      first += length
      size = NeighbourSearch.block
    }
    return states
  }

  /// Measures the rows at `places` in double precision.
  private func measure(
    _ places: ArraySlice<UInt32>, _ query: Int, _ queries: QueryRows, _ state: inout NearestRows
  ) {
    let width = queries.width
    queries.exact.withUnsafeBufferPointer { exact in
      matrix.exact.withUnsafeBufferPointer { rows in
        let cells = UnsafeBufferPointer(rebasing: exact[query * width..<(query + 1) * width])
        for place in places where Int(place) < matrix.rows {
          let row = UnsafeBufferPointer(
            rebasing: rows[Int(place) * width..<(Int(place) + 1) * width])
          state.consider(
            matrix.rowAtPlace[Int(place)], row, cells, labelCount: matrix.space.labelCount)
        }
      }
    }
  }

  private func kernel(
    _ query: Int, _ queries: QueryRows, first: Int, count: Int, limit: Double,
    _ places: inout [UInt32]
  ) -> Int {
    matrix.cells.withUnsafeBufferPointer { cells in
      queries.cells.withUnsafeBufferPointer { rows in
        places.withUnsafeMutableBufferPointer { places in
          vk_gower_within(
            places.baseAddress, cells.baseAddress, matrix.stride, first, count,
            rows.baseAddress! + query * queries.width,
            matrix.space.labelCount, matrix.space.numberCount, Float(limit) + NeighbourSearch.slack)
        }
      }
    }
  }
}

/// The nearest rows of each query.
package struct Neighbours: Sendable {
  /// Rows for each query: as many as asked for, or all.
  package let perQuery: Int
  /// `[queries][perQuery]`, nearest first: rows of the searched table.
  package let rows: [Int32]
  package let distances: [Double]
  /// `[queries][columns]`: the nearest row if a column is ignored; columns in the order of the
  /// space. Empty unless asked for.
  package let rowsWithout: [Int32]

  /// The distance of each query to its nearest row.
  package var nearest: [Double] {
    stride(from: 0, to: distances.count, by: max(perQuery, 1)).map { distances[$0] }
  }
}
