import VectorKernels

/// Damped mirror descent with Anderson acceleration (Walker and Ni 2011) in the norm of the misfit.
///
/// With r = N M p - y, V the variances and n the expected counts, a plain step is d = -t r / (n + a V) in every cell: with large
/// damping a it is the step of mirror descent (McKenna, Sheldon, Miklau 2019), with small a that of iterative proportional
/// fitting, which large cells need. From the last steps s_i in lambda and the changes z_i of r that they caused,
/// the coefficients c that minimise ||r - sum c_i z_i|| in V^-1 say how much of the misfit the remembered directions can
/// remove, and a plain step is taken from there:
///
///     lambda' = lambda - sum c_i s_i + d(r - sum c_i z_i)
///
/// A step that raises L is kept out, but what it taught is used once; then memory is cleared, then damping rises until a
/// step descends. So L never rises, and each step costs one inference pass unless it fails.
struct FitMinimiser {
  private let problem: FitProblem
  private let options: Estimator.Options
  private var position: [Double]
  private var residual: [Double]
  private var trial: [Double]
  private var memory: StepMemory
  private var damping: Double

  struct Outcome {
    let progress: Estimator.Progress
    let hasConverged: Bool
  }

  init(problem: FitProblem, options: Estimator.Options) {
    self.problem = problem
    self.options = options
    let zeros = [Double](repeating: 0, count: problem.count)
    (position, residual, trial) = (zeros, zeros, zeros)
    memory = StepMemory(capacity: options.history)
    let meanVariance = problem.variances.reduce(0, +) / Double(max(1, problem.count))
    damping = options.initialDamping / max(meanVariance.squareRoot(), 1e-150)
  }

  /// Starts from the problem's point and leaves the best point there.
  mutating func run(progress report: ((Estimator.Progress) -> Bool)?) throws(GraphicalModelError) -> Outcome {
    keepPoint()
    var misfit = try problem.evaluate(residual: &residual)
    var past = [misfit]
    while true {
      let progress = Estimator.Progress(passes: problem.engine.passes, misfit: misfit)
      if let report, !report(progress) { throw .cancelled }
      let earlier = past.count > options.window ? past[past.count - 1 - options.window] : .infinity
      let hasConverged = problem.count == 0 || earlier - misfit <= options.relativeTolerance * misfit
      if hasConverged || problem.engine.passes >= options.maximumPasses {
        restorePoint()
        return Outcome(progress: progress, hasConverged: hasConverged)
      }
      guard let next = try descend(from: misfit) else {
        restorePoint()
        return Outcome(progress: progress, hasConverged: problem.engine.passes < options.maximumPasses)
      }
      memory.remember(step: stepTaken(), change: changeSeen())
      damping *= options.dampingDecay
      keepPoint()
      residual = trial
      misfit = next
      past.append(misfit)
    }
  }

  /// Finds a point with a smaller misfit and evaluates it; nil when rounding or the limit of passes leaves none.
  private mutating func descend(from misfit: Double) throws(GraphicalModelError) -> Double? {
    var hasRetried = false
    var raises = 0
    while true {
      propose()
      let next = try problem.evaluate(residual: &trial)
      if next <= misfit { return next }
      if problem.engine.passes >= options.maximumPasses || raises > 40 { return nil }
      if !hasRetried {
        memory.remember(step: stepTaken(), change: changeSeen())
        hasRetried = true
      } else if !memory.isEmpty {
        memory.clear()
      } else {
        damping *= 4
        raises += 1
      }
    }
  }

  private func stepTaken() -> [Double] { position.indices.map { problem.point[$0] - position[$0] } }

  private func changeSeen() -> [Double] {
    residual.indices.map { (trial[$0] - residual[$0]) * problem.inverseDeviations[$0] }
  }

  private mutating func keepPoint() {
    for cell in position.indices { position[cell] = problem.point[cell] }
  }

  private func restorePoint() {
    for cell in position.indices { problem.point[cell] = position[cell] }
  }

  /// Writes the next point to try.
  private func propose() {
    let count = problem.count
    var rest = residual
    for cell in 0..<count { rest[cell] *= problem.inverseDeviations[cell] }
    var point = position
    memory.reduce(&rest, movingFrom: &point)
    for cell in 0..<count {
      let expected = max(0, residual[cell] + problem.measured[cell])
      let curvature = expected * max(0, 1 - expected / problem.total) + damping * problem.variances[cell]
      let deviation = problem.variances[cell] * problem.inverseDeviations[cell]
      problem.point[cell] = point[cell] - options.stepLength * rest[cell] * deviation / curvature
    }
  }
}
