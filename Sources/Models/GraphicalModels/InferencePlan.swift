/// The parts of message passing on one tree that do not depend on the potentials: the places of
/// tables, messages and parameters, the division of each node's table into blocks that stay in
/// cache, and the strides of every step.
///
/// Small tables (parameters, then one message per node, then those that are fixed: structural zeros
/// and the terms of a base) lie in one array of
/// potentials. A second array of the same shape holds the results: the probability of each
/// parameter's cell, and of each separator's.
struct InferencePlan {
  /// A small table that enters a node: a parameter table, a child's message, or a fixed table.
  struct Operand {
    /// The start in the small arrays.
    let start: Int
    /// Whether a marginal comes back; for fixed tables nothing does.
    let returnsMarginal: Bool
    let full: StridePlan
    /// The plan for the last block along the axis that is cut, if it is shorter.
    let tail: StridePlan
    /// For each block, the first cell of the small table that it meets, from `start`.
    let offsets: [Int]
  }

  struct Block {
    /// The start relative to the node's table.
    let start: Int
    let count: Int
    let isTail: Bool
  }

  /// A node's table is `rows` (configurations of the separator to the parent) by `rowLength`.
  struct Node {
    let start: Int
    let rows: Int
    let rowLength: Int
    let blocks: [Block]
    /// The place of the message to the parent in the small arrays.
    let message: Int
    var operands: [Operand]

    /// Whether a block holds whole rows; otherwise it is a part of one row.
    var blocksHoldRows: Bool { blocks[0].count >= rowLength }
  }

  /// Cells in a block: 16 KiB of doubles, half of a first-level cache.
  static let blockCells = 2048

  let tree: JunctionTree
  let parameterCliques: [Clique]
  /// The start of each parameter table; one more entry for the end.
  let parameterStarts: [Int]
  let nodes: [Node]
  let tableCells: Int
  let smallCells: Int
  /// The start of each fixed table in the small arrays, in layout order.
  let fixedStarts: [Int]
  let largestMessage: Int

  var parameterCount: Int { parameterStarts[parameterCliques.count] }

  init(tree: JunctionTree, parameterCliques: [Clique], fixedCliques: [Clique] = []) {
    self.tree = tree
    self.parameterCliques = parameterCliques
    var next = 0
    func reserve(_ count: Int) -> Int {
      defer { next += count }
      return next
    }
    let starts = parameterCliques.map { reserve($0.cellCount(sizes: tree.sizes)) }
    parameterStarts = starts + [next]
    let messages = tree.separators.map { reserve($0.cellCount(sizes: tree.sizes)) }
    fixedStarts = fixedCliques.map { reserve($0.cellCount(sizes: tree.sizes)) }
    smallCells = next
    largestMessage = tree.separators.map { $0.cellCount(sizes: tree.sizes) }.max() ?? 1
    var entering = [[(clique: Clique, start: Int, returns: Bool)]](
      repeating: [], count: tree.cliques.count)
    func enter(_ clique: Clique, _ start: Int, returns: Bool) {
      guard let node = tree.node(containing: clique) else {
        preconditionFailure("the tree holds no clique around a parameter table")
      }
      entering[node].append((clique, start, returns))
    }
    for (clique, start) in zip(parameterCliques, starts) { enter(clique, start, returns: true) }
    for (clique, start) in zip(fixedCliques, fixedStarts) { enter(clique, start, returns: false) }
    for node in tree.cliques.indices where tree.parents[node] >= 0 {
      entering[tree.parents[node]].append((tree.separators[node], messages[node], true))
    }
    var cells = 0
    nodes = tree.cliques.indices.map { index in
      let node = InferencePlan.node(
        index, of: tree, start: cells, message: messages[index], entering: entering[index])
      cells += node.rows * node.rowLength
      return node
    }
    tableCells = cells
  }

  private static func node(
    _ index: Int, of tree: JunctionTree, start: Int, message: Int,
    entering: [(clique: Clique, start: Int, returns: Bool)]
  ) -> Node {
    let layout = tree.layouts[index]
    let axes = layout.map { tree.sizes[$0] }
    let rows = tree.separators[index].cellCount(sizes: tree.sizes)
    let cutting = Cutting(axes: axes, limit: blockCells)
    let operands = entering.map { item in
      let own = item.clique.attributes.sorted { tree.rank[$0] < tree.rank[$1] }
      let strides = TableOrder.strides(of: own, alongAxes: layout, sizes: tree.sizes)
      return Operand(
        start: item.start, returnsMarginal: item.returns,
        full: cutting.plan(strides: strides, isTail: false),
        tail: cutting.plan(strides: strides, isTail: true),
        offsets: cutting.offsets(strides: strides))
    }
    return Node(
      start: start, rows: rows, rowLength: axes.reduce(1, *) / rows, blocks: cutting.blocks,
      message: message,
      operands: operands)
  }
}
