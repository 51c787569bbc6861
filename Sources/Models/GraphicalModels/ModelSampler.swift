import Basics

/// Draws rows from a model by proportional rounding: low-order marginals of the sample stay within
/// rounding of the model's, while independent draws would add sampling noise.
///
/// From the root of the tree down, the n rows that share a separator configuration are split over
/// the cells of the node's new attributes so that a cell of probability p gets the integer below or
/// above n p (systematic sampling), in random order within the group. The offsets of successive
/// groups follow a golden-ratio sequence, so that the roundings of small groups cancel instead of
/// adding up. Rows come in blocks that depend only on the seed and the block's number, so that any
/// number of rows streams through little memory. Under a seed the result is the same on every run.
/// Sampling is post-processing of a private model and needs no secure generator.
package struct ModelSampler: Sendable {
  /// The default number of rows in a block.
  package static let defaultBlockRows = 65_536
  /// Samples of at most so many rows, or codes in all rows, are balanced (``PairBalance``): the
  /// errors of chance matter in small ones, and balancing takes longer than drawing.
  private static let (mostBalancedRows, mostBalancedCodes) = (16_384, 2_000_000)

  let sizes: [Int]
  let nodes: [SamplingNode]

  /// Prepares to sample the model given `evidence`: for some attributes, the codes that are
  /// allowed.
  ///
  /// - Throws: `GraphicalModelError.impossible` if the evidence has probability zero.
  package init(model: GraphicalModel, evidence: [Int: Set<Int>] = [:]) throws(GraphicalModelError) {
    for (attribute, codes) in evidence
    where codes.isEmpty || !model.sizes.indices.contains(attribute) { throw .impossible }
    let conditioned = try model.conditioned(on: evidence)
    precondition(model.sizes.allSatisfy { $0 <= 65_536 }, "codes fit in 16 bits")
    sizes = conditioned.sizes
    var nodes: [SamplingNode] = []
    var before: [Int] = []
    for node in conditioned.tree.cliques.indices {
      nodes.append(SamplingNode(conditioned, node: node, before: before))
      before += nodes[node].attributes
    }
    self.nodes = nodes
  }

  /// Samples `rows` rows: one array of codes per attribute.
  package static func sample(
    _ model: GraphicalModel, rows: Int, seed: UInt64, evidence: [Int: Set<Int>] = [:]
  ) throws(GraphicalModelError) -> [[UInt16]] {
    try ModelSampler(model: model, evidence: evidence).sample(rows: rows, seed: seed)
  }

  /// Samples `rows` rows: one array of codes per attribute.
  package func sample(rows: Int, seed: UInt64, blockRows: Int = defaultBlockRows) -> [[UInt16]] {
    var columns = [[UInt16]](repeating: [], count: sizes.count)
    for attribute in columns.indices { columns[attribute].reserveCapacity(rows) }
    sampleBlocks(rows: rows, seed: seed, blockRows: blockRows) { block in
      for attribute in columns.indices { columns[attribute] += block[attribute] }
    }
    return columns
  }

  /// Samples `rows` rows and passes them on block by block, in order.
  package func sampleBlocks(
    rows: Int, seed: UInt64, blockRows: Int = defaultBlockRows, _ body: ([[UInt16]]) throws -> Void
  ) rethrows {
    for block in 0..<blockCount(rows: rows, blockRows: blockRows) {
      try body(self.block(block, rows: rows, seed: seed, blockRows: blockRows))
    }
  }

  private func isBalanced(rows: Int) -> Bool {
    rows <= Self.mostBalancedRows || rows <= Self.mostBalancedCodes / max(sizes.count, 1)
  }

  package func blockCount(rows: Int, blockRows: Int = defaultBlockRows) -> Int {
    (rows + blockRows - 1) / blockRows
  }

  /// Draws one block of the sample; blocks can be drawn in any order and on any thread.
  package func block(_ index: Int, rows: Int, seed: UInt64, blockRows: Int = defaultBlockRows)
    -> [[UInt16]]
  {
    let count = min(blockRows, rows - index * blockRows)
    precondition(index >= 0 && count > 0, "the block lies within the rows")
    var generator = SamplingGenerator(seed: seed, stream: UInt64(index) + 1)
    var whole = SamplingGenerator(seed: seed, stream: 0)
    var workspace = SamplingNode.Workspace(
      rows: count, configurations: nodes.map(\.configurations).max() ?? 1)
    var columns = [[UInt16]](repeating: [UInt16](repeating: 0, count: count), count: sizes.count)
    for (number, node) in nodes.enumerated() {
      // Only the root's rounding can cancel between blocks: its offset rotates with the block.
      let offset =
        number == 0 ? whole.unit() + Double(index) * SamplingNode.goldenRatio : generator.unit()
      node.fill(
        &columns, rows: count, offset: offset,
        isBalanced: isBalanced(rows: rows),
        workspace: &workspace, generator: &generator)
    }
    return columns
  }
}
