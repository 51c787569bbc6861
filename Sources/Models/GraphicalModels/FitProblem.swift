import VectorKernels

/// The misfit of a log-linear model to measured tables, as a function of its parameters lambda (see
/// `Estimator`).
final class FitProblem {
  let engine: InferenceEngine
  let count: Int
  let total: Double
  /// v, cell by cell.
  let variances: [Double]
  /// 1 / sqrt(v), cell by cell.
  let inverseDeviations: [Double]
  /// y, made consistent.
  let measured: [Double]
  /// a V: how strongly each parameter is held back; zero if it is free.
  let ridge: [Double]
  private let shrinkage: Double
  private let misfitOffset: Double

  /// The value of a point.
  struct Value {
    /// The misfit to the measurements as given.
    let misfit: Double
    /// The objective of the minimiser: the misfit, or with shrinkage the dual in units of the
    /// misfit.
    let objective: Double
  }

  init(engine: InferenceEngine, measurements: [Measurement], total: Double, shrinkage: Double) {
    self.engine = engine
    self.total = total
    self.shrinkage = shrinkage
    count = engine.plan.parameterCount
    let counts = ConsistentCounts(measurements, sizes: engine.plan.tree.sizes, total: total)
    measured = zip(measurements, counts.tables).flatMap { engine.plan.toLayout($1, of: $0.clique) }
    misfitOffset = counts.misfitOffset
    variances = measurements.flatMap { item in
      engine.plan.toLayout(item.values.indices.map { item.variance[$0] }, of: item.clique)
    }
    inverseDeviations = variances.map { 1 / $0.squareRoot() }
    ridge = measurements.flatMap { item in
      let share = item.clique.count > 1 ? shrinkage : shrinkage * Estimator.oneWayShrinkage
      return engine.plan.toLayout(
        item.values.indices.map { share * item.variance[$0] }, of: item.clique)
    }
  }

  /// The buffer from which the engine reads lambda: write here before `evaluate`.
  var point: UnsafeMutablePointer<Double> { engine.potentials }

  func parameters(ofTable index: Int) -> [Double] {
    let start = engine.plan.parameterStarts[index]
    return Array(
      UnsafeBufferPointer(
        start: point + start, count: engine.plan.parameterStarts[index + 1] - start))
  }

  /// Runs one inference pass at `point`. Writes the gradient N M p - y + a V lambda to `gradient`.
  /// Returns nil, without a gradient, if nothing is possible there or the numbers overflow.
  func evaluate(gradient: inout [Double]) -> Value? {
    guard engine.upward().isFinite else { return nil }
    engine.downward(keepingTables: false)
    var misfit = 0.0
    var dual = total * engine.logPartition
    for cell in 0..<count {
      let residual = total * engine.probabilities[cell] - measured[cell]
      misfit += residual * residual / variances[cell]
      let pull = ridge[cell] * point[cell]
      dual += point[cell] * (0.5 * pull - measured[cell])
      gradient[cell] = residual + pull
    }
    misfit = 0.5 * misfit + misfitOffset
    return Value(misfit: misfit, objective: shrinkage > 0 ? shrinkage * dual : misfit)
  }

  /// Returns N M p for one cell, at the point of `gradient`.
  func expected(_ cell: Int, gradient: [Double], at position: [Double]) -> Double {
    max(0, gradient[cell] - ridge[cell] * position[cell] + measured[cell])
  }
}
