import Attacks
import Foundation
import Testing

/// The blocked search, compared with a search over all pairs.
@Suite struct NeighbourTests {
  private func tables(rows: Int, seed: UInt64) throws -> AttackTables {
    var population = Population(seed: seed)
    return try AttackTables(
      original: population.people(83).table, synthetic: population.people(rows).table,
      control: population.people(20).table, ignoring: [])
  }

  /// Σ |a − b| / range + mismatches; missing against missing is 0.
  private struct AllPairs {
    let labelCount: Int
    let original: [[Double]]
    let synthetic: [[Double]]

    init(_ space: RowSpace) {
      labelCount = space.labelCount
      original = space.columns.indices.map { space.values($0, of: .original) }
      synthetic = space.columns.indices.map { space.values($0, of: .synthetic) }
    }

    func distances(_ query: Int, without left: Int? = nil) -> [Double] {
      var sums = [Double](repeating: 0, count: synthetic.first?.count ?? 0)
      for column in original.indices where column != left {
        let first = original[column][query]
        for (row, second) in synthetic[column].enumerated() {
          if column < labelCount || first == RowSpace.missing || second == RowSpace.missing {
            sums[row] += first == second ? 0 : 1
          } else {
            sums[row] += abs(first - second)
          }
        }
      }
      return sums
    }
  }

  @Test(arguments: [1, 63, 64, 65, 700, 5000]) func `the nearest are the nearest`(rows: Int) throws
  {
    let tables = try tables(rows: rows, seed: UInt64(rows))
    let space = RowSpace(tables)
    let queries = Array(0..<min(83, 3_000_000 / (rows * 60)))
    let found = NeighbourSearch(matrix: RowMatrix(space, side: .synthetic))
      .nearest(5, to: QueryRows(space, side: .original, rows: queries), leavingOut: true)
    #expect(found.perQuery == min(5, rows))
    let pairs = AllPairs(space)
    for query in queries {
      let all = pairs.distances(query)
      let best = all.sorted()
      for place in 0..<found.perQuery {
        let index = query * found.perQuery + place
        #expect(abs(found.distances[index] - best[place]) < 1e-9)
        #expect(abs(all[Int(found.rows[index])] - found.distances[index]) < 1e-9)
      }
      for column in space.columns.indices {
        let rest = pairs.distances(query, without: column)
        #expect(
          rest[Int(found.rowsWithout[query * space.columns.count + column])] < (rest.min() ?? 0)
            + 1e-9)
      }
    }
  }

  @Test func `a part of the columns keeps its scale`() throws {
    let tables = try tables(rows: 300, seed: 4)
    let space = RowSpace(tables)
    let part = space.only([0, 2, 3])
    #expect(part.columns.count == 3 && part.labelCount == 1)
    for (place, column) in part.columns.enumerated() {
      #expect(
        part.values(place, of: .control)
          == space.values(space.columns.firstIndex(of: column) ?? 0, of: .control))
    }
  }

  @Test func `missing cells are near each other and far from all others`() throws {
    let rows = PlainRows(
      names: ["a", "b"], rows: [["", "x"], ["1", ""], ["2", "y"], ["", ""]])
    let tables = try AttackTables(
      original: rows.table, synthetic: rows.table, control: nil, ignoring: [])
    let space = RowSpace(tables)
    let found = NeighbourSearch(matrix: RowMatrix(space, side: .synthetic)).nearest(
      4, to: QueryRows(space, side: .original, rows: [3]))
    #expect(found.rows.first == 3)
    #expect(found.distances == [0, 1, 1, 2])
  }
}
