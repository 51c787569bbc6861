/// Marginals of a calibrated model for any cliques, sharing the work they have in common.
///
/// A clique inside one node is summed out of that node. Any other is gathered upwards along the
/// part of the tree that links its attributes: each node below the top sends the distribution of
/// the wanted attributes beneath it given its separator. These messages are remembered, as far as
/// there is room, so that thousands of cliques cost little more than the distinct messages.
/// Attributes that nothing links are multiplied.
struct MarginalQuery {
  let model: GraphicalModel
  private let cellLimit: Int
  /// The node nearest the root that holds each attribute.
  let home: [Int]
  /// For each node, the first node of those linked to it.
  private let component: [Int]
  private var messages: [Key: Factor] = [:]
  private var rememberedCells = 0
  /// The tables of ``joint(of:and:)`` that are remembered too.
  private var flows: [FlowKey: Factor] = [:]
  private let mostRememberedCells: Int
  /// The probabilities of single attributes.
  private var alone: [[Double]?]

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
    var component = Array(model.tree.cliques.indices)
    for node in component.indices where model.tree.separators[node].count > 0 {
      component[node] = component[model.tree.parents[node]]
    }
    self.component = component
    mostRememberedCells = max(
      4 * model.tables.reduce(0) { $0 + $1.count }, MarginalQuery.leastRememberedCells)
    alone = [[Double]?](repeating: nil, count: model.sizes.count)
  }

  /// 32 MB.
  private static let leastRememberedCells = 1 << 22

  /// Returns probabilities over the clique, row-major over its ascending attributes.
  mutating func probabilities(of clique: Clique) throws(GraphicalModelError) -> [Double] {
    let sizes = model.sizes
    if clique.count == 0 { return [1] }
    if clique.count == 1, let known = alone[clique.attributes[0]] { return known }
    let factor: Factor
    if let node = model.tree.node(containing: clique) {
      factor = table(node).summed(onto: Set(clique.attributes), sizes: sizes)
    } else {
      try checkLimit(Set(clique.attributes))
      let first = component[home[clique.attributes[0]]]
      let linked = clique.attributes.filter { component[home[$0]] == first }
      if linked.count < clique.count {
        factor = try product(
          of: Clique(linked), and: Clique(clique.attributes.filter { component[home[$0]] != first })
        )
      } else if let (source, target) = split(clique) {
        factor = try joint(of: source, and: target)
      } else {
        factor = try combined(
          at: top(of: clique), wanted: clique, keeping: Set(clique.attributes), given: nil)
      }
    }
    let result = TableOrder.transposed(
      factor.values, from: factor.attributes, to: clique.attributes, sizes: sizes)
    if clique.count == 1 { alone[clique.attributes[0]] = result }
    return result
  }

  /// Returns the distribution of two groups of attributes that are independent of each other.
  private mutating func product(of one: Clique, and other: Clique) throws(GraphicalModelError)
    -> Factor
  {
    let (first, second) = (try probabilities(of: one), try probabilities(of: other))
    var values: [Double] = []
    values.reserveCapacity(first.count * second.count)
    for probability in first { for factor in second { values.append(probability * factor) } }
    return Factor(attributes: one.attributes + other.attributes, values: values)
  }

  func remembered(_ key: FlowKey) -> Factor? { flows[key] }

  mutating func remember(_ factor: Factor, as key: FlowKey) {
    makeRoom(for: factor)
    flows[key] = factor
  }

  private mutating func makeRoom(for factor: Factor) {
    if rememberedCells + factor.values.count > mostRememberedCells {
      (messages, flows, rememberedCells) = ([:], [:], 0)
    }
    rememberedCells += factor.values.count
  }

  func table(_ node: Int) -> Factor {
    Factor(attributes: model.tree.layouts[node], values: model.tables[node])
  }

  func checkLimit(_ attributes: Set<Int>) throws(GraphicalModelError) {
    let cells = Clique(attributes).saturatingCellCount(sizes: model.sizes)
    if cells > cellLimit { throw .tooManyCells(needed: cells, allowed: cellLimit) }
  }

  /// Returns the lowest node at or above the homes of all attributes.
  private func top(of clique: Clique) -> Int {
    var node = home[clique.attributes[0]]
    for attribute in clique.attributes.dropFirst() {
      var other = home[attribute]
      while node != other {
        if node > other {
          node = model.tree.parents[node]
        } else {
          other = model.tree.parents[other]
        }
      }
    }
    return node
  }

  /// Returns the wanted attributes that `node` does not hold, by the child above them, in the order
  /// of the children.
  private func beneath(_ node: Int, wanted: Clique) -> [(child: Int, wanted: Clique)] {
    var groups: [Int: [Int]] = [:]
    for attribute in wanted.attributes
    where !model.tree.cliques[node].attributes.contains(attribute) {
      var child = home[attribute]
      while child > node, model.tree.parents[child] != node { child = model.tree.parents[child] }
      // Parents have smaller numbers, so an attribute from elsewhere ends at or before the node.
      if child > node { groups[child, default: []].append(attribute) }
    }
    return groups.sorted { $0.key < $1.key }.map { ($0.key, Clique($0.value)) }
  }

  /// Returns the node's own table (divided by the probabilities of `given`, if that is not nil)
  /// times the messages from the children above wanted attributes, summed onto `keeping`.
  private mutating func combined(
    at node: Int, wanted: Clique, keeping: Set<Int>, given separator: Clique?
  ) throws(GraphicalModelError) -> Factor {
    var parts: [Factor] = []
    for (child, wanted) in beneath(node, wanted: wanted) {
      parts.append(try message(from: child, wanted: wanted))
    }
    let needed = keeping.union(parts.flatMap(\.attributes))
    var result = (separator.map { conditional(node, given: $0) } ?? table(node)).summed(
      onto: needed, sizes: model.sizes)
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
  private mutating func message(from node: Int, wanted: Clique) throws(GraphicalModelError)
    -> Factor
  {
    let key = Key(node: node, wanted: wanted)
    if let known = messages[key] { return known }
    let separator = model.tree.separators[node]
    let keeping = Set(separator.attributes).union(wanted.attributes)
    try checkLimit(keeping)
    let result = try combined(at: node, wanted: wanted, keeping: keeping, given: separator)
    makeRoom(for: result)
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
