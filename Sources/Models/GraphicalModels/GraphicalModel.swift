import VectorKernels

/// A log-linear distribution over a domain of small integer codes, with its exact marginals: p(x)
/// is proportional to the exponential of the sum of one parameter per measured clique and of the
/// terms of a base, and zero for structural zeros.
///
/// The tables of all maximal cliques are kept calibrated, so that any marginal inside one is a
/// plain sum.
package struct GraphicalModel: Sendable {
  package let sizes: [Int]
  /// The (estimated) number of rows that marginals sum to.
  package let total: Double
  package let tree: JunctionTree
  /// The measured cliques and their parameters.
  package let parameters: [ParameterTable]
  package let structuralZeros: [StructuralZeros]
  /// The terms of a prior distribution, which fits leave as they are; empty if it is uniform.
  package let base: [ParameterTable]
  /// The log of the sum of the unnormalised density over the domain.
  package let logPartition: Double
  /// Each tree node's marginal as probabilities, axes as in `tree.layouts`.
  let tables: [[Double]]

  /// Calibrates the model with these parameters.
  ///
  /// - Throws: `GraphicalModelError.impossible` if the structural zeros leave nothing.
  package init(
    sizes: [Int], total: Double, parameters: [ParameterTable],
    structuralZeros: [StructuralZeros] = [], base: [ParameterTable] = [],
    tree: JunctionTree? = nil
  ) throws(GraphicalModelError) {
    let fixed = structuralZeros.map(\.clique) + base.map(\.clique)
    let tree = tree ?? JunctionTree(cliques: parameters.map(\.clique) + fixed, sizes: sizes)
    let engine = InferenceEngine(
      plan: InferencePlan(
        tree: tree, parameterCliques: parameters.map(\.clique), fixedCliques: fixed))
    engine.load(parameters: parameters.map(\.values))
    engine.load(structuralZeros: structuralZeros, base: base)
    try self.init(
      engine: engine, total: total, parameters: parameters, structuralZeros: structuralZeros,
      base: base)
  }

  /// Takes the calibrated tables out of an engine whose potentials are set.
  init(
    engine: InferenceEngine, total: Double, parameters: [ParameterTable],
    structuralZeros: [StructuralZeros], base: [ParameterTable]
  ) throws(GraphicalModelError) {
    precondition(total > 0 && total.isFinite, "a model's total is positive")
    let logPartition = engine.upward()
    guard logPartition > -.infinity else { throw .impossible }
    engine.downward(keepingTables: true)
    tree = engine.plan.tree
    sizes = tree.sizes
    self.total = total
    self.parameters = parameters
    self.structuralZeros = structuralZeros
    self.base = base
    self.logPartition = logPartition
    tables = engine.plan.nodes.map { node in
      Array(
        UnsafeBufferPointer(start: engine.tables + node.start, count: node.rows * node.rowLength))
    }
  }

  /// Returns the uniform distribution.
  package static func uniform(sizes: [Int], total: Double) throws(GraphicalModelError)
    -> GraphicalModel
  {
    try GraphicalModel(sizes: sizes, total: total, parameters: [])
  }

  /// Returns the same model given that each named attribute takes one of its allowed codes; the
  /// total stays.
  ///
  /// - Throws: `GraphicalModelError.impossible` if that has probability zero.
  package func conditioned(on evidence: [Int: Set<Int>]) throws(GraphicalModelError)
    -> GraphicalModel
  {
    if evidence.isEmpty { return self }
    let zeros = evidence.sorted { $0.key < $1.key }.map { attribute, allowed in
      StructuralZeros(
        clique: Clique([attribute]), isPossible: (0..<sizes[attribute]).map(allowed.contains))
    }
    return try GraphicalModel(
      sizes: sizes, total: total, parameters: parameters, structuralZeros: structuralZeros + zeros,
      base: base, tree: tree)
  }
}

extension InferenceEngine {
  /// Sets the parameters, each table row-major over its clique's ascending attributes.
  func load(parameters: [[Double]]) {
    for (index, values) in parameters.enumerated() {
      precondition(
        values.count == plan.parameterStarts[index + 1] - plan.parameterStarts[index],
        "one parameter per cell")
      let ordered = plan.toLayout(values, of: plan.parameterCliques[index])
      (potentials + plan.parameterStarts[index]).update(from: ordered, count: ordered.count)
    }
  }

  /// Sets the tables that no fit changes, in the order of the plan.
  func load(structuralZeros: [StructuralZeros], base: [ParameterTable]) {
    for (table, start) in zip(base, plan.fixedStarts.dropFirst(structuralZeros.count)) {
      precondition(
        table.values.count == table.clique.cellCount(sizes: plan.tree.sizes), "one term per cell")
      let ordered = plan.toLayout(table.values, of: table.clique)
      (potentials + start).update(from: ordered, count: ordered.count)
    }
    for (zeros, start) in zip(structuralZeros, plan.fixedStarts) {
      precondition(
        zeros.isPossible.count == zeros.clique.cellCount(sizes: plan.tree.sizes),
        "one flag per cell")
      for (cell, isPossible) in plan.toLayout(zeros.isPossible, of: zeros.clique).enumerated() {
        potentials[start + cell] = isPossible ? 0 : -.infinity
      }
    }
  }
}

extension InferencePlan {
  func layout(of clique: Clique) -> [Int] {
    clique.attributes.sorted { tree.rank[$0] < tree.rank[$1] }
  }

  func toLayout<Value>(_ values: [Value], of clique: Clique) -> [Value] {
    TableOrder.transposed(
      values, from: clique.attributes, to: layout(of: clique), sizes: tree.sizes)
  }

  func fromLayout<Value>(_ values: [Value], of clique: Clique) -> [Value] {
    TableOrder.transposed(
      values, from: layout(of: clique), to: clique.attributes, sizes: tree.sizes)
  }
}
