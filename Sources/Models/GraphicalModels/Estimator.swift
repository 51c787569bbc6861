/// Finds the distribution that explains noisy marginals best and assumes nothing else.
///
/// It minimises the misfit over the distributions p on the domain,
///
///     L(p) = 1/2 sum_c (N (M p)_c - y_c)^2 / v_c
///
/// where c runs over the measured cells, y and v are the noisy counts and their variances, and N is
/// the total. With `Options.shrinkage` a, it minimises L(p) + a N KL(p || uniform), where cells of
/// tables of one attribute weigh ten times as much in L: shrinkage draws the relations between
/// attributes towards none, not the attributes themselves. Noise on a cell of n rows is then
/// believed as far as v is small beside n / a, so that the many nearly empty cells do not each
/// follow their noise. With a base, uniform stands for the distribution of the base: its relations
/// stay as far as the measurements do not speak against them. The minimum is found in the dual,
/// where the penalty is a ridge: its gradient is N M p - y + a V lambda (Altun and Smola 2006). As
/// in private-pgm (McKenna, Sheldon, Miklau 2019), p stays in the exponential family of the
/// measured cliques and starts from the uniform distribution, so that among the many minimisers it
/// approaches the one of (nearly) largest entropy. Deviations: the tables are first made consistent
/// with each other (`ConsistentCounts`), and mirror descent is damped cell by cell and accelerated
/// (`FitMinimiser`).
package enum Estimator {
  package struct Options: Sendable {
    /// Stops if `window` steps in a row together lowered the objective by less than this share of
    /// L. From noise alone L is about half the number of cells that the model can fit, and fitting
    /// it to the last digit fits noise.
    package var relativeTolerance = 1e-6
    /// Whether the share is one of the misfit that noise alone leaves, if that is less than L: with
    /// little noise, L is mostly the model's own limit, and a share of it would stop too early.
    package var isToleranceOfNoise = false
    /// a, the weight of the relative entropy beside the misfit, as if a N rows without relations
    /// had been seen too. 0 fits the measurements alone.
    package var shrinkage = 0.0
    package var window = 8
    /// The largest number of inference passes (one up and down the tree).
    package var maximumPasses = 1_000
    /// Steps that the acceleration remembers.
    package var history = 12
    /// The share of a cell's own residual that a step removes without damping.
    package var stepLength = 0.3
    /// The initial damping: the number of standard deviations of the noise added to a cell's count
    /// when its step is divided by it. Multiplied by `dampingDecay` after a good step and by 4
    /// after a bad one.
    package var initialDamping = 10.0
    package var dampingDecay = 0.9

    package init() {}
  }

  /// The part of the shrinkage that applies to tables of one attribute.
  static let oneWayShrinkage = 0.1

  /// The progress of an estimation.
  package struct Progress: Sendable {
    package let passes: Int
    /// L(p), the misfit in units of noise, of the measurements after repeated ones are combined.
    package let misfit: Double
  }

  package struct Estimate: Sendable {
    package let model: GraphicalModel
    package let progress: Progress
    package let hasConverged: Bool
  }

  /// Fits a model to the measurements.
  ///
  /// - Parameters:
  ///   - total: The number of rows; estimated from the measurements if nil.
  ///   - warmStart: A model fitted to some of the same cliques: its parameters are the starting
  ///     point, and its tree is kept if every clique still fits inside it.
  ///   - base: The terms of the prior distribution from which a fit starts; uniform if empty.
  ///   - progress: Called after every step; returning false stops with
  ///     `GraphicalModelError.cancelled`.
  /// - Throws: `GraphicalModelError.impossible` if the structural zeros leave nothing.
  package static func fit(
    measurements: [Measurement], sizes: [Int], total: Double? = nil,
    warmStart: GraphicalModel? = nil,
    structuralZeros: [StructuralZeros] = [], base: [ParameterTable] = [],
    options: Options = Options(), progress: ((Progress) -> Bool)? = nil
  ) throws(GraphicalModelError) -> GraphicalModel {
    try estimate(
      measurements: measurements, sizes: sizes, total: total, warmStart: warmStart,
      structuralZeros: structuralZeros, base: base, options: options, progress: progress
    ).model
  }

  /// Does the same as `fit`, and also reports convergence.
  package static func estimate(
    measurements: [Measurement], sizes: [Int], total: Double? = nil,
    warmStart: GraphicalModel? = nil,
    structuralZeros: [StructuralZeros] = [], base: [ParameterTable] = [],
    options: Options = Options(), progress: ((Progress) -> Bool)? = nil
  ) throws(GraphicalModelError) -> Estimate {
    let merged = measurements.mergedByClique().filter { $0.clique.count > 0 }
    for measurement in merged {
      precondition(
        measurement.values.count == measurement.clique.cellCount(sizes: sizes),
        "one value per cell of the clique")
    }
    let total = total ?? measurements.estimatedTotal()
    let cliques = merged.map(\.clique)
    let fixed = structuralZeros.map(\.clique) + base.map(\.clique)
    let tree = tree(for: cliques + fixed, sizes: sizes, warmStart: warmStart)
    let plan = InferencePlan(tree: tree, parameterCliques: cliques, fixedCliques: fixed)
    let engine = InferenceEngine(plan: plan)
    engine.load(structuralZeros: structuralZeros, base: base)
    let problem = FitProblem(
      engine: engine, measurements: merged, total: total, shrinkage: options.shrinkage)
    let known = Dictionary(
      (warmStart?.parameters ?? []).map { ($0.clique, $0.values) },
      uniquingKeysWith: { first, _ in first })
    engine.load(
      parameters: cliques.map {
        known[$0] ?? [Double](repeating: 0, count: $0.cellCount(sizes: sizes))
      })
    var minimiser = FitMinimiser(problem: problem, options: options)
    let outcome = try minimiser.run(progress: progress)
    let parameters = cliques.enumerated().map { index, clique in
      ParameterTable(
        clique: clique, values: plan.fromLayout(problem.parameters(ofTable: index), of: clique))
    }
    let model = try GraphicalModel(
      engine: engine, total: total, parameters: parameters, structuralZeros: structuralZeros,
      base: base)
    return Estimate(model: model, progress: outcome.progress, hasConverged: outcome.hasConverged)
  }

  private static func tree(for cliques: [Clique], sizes: [Int], warmStart: GraphicalModel?)
    -> JunctionTree
  {
    if let old = warmStart?.tree, old.sizes == sizes,
      cliques.allSatisfy({ old.node(containing: $0) != nil })
    {
      return old
    }
    return JunctionTree(cliques: cliques, sizes: sizes)
  }
}
