/// Marginals of a calibrated model for any cliques, sharing the work they have in common.
///
/// A clique inside one node is summed out of that node. Any other is gathered upwards along the
/// part of the tree that links its attributes: each node below the top sends the distribution of
/// the wanted attributes beneath it given its separator. These messages are remembered, so that
/// thousands of cliques cost little more than the distinct messages.
struct MarginalQuery {
  private let model: GraphicalModel
  private let cellLimit: Int
  /// The node nearest the root that holds each attribute.
  private let home: [Int]
  private var messages: [Key: Factor] = [:]

  private struct Key: Hashable {
    let node: Int
    let wanted: Clique
  }

  init(model: GraphicalModel, cellLimit: Int) {
    self.model = model
    self.cellLimit = cellLimit
    var home = [Int](repeating: -1, count: model.sizes.count)
    for (node, clique) in model.tree.cliques.enumerated() {
      for attribute in clique.attributes where home[attribute] < 0 { home[attribute] = node }
    }
    self.home = home
  }

  /// Returns probabilities over the clique, row-major over its ascending attributes.
  mutating func probabilities(of clique: Clique) throws(GraphicalModelError) -> [Double] {
    let sizes = model.sizes
    if clique.count == 0 { return [1] }
    let factor: Factor
    if let node = model.tree.node(containing: clique) {
      factor = table(node).summed(onto: Set(clique.attributes), sizes: sizes)
    } else {
      try checkLimit(Set(clique.attributes))
      factor = try combined(at: top(of: clique), wanted: clique, keeping: Set(clique.attributes), given: nil)
    }
    return TableOrder.transposed(factor.values, from: factor.attributes, to: clique.attributes, sizes: sizes)
  }

  private func table(_ node: Int) -> Factor {
    Factor(attributes: model.tree.layouts[node], values: model.tables[node])
  }

  private func checkLimit(_ attributes: Set<Int>) throws(GraphicalModelError) {
    let cells = Clique(attributes).saturatingCellCount(sizes: model.sizes)
    if cells > cellLimit { throw .tooManyCells(needed: cells, allowed: cellLimit) }
  }

  /// Returns the lowest node at or above the homes of all attributes.
  private func top(of clique: Clique) -> Int {
    var node = home[clique.attributes[0]]
    for attribute in clique.attributes.dropFirst() {
      var other = home[attribute]
      while node != other {
        if node > other { node = model.tree.parents[node] } else { other = model.tree.parents[other] }
      }
    }
    return node
  }

  /// Returns whether `node` is `ancestor` or below it. Parents have smaller numbers.
  private func isAtOrBelow(_ node: Int, _ ancestor: Int) -> Bool {
    var node = node
    while node > ancestor { node = model.tree.parents[node] }
    return node == ancestor
  }

  /// Returns the node's own table (divided by the probabilities of `given`, if that is not nil)
  /// times the messages from the children above wanted attributes, summed onto `keeping`.
  private mutating func combined(
    at node: Int, wanted: Clique, keeping: Set<Int>, given separator: Clique?
  ) throws(GraphicalModelError) -> Factor {
    let own = Set(model.tree.cliques[node].attributes)
    var parts: [Factor] = []
    for child in model.tree.children[node] {
      let beneath = Clique(wanted.attributes.filter { !own.contains($0) && isAtOrBelow(home[$0], child) })
      if beneath.count > 0 { parts.append(try message(from: child, wanted: beneath)) }
    }
    let needed = keeping.union(parts.flatMap(\.attributes))
    var result = (separator.map { conditional(node, given: $0) } ?? table(node)).summed(onto: needed, sizes: model.sizes)
    parts.sort { $0.values.count < $1.values.count }
    for (index, part) in parts.enumerated() {
      let later = keeping.union(parts[(index + 1)...].flatMap(\.attributes))
      try checkLimit(Set(result.attributes).union(part.attributes).intersection(later))
      result = result.contracted(with: part, keeping: later, sizes: model.sizes)
    }
    return result
  }

  /// Returns the distribution of the wanted attributes at or beneath `node` given the separator to
  /// its parent.
  private mutating func message(from node: Int, wanted: Clique) throws(GraphicalModelError) -> Factor {
    let key = Key(node: node, wanted: wanted)
    if let known = messages[key] { return known }
    let separator = model.tree.separators[node]
    let keeping = Set(separator.attributes).union(wanted.attributes)
    try checkLimit(keeping)
    let result = try combined(at: node, wanted: wanted, keeping: keeping, given: separator)
    messages[key] = result
    return result
  }

  /// Returns the node's table divided by its separator's probabilities; rows of probability zero
  /// stay zero.
  private func conditional(_ node: Int, given separator: Clique) -> Factor {
    var factor = table(node)
    let rows = separator.cellCount(sizes: model.sizes)
    let length = factor.values.count / rows
    for row in 0..<rows {
      let range = row * length..<(row + 1) * length
      let sum = factor.values[range].reduce(0, +)
      guard sum > 0 else { continue }
      for cell in range { factor.values[cell] /= sum }
    }
    return factor
  }
}
