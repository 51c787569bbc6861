import VectorKernels

/// Damped mirror descent with Anderson acceleration (Walker and Ni 2011) in the norm of the misfit.
///
/// Let r = N M p - y + a V lambda be the gradient, V the variances and n the expected counts. A
/// plain step is d = -t r / (n + a V + b V) in every cell: with large damping b it is the step of
/// mirror descent (McKenna, Sheldon, Miklau 2019), with small b that of iterative proportional
/// fitting, which large cells need. The memory holds the last steps s_i in lambda and the changes
/// z_i of r that they caused. The coefficients c that minimise ||r - sum c_i z_i|| in V^-1 tell how
/// much of the misfit the remembered directions can remove, and a plain step is taken from there:
///
///     lambda' = lambda - sum c_i s_i + d(r - sum c_i z_i)
///
/// A step that raises the objective is rejected, but its change is used once; then memory is
/// cleared, then damping rises until a step descends. So the objective never rises, and each step
/// costs one inference pass unless it fails.
struct FitMinimiser {
  private let problem: FitProblem
  private let options: Estimator.Options
  private var position: [Double]
  private var gradient: [Double]
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
    (position, gradient, trial) = (zeros, zeros, zeros)
    memory = StepMemory(capacity: options.history)
    let meanVariance = problem.variances.reduce(0, +) / Double(max(1, problem.count))
    damping = options.initialDamping / max(meanVariance.squareRoot(), 1e-150)
  }

  /// Starts from the problem's point and leaves the best point there.
  mutating func run(progress report: ((Estimator.Progress) -> Bool)?) throws(GraphicalModelError)
    -> Outcome
  {
    keepPoint()
    guard var value = problem.evaluate(gradient: &gradient) else { throw .impossible }
    var past = [value.objective]
    while true {
      let progress = Estimator.Progress(passes: problem.engine.passes, misfit: value.misfit)
      if let report, !report(progress) { throw .cancelled }
      let earlier = past.count > options.window ? past[past.count - 1 - options.window] : .infinity
      let scale =
        options.isToleranceOfNoise ? min(value.misfit, Double(problem.count) / 2) : value.misfit
      let hasConverged =
        problem.count == 0 || earlier - value.objective <= options.relativeTolerance * scale
      if hasConverged || problem.engine.passes >= options.maximumPasses {
        restorePoint()
        return Outcome(progress: progress, hasConverged: hasConverged)
      }
      guard let next = descend(from: value.objective) else {
        restorePoint()
        return Outcome(
          progress: progress, hasConverged: problem.engine.passes < options.maximumPasses)
      }
      memory.remember(step: stepTaken(), change: changeSeen())
      damping *= options.dampingDecay
      keepPoint()
      gradient = trial
      value = next
      past.append(value.objective)
    }
  }

  /// Finds a point with a smaller objective and evaluates it; nil if rounding or the limit of
  /// passes leaves none.
  private mutating func descend(from objective: Double) -> FitProblem.Value? {
    var hasRetried = false
    var raises = 0
    while true {
      propose()
      let next = problem.evaluate(gradient: &trial)
      if let next, next.objective <= objective { return next }
      if problem.engine.passes >= options.maximumPasses || raises > 40 { return nil }
      if next == nil, !memory.isEmpty {
        // So long a step that nothing is left there tells nothing.
        memory.clear()
        hasRetried = true
      } else if next != nil, !hasRetried {
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
    gradient.indices.map { (trial[$0] - gradient[$0]) * problem.inverseDeviations[$0] }
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
    var rest = gradient
    for cell in 0..<count { rest[cell] *= problem.inverseDeviations[cell] }
    var point = position
    memory.reduce(&rest, movingFrom: &point)
    for cell in 0..<count {
      let expected = problem.expected(cell, gradient: gradient, at: position)
      let curvature =
        expected * max(0, 1 - expected / problem.total) + problem.ridge[cell] + damping
        * problem.variances[cell]
      let deviation = problem.variances[cell] * problem.inverseDeviations[cell]
      problem.point[cell] = point[cell] - options.stepLength * rest[cell] * deviation / curvature
    }
  }
}
