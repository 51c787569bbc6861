import VectorKernels

/// The last steps of an optimiser and the change each made to the residual, in units of noise.
struct StepMemory {
  private let capacity: Int
  private var steps: [[Double]] = []
  private var changes: [[Double]] = []
  /// The inner products of the changes.
  private var products: [[Double]] = []

  /// Added to the diagonal of the scaled normal equations, so that nearly parallel changes do no
  /// harm.
  private static let ridge = 1e-8

  init(capacity: Int) { self.capacity = capacity }

  var isEmpty: Bool { steps.isEmpty }

  mutating func remember(step: [Double], change: [Double]) {
    guard capacity > 0, vk_dot(change, change, change.count) > 0 else { return }
    if steps.count == capacity {
      steps.removeFirst()
      changes.removeFirst()
      products.removeFirst()
      for row in products.indices { products[row].removeFirst() }
    }
    steps.append(step)
    changes.append(change)
    let newest = changes.map { vk_dot($0, change, change.count) }
    for row in products.indices { products[row].append(newest[row]) }
    products.append(newest)
  }

  mutating func clear() {
    steps = []
    changes = []
    products = []
  }

  /// Subtracts the combination of changes closest to `residual` from it, and the same combination
  /// of steps from `point`.
  func reduce(_ residual: inout [Double], movingFrom point: inout [Double]) {
    let coefficients = leastSquares(residual)
    for (index, coefficient) in coefficients.enumerated() {
      vk_axpy(&point, -coefficient, steps[index], point.count)
      vk_axpy(&residual, -coefficient, changes[index], residual.count)
    }
  }

  /// Solves the normal equations, scaled to a unit diagonal, by elimination; they are positive
  /// definite.
  private func leastSquares(_ target: [Double]) -> [Double] {
    let count = changes.count
    let norms = (0..<count).map { products[$0][$0].squareRoot() }
    var right = (0..<count).map { vk_dot(changes[$0], target, target.count) / norms[$0] }
    var matrix = (0..<count).map { i in
      (0..<count).map { j in
        i == j ? 1 + StepMemory.ridge : products[i][j] / (norms[i] * norms[j])
      }
    }
    for pivot in 0..<count {
      for row in pivot + 1..<max(count, pivot + 1) {
        let factor = matrix[row][pivot] / matrix[pivot][pivot]
        for column in pivot..<count { matrix[row][column] -= factor * matrix[pivot][column] }
        right[row] -= factor * right[pivot]
      }
    }
    for pivot in (0..<count).reversed() {
      for column in pivot + 1..<max(count, pivot + 1) {
        right[pivot] -= matrix[pivot][column] * right[column]
      }
      right[pivot] /= matrix[pivot][pivot]
    }
    return zip(right, norms).map { $0 / $1 }
  }
}
