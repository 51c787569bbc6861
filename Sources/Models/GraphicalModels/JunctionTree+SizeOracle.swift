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
  /// size that `JunctionTree.init` would build: only the blocks between the candidate's attributes
  /// change, so a candidate whose attributes are not linked yet is answered at once.
  package struct SizeOracle: Sendable {
    /// Cells without any addition.
    package let cells: Int
    private let graph: AttributeGraph
    private let blocks: [AttributeGraph.Triangulation]

    package init(cliques: [Clique], sizes: [Int]) {
      graph = AttributeGraph(cliques: cliques, sizes: sizes)
      let (blocks, alone) = graph.triangulations()
      self.blocks = blocks
      cells = saturatingSum(
        blocks.reduce(0) { saturatingSum($0, $1.cells) },
        alone.reduce(0) { saturatingSum($0, sizes[$1]) })
    }

    /// Returns the cells of all maximal cliques once `clique` is measured too; `Int.max` on
    /// overflow.
    package func cells(adding clique: Clique) -> Int {
      guard clique.count > 1, cells < Int.max else { return cells }
      let between = graph.blocks(between: clique.attributes)
      if between.contains(where: { blocks[$0].cliques.contains(where: clique.isSubset) }) {
        return cells
      }
      let old = between.reduce(0) { $0 + blocks[$1].cells }
      let alone = clique.attributes.reduce(0) {
        $0 + (graph.neighbours[$1].isEmpty ? graph.sizes[$1] : 0)
      }
      return saturatingSum(cells - old - alone, self.cells(joining: between, by: clique))
    }

    /// Returns the cells of the block that the clique makes of these.
    private func cells(joining between: Set<Int>, by clique: Clique) -> Int {
      guard !between.isEmpty else { return clique.saturatingCellCount(sizes: graph.sizes) }
      let members = between.reduce(into: Set(clique.attributes)) { $0.formUnion(graph.blocks[$1]) }
      return graph.triangulation(of: members.sorted(), adding: clique).cells
    }

    /// Returns ``cells(adding:)`` of many cliques, on all cores.
    package func cells(adding cliques: [Clique]) -> [Int] {
      let chunk = 256
      return Concurrently.map((cliques.count + chunk - 1) / chunk) { part in
        cliques[part * chunk..<min((part + 1) * chunk, cliques.count)].map { cells(adding: $0) }
      }.flatMap { $0 }
    }
  }
}
