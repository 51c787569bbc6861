import Basics

extension JunctionTree {
  /// Returns the number of cells of a junction tree over these cliques, without building it.
  package static func cellCount(cliques: [Clique], sizes: [Int]) -> Int {
    SizeOracle(cliques: cliques, sizes: sizes).cells
  }

  /// Answers how large the model would become with one more clique, for many candidates.
  ///
  /// A candidate inside an existing maximal clique costs nothing: the tree can stay as it is
  /// (`Estimator.fit` does keep the tree of its warm start in that case). Any other answer is the
  /// size that `JunctionTree.init` would build.
  package struct SizeOracle: Sendable {
    /// Cells without any addition.
    package let cells: Int
    private let elimination: Elimination
    private let maximal: [[UInt64]]
    /// The elimination without any addition, before each of its steps.
    private let stages: [Stage]
    /// The step at which each attribute is eliminated then, and the size of its clique.
    private let position: [Int]
    private let members: [Int]

    private struct Stage {
      let rows: [UInt64]
      let weights: [Double]
    }

    package init(cliques: [Clique], sizes: [Int]) {
      elimination = Elimination(sizes: sizes)
      var rows = elimination.emptyGraph()
      for clique in cliques { elimination.connect(clique, in: &rows) }
      let base = SizeOracle.stages(elimination, rows: rows)
      (stages, position, members) = (base.stages, base.position, base.members)
      let found = JunctionTree.maximalCliques(elimination, rows: &rows)
      cells = found.cells
      maximal = found.0.map { [elimination] in $0.bits(words: elimination.words) }
    }

    /// Returns the cells of all maximal cliques once `clique` is measured too; `Int.max` on
    /// overflow.
    package func cells(adding clique: Clique) -> Int {
      let wanted = clique.bits(words: elimination.words)
      if maximal.contains(where: { own in zip(wanted, own).allSatisfy { $0 & ~$1 == 0 } }) { return cells }
      // The addition changes no step until the first of its attributes is due: the other attributes
      // keep their neighbours, and its own only become heavier.
      guard let first = clique.attributes.map({ position[$0] }).min() else { return cells }
      var rows = stages[first].rows
      elimination.connect(clique, in: &rows)
      return rows.withUnsafeMutableBufferPointer { rows in
        elimination.withScratch { scratch in
          for v in 0..<elimination.count {
            scratch.weights[v] = stages[first].weights[v]
            scratch.position[v] = position[v] < first ? position[v] : -1
            scratch.members[v] = members[v]
          }
          for v in clique.attributes { scratch.weights[v] = elimination.weight(of: v, rows: rows.baseAddress!) }
          return withUnsafeTemporaryAllocation(of: Bool.self, capacity: elimination.count) { flags in
            elimination.finish(rows: rows.baseAddress!, scratch: scratch, from: first, isMaximal: flags.baseAddress!) { _ in }
          }
        }
      }
    }

    /// Returns ``cells(adding:)`` of many cliques, on all cores.
    package func cells(adding cliques: [Clique]) -> [Int] {
      let chunk = 256
      return Concurrently.map((cliques.count + chunk - 1) / chunk) { part in
        cliques[part * chunk..<min((part + 1) * chunk, cliques.count)].map { cells(adding: $0) }
      }.flatMap { $0 }
    }

    private static func stages(_ elimination: Elimination, rows: [UInt64]) -> (stages: [Stage], position: [Int], members: [Int]) {
      let count = elimination.count
      var rows = rows
      var stages: [Stage] = []
      return rows.withUnsafeMutableBufferPointer { rows in
        elimination.withScratch { scratch in
          withUnsafeTemporaryAllocation(of: Bool.self, capacity: max(count, 1)) { flags in
            guard let row = rows.baseAddress else { return ([], [], []) }
            for v in 0..<count {
              scratch.position[v] = -1
              scratch.weights[v] = elimination.weight(of: v, rows: row)
            }
            _ = elimination.finish(rows: row, scratch: scratch, from: 0, isMaximal: flags.baseAddress!) { _ in
              stages.append(
                Stage(rows: Array(rows), weights: Array(UnsafeBufferPointer(start: scratch.weights, count: count))))
            }
            return (
              stages, Array(UnsafeBufferPointer(start: scratch.position, count: count)),
              Array(UnsafeBufferPointer(start: scratch.members, count: count))
            )
          }
        }
      }
    }
  }
}

extension Clique {
  fileprivate func bits(words: Int) -> [UInt64] {
    var row = [UInt64](repeating: 0, count: words)
    for attribute in attributes { row[attribute >> 6] |= 1 << UInt64(attribute & 63) }
    return row
  }
}
