import VectorKernels

/// The misfit of a log-linear model to measured tables, as a function of its parameters lambda (see `Estimator`).
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
  private let misfitOffset: Double

  init(engine: InferenceEngine, measurements: [Measurement], total: Double) {
    self.engine = engine
    self.total = total
    count = engine.plan.parameterCount
    let counts = ConsistentCounts(measurements, sizes: engine.plan.tree.sizes, total: total)
    measured = zip(measurements, counts.tables).flatMap { engine.plan.toLayout($1, of: $0.clique) }
    misfitOffset = counts.misfitOffset
    variances = measurements.flatMap { item in
      engine.plan.toLayout(item.values.indices.map { item.variance[$0] }, of: item.clique)
    }
    inverseDeviations = variances.map { 1 / $0.squareRoot() }
  }

  /// Where the engine reads lambda from: write here before `evaluate`.
  var point: UnsafeMutablePointer<Double> { engine.potentials }

  func parameters(ofTable index: Int) -> [Double] {
    let start = engine.plan.parameterStarts[index]
    return Array(UnsafeBufferPointer(start: point + start, count: engine.plan.parameterStarts[index + 1] - start))
  }

  /// One inference pass at `point`. Writes N M p - y to `residual` and returns the misfit to the measurements as given.
  func evaluate(residual: inout [Double]) throws(GraphicalModelError) -> Double {
    guard engine.upward() > -.infinity else { throw .impossible }
    engine.downward(keepingTables: false)
    var misfit = 0.0
    for cell in 0..<count {
      residual[cell] = total * engine.probabilities[cell] - measured[cell]
      misfit += residual[cell] * residual[cell] / variances[cell]
    }
    return 0.5 * misfit + misfitOffset
  }
}
