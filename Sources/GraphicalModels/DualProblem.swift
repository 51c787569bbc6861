import VectorKernels

/// The dual of estimation at one point: value, gradient and duality gap (see `Estimator`).
///
/// The gap: with residual r = N M p - y, the primal is L + a N KL(p || q) = r' V^-1 r / 2 + a N (lambda' M p - log Z + c) and
/// the dual is -a F + a N c = -a (N log Z - y' lambda + a lambda' V lambda / 2) + a N c, c being the log of the number of cells of the
/// domain. Their difference is 1/2 (r + a V lambda)' V^-1 (r + a V lambda) = 1/2 sum g^2 / v.
final class DualProblem {
  let engine: InferenceEngine
  let count: Int
  let total: Double
  let regularisation: Double
  private let measured: [Double]
  private let variances: [Double]

  struct Value {
    /// F, to be minimised.
    var dual: Double
    /// L(p).
    var misfit: Double
    var gap: Double
  }

  init(engine: InferenceEngine, measurements: [Measurement], total: Double, regularisation: Double) {
    self.engine = engine
    self.total = total
    self.regularisation = regularisation
    count = engine.plan.parameterCount
    measured = measurements.flatMap { engine.plan.toLayout($0.values, of: $0.clique) }
    variances = measurements.flatMap { item in
      engine.plan.toLayout(item.values.indices.map { item.variance[$0] }, of: item.clique)
    }
  }

  /// Where the engine reads lambda from: write here before `evaluate`.
  var point: UnsafeMutablePointer<Double> { engine.potentials }

  func parameters(ofTable index: Int) -> [Double] {
    let start = engine.plan.parameterStarts[index]
    return Array(UnsafeBufferPointer(start: point + start, count: engine.plan.parameterStarts[index + 1] - start))
  }

  /// One inference pass at `point`; the gradient is written to `gradient`.
  func evaluate(gradient: UnsafeMutablePointer<Double>) throws(GraphicalModelError) -> Value {
    let logPartition = engine.upward()
    guard logPartition > -.infinity else { throw .impossible }
    engine.downward(keepingTables: false)
    var linear = 0.0
    var quadratic = 0.0
    var misfit = 0.0
    var gap = 0.0
    for cell in 0..<count {
      let lambda = point[cell]
      let variance = variances[cell]
      let pull = regularisation * variance * lambda
      let residual = total * engine.probabilities[cell] - measured[cell]
      let slope = residual + pull
      gradient[cell] = slope
      linear += measured[cell] * lambda
      quadratic += pull * lambda
      misfit += residual * residual / variance
      gap += slope * slope / variance
    }
    return Value(dual: total * logPartition - linear + 0.5 * quadratic, misfit: 0.5 * misfit, gap: 0.5 * gap)
  }

  /// The diagonal of the Hessian of F at the point last evaluated: N p (1 - p) + a v.
  func writeCurvature(to diagonal: UnsafeMutablePointer<Double>) {
    for cell in 0..<count {
      let p = engine.probabilities[cell]
      diagonal[cell] = total * p * (1 - p) + regularisation * variances[cell]
    }
  }
}
