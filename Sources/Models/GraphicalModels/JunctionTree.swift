/// The maximal cliques of a triangulated graph, joined into a rooted tree in which the cliques that
/// hold any one attribute are connected (Lauritzen and Spiegelhalter 1988).
///
/// Nodes are numbered so that a parent comes before its children; node 0 is the root and the
/// largest clique. Parts of the graph with no attribute in common are joined by empty separators,
/// so there is always exactly one tree. Every attribute is in some clique, even if no given clique
/// names it.
package struct JunctionTree: Sendable {
  package let sizes: [Int]
  /// The maximal cliques, parents first.
  package let cliques: [Clique]
  /// Each node's parent; -1 for the root.
  package let parents: [Int]
  /// The attributes that each node shares with its parent; empty for the root.
  package let separators: [Clique]
  package let children: [[Int]]
  /// Each node's attributes in the order of its table: those shared with the parent, then the rest.
  /// All nodes agree on one order of attributes, so that sub-tables are read front to back.
  package let layouts: [[Int]]
  /// Each attribute's place in the order that the layouts agree on.
  package let rank: [Int]
  /// The number of cells of all maximal cliques; `Int.max` on overflow.
  package let totalCells: Int
  /// The nodes that hold each attribute, ascending.
  let holders: [[Int]]
  /// The smallest node, if there is one.
  private let smallestNode: Int?

  /// Triangulates the graph that joins attributes sharing one of `cliques`, block by block
  /// (`AttributeGraph`).
  package init(cliques measured: [Clique], sizes: [Int]) {
    precondition(sizes.allSatisfy { $0 >= 1 }, "every attribute has at least one cell")
    let (blocks, alone) = AttributeGraph(cliques: measured, sizes: sizes).triangulations()
    let maximal = blocks.flatMap(\.cliques) + alone.map { Clique([$0]) }
    let cells = maximal.reduce(0) { saturatingSum($0, $1.saturatingCellCount(sizes: sizes)) }
    let tree = JunctionTree.spanningTree(of: maximal, sizes: sizes)
    self.sizes = sizes
    self.cliques = tree.order.map { maximal[$0] }
    parents = tree.parents
    totalCells = cells
    separators = tree.parents.enumerated().map { node, parent in
      guard parent >= 0 else { return Clique([]) }
      let above = Set(maximal[tree.order[parent]].attributes)
      return Clique(maximal[tree.order[node]].attributes.filter(above.contains))
    }
    var children = [[Int]](repeating: [], count: tree.parents.count)
    for (node, parent) in tree.parents.enumerated() where parent >= 0 {
      children[parent].append(node)
    }
    self.children = children
    var holders = [[Int]](repeating: [], count: sizes.count)
    for (node, clique) in self.cliques.enumerated() {
      for attribute in clique.attributes { holders[attribute].append(node) }
    }
    self.holders = holders
    smallestNode = self.cliques.indices.min { [cliques] in
      cliques[$0].saturatingCellCount(sizes: sizes) < cliques[$1].saturatingCellCount(sizes: sizes)
    }
    rank = JunctionTree.attributeOrder(cliques: self.cliques, sizes: sizes)
    layouts = self.cliques.map { [rank] clique in clique.attributes.sorted { rank[$0] < rank[$1] } }
  }

  /// Returns the smallest node whose clique holds all of `clique`, if there is one.
  package func node(containing clique: Clique) -> Int? {
    guard let rarest = clique.attributes.min(by: { holders[$0].count < holders[$1].count }) else {
      return smallestNode
    }
    var best: Int?
    var bestCells = Int.max
    for node in holders[rarest] where clique.isSubset(of: cliques[node]) {
      let cells = cliques[node].saturatingCellCount(sizes: sizes)
      if best == nil || cells < bestCells {
        best = node
        bestCells = cells
      }
    }
    return best
  }

  /// Returns a spanning tree of largest separators (Prim), which for the maximal cliques of a
  /// triangulated graph is a junction tree. Ties go to the node nearest the root, so that the tree
  /// stays shallow.
  private static func spanningTree(of cliques: [Clique], sizes: [Int]) -> (
    order: [Int], parents: [Int]
  ) {
    guard !cliques.isEmpty else { return ([], []) }
    let cells = cliques.map { $0.saturatingCellCount(sizes: sizes) }
    var holders = [[Int]](repeating: [], count: sizes.count)
    for (index, clique) in cliques.enumerated() {
      for attribute in clique.attributes { holders[attribute].append(index) }
    }
    var order: [Int] = []
    var parents: [Int] = []
    // The attributes shared with the nearest node of the tree, and that node; -1 once in the tree.
    var shared = [Int](repeating: 0, count: cliques.count)
    var link = [Int](repeating: 0, count: cliques.count)
    var common = shared
    var next = cells.indices.max { cells[$0] < cells[$1] }!
    while true {
      parents.append(order.isEmpty ? -1 : link[next])
      order.append(next)
      shared[next] = -1
      if order.count == cliques.count { return (order, parents) }
      // Only cliques that share an attribute with the newest node can come nearer.
      let touched = cliques[next].attributes.flatMap { holders[$0] }
      for other in touched { common[other] += 1 }
      for other in touched {
        if shared[other] >= 0, common[other] > shared[other] {
          (shared[other], link[other]) = (common[other], order.count - 1)
        }
        common[other] = 0
      }
      next = shared.indices.max { shared[$0] < shared[$1] }!
    }
  }

  /// Ranks attributes in the order in which the tree meets them from the root, larger ones last
  /// within a node.
  private static func attributeOrder(cliques: [Clique], sizes: [Int]) -> [Int] {
    var rank = [Int](repeating: -1, count: sizes.count)
    var next = 0
    for clique in cliques {
      for attribute in clique.attributes.filter({ rank[$0] < 0 }).sorted(by: {
        sizes[$0] < sizes[$1]
      }) {
        rank[attribute] = next
        next += 1
      }
    }
    return rank
  }
}

extension Clique {
  /// Returns the number of cells of a table over this clique; `Int.max` on overflow.
  package func saturatingCellCount(sizes: [Int]) -> Int {
    attributes.reduce(1) { saturatingProduct($0, sizes[$1]) }
  }
}
