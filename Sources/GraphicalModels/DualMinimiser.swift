import VectorKernels

/// Limited-memory BFGS (Nocedal and Wright 2006, algorithm 7.4) on the dual, with the diagonal of the Hessian at the
/// current point as the initial matrix, and a backtracking line search.
struct DualMinimiser {
  private let problem: DualProblem
  private let options: Estimator.Options
  private var gradient: [Double]
  private var position: [Double]
  private var direction: [Double]
  private var diagonal: [Double]
  private var steps: [[Double]] = []
  private var changes: [[Double]] = []
  /// 1 / (step . change) of each remembered pair.
  private var inverseCurvatures: [Double] = []

  struct Outcome {
    let progress: Estimator.Progress
    let hasConverged: Bool
  }

  init(problem: DualProblem, options: Estimator.Options) {
    self.problem = problem
    self.options = options
    gradient = [Double](repeating: 0, count: problem.count)
    position = gradient
    direction = gradient
    diagonal = gradient
  }

  /// Starts from the problem's point and leaves the best point there.
  mutating func run(progress report: ((Estimator.Progress) -> Bool)?) throws(GraphicalModelError) -> Outcome {
    let count = problem.count
    var value = try problem.evaluate(gradient: &gradient)
    for cell in 0..<count { position[cell] = problem.point[cell] }
    while true {
      let progress = Estimator.Progress(passes: problem.engine.passes, misfit: value.misfit, gap: value.gap)
      if let report, !report(progress) { throw .cancelled }
      let tolerance = max(options.relativeTolerance * value.misfit, options.tolerancePerCell * Double(count))
      let hasConverged = value.gap <= tolerance
      if hasConverged || problem.engine.passes >= options.maximumPasses {
        return Outcome(progress: progress, hasConverged: hasConverged)
      }
      problem.writeCurvature(to: &diagonal)
      let slope = chooseDirection()
      guard let next = try searchLine(from: value, slope: slope) else {
        for cell in 0..<count { problem.point[cell] = position[cell] }
        return Outcome(progress: progress, hasConverged: hasConverged)
      }
      value = next
    }
  }

  /// Sets `direction` by the two-loop recursion and returns its slope, which is negative.
  private mutating func chooseDirection() -> Double {
    let count = problem.count
    for cell in 0..<count { direction[cell] = -gradient[cell] }
    var weights = [Double](repeating: 0, count: steps.count)
    for pair in steps.indices.reversed() {
      weights[pair] = inverseCurvatures[pair] * vk_dot(steps[pair], direction, count)
      vk_axpy(&direction, -weights[pair], changes[pair], count)
    }
    let scale = initialScale()
    for cell in 0..<count { direction[cell] *= scale / diagonal[cell] }
    for pair in steps.indices {
      let weight = inverseCurvatures[pair] * vk_dot(changes[pair], direction, count)
      vk_axpy(&direction, weights[pair] - weight, steps[pair], count)
    }
    let slope = vk_dot(gradient, direction, count)
    if slope < 0 { return slope }
    forgetHistory()
    for cell in 0..<count { direction[cell] = -gradient[cell] / diagonal[cell] }
    return vk_dot(gradient, direction, count)
  }

  /// How much the diagonal overrates curvature, by the last pair: (s . y) / (y . D^-1 y).
  private func initialScale() -> Double {
    guard let change = changes.last, let inverse = inverseCurvatures.last else { return 0.3 }
    var weighted = 0.0
    for cell in change.indices { weighted += change[cell] * change[cell] / diagonal[cell] }
    return 1 / (inverse * weighted)
  }

  private mutating func forgetHistory() {
    steps = []
    changes = []
    inverseCurvatures = []
  }

  /// Backtracks from a full step until F has decreased enough; nil when rounding leaves nothing to gain.
  private mutating func searchLine(from value: DualProblem.Value, slope: Double) throws(GraphicalModelError) -> DualProblem.Value? {
    let count = problem.count
    var length = 1.0
    var trial = [Double](repeating: 0, count: count)
    for _ in 0..<30 {
      for cell in 0..<count { problem.point[cell] = position[cell] + length * direction[cell] }
      let next = try problem.evaluate(gradient: &trial)
      let rounding = 1e-12 * abs(value.dual)
      if next.dual <= value.dual + 1e-4 * length * slope + rounding {
        remember(length: length, trial: trial)
        gradient = trial
        return next
      }
      // The minimum of the parabola through both values and the slope, kept within reason.
      let excess = next.dual - value.dual - length * slope
      length = max(0.1 * length, min(0.5 * length, -slope * length * length / (2 * excess)))
    }
    return nil
  }

  private mutating func remember(length: Double, trial: [Double]) {
    let count = problem.count
    var step = direction
    var change = trial
    for cell in 0..<count {
      step[cell] *= length
      change[cell] -= gradient[cell]
      position[cell] += step[cell]
    }
    let curvature = vk_dot(step, change, count)
    guard curvature > 1e-14 * vk_dot(change, change, count).squareRoot() * vk_dot(step, step, count).squareRoot() else { return }
    if steps.count == options.history {
      steps.removeFirst()
      changes.removeFirst()
      inverseCurvatures.removeFirst()
    }
    steps.append(step)
    changes.append(change)
    inverseCurvatures.append(1 / curvature)
  }
}
