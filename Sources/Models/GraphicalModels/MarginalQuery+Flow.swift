/// Marginals of one attribute together with attributes within one node elsewhere: the distribution
/// of the single attribute, the source, flows along the tree, and what reaches each separator is
/// remembered. All cliques of a source and other attributes thus cost little more than one walk
/// over the tree and one product each. (Two attributes that flow to a third give the same, by
/// tables as many times as large as there are values of the second.)
extension MarginalQuery {
  /// A table on the way from a source, or the part of a node that all sources need.
  struct FlowKey: Hashable {
    /// Twice the node below the separator that was crossed; one more if crossed upwards.
    let crossing: Int
    /// The source, or for the part of a node the attributes kept of it.
    let attributes: Clique
    /// Whether it is the part of a node.
    let isConditional: Bool
  }

  /// Returns an attribute of the clique such that one node holds all the others, and these; nil if
  /// there is no such division.
  func split(_ clique: Clique) -> (source: Int, target: Clique)? {
    if clique.count == 2 { return (clique.attributes[0], Clique([clique.attributes[1]])) }
    for source in clique.attributes.reversed() {
      let target = Clique(clique.attributes.filter { $0 != source })
      if target.isSubset(of: model.tree.cliques[top(holding: target)]) { return (source, target) }
    }
    return nil
  }

  /// Returns the node nearest the root that holds all of a clique, if there is any that does.
  private func top(holding clique: Clique) -> Int {
    clique.attributes.reduce(0) { max($0, home[$1]) }
  }

  /// Returns the distribution of a source and of a target within one node elsewhere.
  mutating func joint(of source: Int, and target: Clique) throws(GraphicalModelError) -> Factor {
    let path = path(from: source, to: target)
    let last = path.count - 1
    // The separators behind the nearest remembered table need no work.
    var step = last
    while step > 1, remembered(key(path[step - 1], path[step], source)) == nil { step -= 1 }
    var flow = try arrival(of: source, from: path[step - 1], at: path[step])
    while step < last {
      let onward = separator(path[step], path[step + 1])
      let kept = Set([source]).union(onward.attributes)
      try checkLimit(kept)
      let part = conditional(path[step], after: path[step - 1], keeping: onward)
      flow = flow.contracted(with: part, keeping: kept, sizes: model.sizes)
      step += 1
      remember(flow, as: key(path[step - 1], path[step], source))
    }
    let part = conditional(path[last], after: path[last - 1], keeping: target)
    return flow.contracted(
      with: part, keeping: Set([source] + target.attributes), sizes: model.sizes)
  }

  /// Returns the distribution of the source and of the separator between two nodes; if it is not
  /// remembered, the first holds the source.
  private mutating func arrival(of source: Int, from: Int, at node: Int)
    throws(GraphicalModelError) -> Factor
  {
    let key = key(from, node, source)
    if let known = remembered(key) { return known }
    let kept = Set([source]).union(separator(from, node).attributes)
    try checkLimit(kept)
    let result = table(from).summed(onto: kept, sizes: model.sizes)
    remember(result, as: key)
    return result
  }

  /// Returns the way from the last node that holds the source to the first that holds the target.
  private func path(from source: Int, to target: Clique) -> [Int] {
    var (up, down) = ([home[source]], [top(holding: target)])
    // Parents have smaller numbers.
    while up[up.count - 1] != down[down.count - 1] {
      if up[up.count - 1] > down[down.count - 1] {
        up.append(model.tree.parents[up[up.count - 1]])
      } else {
        down.append(model.tree.parents[down[down.count - 1]])
      }
    }
    let whole = up + down.dropLast().reversed()
    let start = whole.lastIndex { model.tree.cliques[$0].attributes.contains(source) } ?? 0
    let end = whole.firstIndex { target.isSubset(of: model.tree.cliques[$0]) } ?? whole.count - 1
    return Array(whole[start...end])
  }

  private func key(_ from: Int, _ to: Int, _ source: Int) -> FlowKey {
    FlowKey(crossing: crossing(from, to), attributes: Clique([source]), isConditional: false)
  }

  private func crossing(_ from: Int, _ to: Int) -> Int { from < to ? 2 * to : 2 * from + 1 }

  private func separator(_ one: Int, _ other: Int) -> Clique {
    model.tree.separators[max(one, other)]
  }

  /// Returns the distribution of some attributes of a node given its separator to another; rows of
  /// probability zero stay zero.
  private mutating func conditional(_ node: Int, after: Int, keeping attributes: Clique) -> Factor {
    let key = FlowKey(crossing: crossing(after, node), attributes: attributes, isConditional: true)
    if let known = remembered(key) { return known }
    let given = separator(after, node).attributes
    let joint = table(node).summed(
      onto: Set(given).union(attributes.attributes), sizes: model.sizes)
    let order =
      joint.attributes.filter(given.contains) + joint.attributes.filter { !given.contains($0) }
    var values = TableOrder.transposed(
      joint.values, from: joint.attributes, to: order, sizes: model.sizes)
    let length = values.count / TableOrder.cellCount(given, sizes: model.sizes)
    for start in stride(from: 0, to: values.count, by: length) {
      let sum = values[start..<start + length].reduce(0, +)
      guard sum > 0 else { continue }
      for cell in start..<start + length { values[cell] /= sum }
    }
    let result = Factor(attributes: order, values: values)
    remember(result, as: key)
    return result
  }
}
