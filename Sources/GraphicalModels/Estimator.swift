/// Finds the distribution that explains noisy marginals best and assumes nothing else.
///
/// Over all distributions p on the domain it minimises
///
///     L(p) + a N KL(p || q),   L(p) = 1/2 sum_c (N (M p)_c - y_c)^2 / v_c
///
/// where c runs over the measured cells, y and v are the noisy counts and their variances, N is the total, q is
/// uniform and a is `Options.regularisation`. With a near 0 that is the maximum-entropy minimiser of L that private-pgm
/// (McKenna, Sheldon, Miklau 2019) approaches by mirror descent. Deviation: it is solved here in its dual. By Fenchel
/// duality the minimiser is p proportional to exp(M' lambda), where lambda, a number per measured cell, minimises the
/// smooth and strictly convex
///
///     F(lambda) = N log Z(lambda) - y' lambda + a/2 sum_c v_c lambda_c^2
///
/// whose gradient is g = N M p - y + a v lambda. At every lambda the suboptimality of p is at most 1/2 sum_c g_c^2 / v_c
/// (the duality gap, derived in `DualProblem`), which is when to stop.
package enum Estimator {
  package struct Options: Sendable {
    /// The weight a of the entropy; positive. Small values fit the noise more closely and converge more slowly.
    package var regularisation: Double
    /// Stops when the duality gap is below this share of the objective.
    package var relativeTolerance: Double
    /// Stops when the duality gap is below this number per measured cell: L is about 1/2 per cell from noise alone.
    package var tolerancePerCell: Double
    /// Inference passes (one pass up and down the tree) at most.
    package var maximumPasses: Int
    /// Pairs of steps and gradient changes that the optimiser remembers.
    package var history: Int

    package init(
      regularisation: Double = 1e-4, relativeTolerance: Double = 2e-3, tolerancePerCell: Double = 1e-3,
      maximumPasses: Int = 300, history: Int = 12
    ) {
      self.regularisation = regularisation
      self.relativeTolerance = relativeTolerance
      self.tolerancePerCell = tolerancePerCell
      self.maximumPasses = maximumPasses
      self.history = history
    }
  }

  /// How far an estimation is, after each inference pass.
  package struct Progress: Sendable {
    package let passes: Int
    /// L(p), the misfit in units of noise.
    package let misfit: Double
    /// How far L(p) + a N KL is above its minimum, at most.
    package let gap: Double
  }

  package struct Estimate: Sendable {
    package let model: GraphicalModel
    package let progress: Progress
    package let hasConverged: Bool
  }

  /// Fits a model to the measurements.
  ///
  /// - Parameters:
  ///   - total: The number of rows; estimated from the measurements when nil.
  ///   - warmStart: A model fitted to some of the same cliques: its parameters are the starting point, and its tree is
  ///     kept when every clique still fits inside it.
  ///   - progress: Called after every pass; returning false stops with `GraphicalModelError.cancelled`.
  /// - Throws: `GraphicalModelError.impossible` when the structural zeros leave nothing.
  package static func fit(
    measurements: [Measurement], sizes: [Int], total: Double? = nil, warmStart: GraphicalModel? = nil,
    structuralZeros: [StructuralZeros] = [], options: Options = Options(), progress: ((Progress) -> Bool)? = nil
  ) throws(GraphicalModelError) -> GraphicalModel {
    try estimate(
      measurements: measurements, sizes: sizes, total: total, warmStart: warmStart, structuralZeros: structuralZeros,
      options: options, progress: progress
    ).model
  }

  /// `fit`, with what is known about its convergence.
  package static func estimate(
    measurements: [Measurement], sizes: [Int], total: Double? = nil, warmStart: GraphicalModel? = nil,
    structuralZeros: [StructuralZeros] = [], options: Options = Options(), progress: ((Progress) -> Bool)? = nil
  ) throws(GraphicalModelError) -> Estimate {
    precondition(options.regularisation > 0, "the weight of the entropy is positive")
    let merged = measurements.mergedByClique().filter { $0.clique.count > 0 }
    for measurement in merged {
      precondition(measurement.values.count == measurement.clique.cellCount(sizes: sizes), "one value per cell of the clique")
    }
    let total = total ?? measurements.estimatedTotal()
    let cliques = merged.map(\.clique)
    let tree = tree(for: cliques + structuralZeros.map(\.clique), sizes: sizes, warmStart: warmStart)
    let plan = InferencePlan(tree: tree, parameterCliques: cliques, zeroCliques: structuralZeros.map(\.clique))
    let engine = InferenceEngine(plan: plan)
    engine.load(structuralZeros: structuralZeros)
    let problem = DualProblem(engine: engine, measurements: merged, total: total, regularisation: options.regularisation)
    let known = Dictionary((warmStart?.parameters ?? []).map { ($0.clique, $0.values) }, uniquingKeysWith: { first, _ in first })
    engine.load(parameters: cliques.map { known[$0] ?? [Double](repeating: 0, count: $0.cellCount(sizes: sizes)) })
    var minimiser = DualMinimiser(problem: problem, options: options)
    let outcome = try minimiser.run(progress: progress)
    let parameters = cliques.enumerated().map { index, clique in
      ParameterTable(clique: clique, values: plan.fromLayout(problem.parameters(ofTable: index), of: clique))
    }
    let model = try GraphicalModel(engine: engine, total: total, parameters: parameters, structuralZeros: structuralZeros)
    return Estimate(model: model, progress: outcome.progress, hasConverged: outcome.hasConverged)
  }

  private static func tree(for cliques: [Clique], sizes: [Int], warmStart: GraphicalModel?) -> JunctionTree {
    if let old = warmStart?.tree, old.sizes == sizes, cliques.allSatisfy({ old.node(containing: $0) != nil }) { return old }
    return JunctionTree(cliques: cliques, sizes: sizes)
  }
}
