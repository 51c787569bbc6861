/// A symmetric positive definite matrix of a few dozen rows, such as the information of a
/// regression.
package struct SymmetricMatrix: Sendable {
  package let count: Int
  /// Row-major.
  package var values: [Double]

  /// Creates a matrix of zeros.
  package init(count: Int) {
    self.count = count
    values = [Double](repeating: 0, count: count * count)
  }

  package subscript(row: Int, column: Int) -> Double {
    get { values[row * count + column] }
    set { values[row * count + column] = newValue }
  }

  /// Adds the outer product of a vector with itself.
  package mutating func add(_ vector: [Double], weight: Double) {
    for row in 0..<count where vector[row] != 0 {
      let scaled = weight * vector[row]
      for column in 0..<count { values[row * count + column] += scaled * vector[column] }
    }
  }

  /// Returns the inverse by Cholesky's decomposition. A pivot that is not above a share of 1e-9 of
  /// its diagonal is replaced by that share: a direction about which nothing is known gets a very
  /// wide interval instead of none.
  package func inverse() -> SymmetricMatrix {
    let factor = cholesky()
    var inverse = SymmetricMatrix(count: count)
    for column in 0..<count {
      var unit = [Double](repeating: 0, count: count)
      unit[column] = 1
      let solved = solve(factor, unit)
      for row in 0..<count { inverse[row, column] = solved[row] }
    }
    return inverse
  }

  /// Returns the product with itself.
  package func squared() -> SymmetricMatrix {
    var result = SymmetricMatrix(count: count)
    for row in 0..<count {
      for column in 0..<count {
        result[row, column] = (0..<count).reduce(0) { $0 + self[row, $1] * self[$1, column] }
      }
    }
    return result
  }

  /// Returns the rows of the lower triangle C of Cholesky's decomposition C Cᵀ, with pivots as in
  /// ``inverse()``.
  package func lowerFactor() -> [[Double]] {
    let factor = cholesky()
    return (0..<count).map { row in
      (0..<count).map { $0 <= row ? factor[row * count + $0] : 0 }
    }
  }

  /// Returns the rows of C⁻¹ for the lower triangle C of Cholesky's decomposition.
  package func inverseLowerFactor() -> [[Double]] {
    let factor = cholesky()
    var inverse = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    for row in 0..<count {
      for column in 0...row {
        let sum = (0..<row).reduce(row == column ? 1 : 0) {
          $0 - factor[row * count + $1] * inverse[$1][column]
        }
        inverse[row][column] = sum / factor[row * count + row]
      }
    }
    return inverse
  }

  /// Whether Cholesky's decomposition succeeds.
  package var isPositiveDefinite: Bool {
    var factor = values
    for column in 0..<count {
      var pivot = values[column * count + column]
      for k in 0..<column { pivot -= factor[column * count + k] * factor[column * count + k] }
      guard pivot > 0 else { return false }
      factor[column * count + column] = pivot.squareRoot()
      for row in (column + 1)..<max(count, column + 1) {
        var sum = values[row * count + column]
        for k in 0..<column { sum -= factor[row * count + k] * factor[column * count + k] }
        factor[row * count + column] = sum / factor[column * count + column]
      }
    }
    return true
  }

  /// Returns the product with a vector.
  package func times(_ vector: [Double]) -> [Double] {
    (0..<count).map { row in (0..<count).reduce(0) { $0 + self[row, $1] * vector[$1] } }
  }

  /// Returns `rows · self · rowsᵀ`, a matrix of covariances of linear functions.
  package func transformed(by rows: [[Double]]) -> SymmetricMatrix {
    var result = SymmetricMatrix(count: rows.count)
    let products = rows.map(times)
    for (row, vector) in rows.enumerated() {
      for (column, product) in products.enumerated() {
        result[row, column] = zip(vector, product).reduce(0) { $0 + $1.0 * $1.1 }
      }
    }
    return result
  }

  private func cholesky() -> [Double] {
    var factor = values
    for column in 0..<count {
      var pivot = values[column * count + column]
      for k in 0..<column { pivot -= factor[column * count + k] * factor[column * count + k] }
      let least = max(values[column * count + column] * 1e-9, 1e-12)
      let root = max(pivot, least).squareRoot()
      factor[column * count + column] = root
      for row in (column + 1)..<max(count, column + 1) {
        var sum = values[row * count + column]
        for k in 0..<column { sum -= factor[row * count + k] * factor[column * count + k] }
        factor[row * count + column] = sum / root
      }
    }
    return factor
  }

  private func solve(_ factor: [Double], _ vector: [Double]) -> [Double] {
    var solved = vector
    for row in 0..<count {
      for k in 0..<row { solved[row] -= factor[row * count + k] * solved[k] }
      solved[row] /= factor[row * count + row]
    }
    for row in (0..<count).reversed() {
      for k in (row + 1)..<max(count, row + 1) {
        solved[row] -= factor[k * count + row] * solved[k]
      }
      solved[row] /= factor[row * count + row]
    }
    return solved
  }
}
