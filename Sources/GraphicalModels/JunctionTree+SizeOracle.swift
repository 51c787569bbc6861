extension JunctionTree {
  /// The cells that a junction tree over these cliques would have, without building it.
  package static func cellCount(cliques: [Clique], sizes: [Int]) -> Int {
    SizeOracle(cliques: cliques, sizes: sizes).cells
  }

  /// Answers how large the model would become with one more clique, for many candidates.
  ///
  /// A candidate inside an existing maximal clique costs nothing: the tree can stay as it is (`Estimator.fit` does keep
  /// the tree of its warm start in that case). Any other answer is what `JunctionTree.init` would build.
  package struct SizeOracle: Sendable {
    /// Cells without any addition.
    package let cells: Int
    private let elimination: Elimination
    private let graph: [UInt64]
    private let maximal: [[UInt64]]

    package init(cliques: [Clique], sizes: [Int]) {
      elimination = Elimination(sizes: sizes)
      var rows = elimination.emptyGraph()
      for clique in cliques { elimination.connect(clique, in: &rows) }
      graph = rows
      let found = JunctionTree.maximalCliques(elimination, rows: &rows)
      cells = found.cells
      maximal = found.0.map { [elimination] in $0.bits(words: elimination.words) }
    }

    /// The cells of all maximal cliques once `clique` is measured too, `Int.max` when that overflows.
    package func cells(adding clique: Clique) -> Int {
      let wanted = clique.bits(words: elimination.words)
      if maximal.contains(where: { own in zip(wanted, own).allSatisfy { $0 & ~$1 == 0 } }) { return cells }
      var rows = graph
      elimination.connect(clique, in: &rows)
      return rows.withUnsafeMutableBufferPointer { rows in
        withUnsafeTemporaryAllocation(of: Bool.self, capacity: elimination.count) { flags in
          elimination.run(rows: rows.baseAddress!, isMaximal: flags.baseAddress!)
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
