extension SymmetricMatrix {
  /// Returns the square root of a positive semidefinite matrix, which is itself one.
  ///
  /// Rotations of two rows at a time make all rows orthogonal (Hestenes 1958; Golub and Van Loan
  /// 2013, section 8.6.3, from the left). They are then the eigenvectors, each times its
  /// eigenvalue.
  package func squareRoot() -> SymmetricMatrix {
    var rows = (0..<count).map { Array(values[$0 * count..<($0 + 1) * count]) }
    for _ in 0..<SymmetricMatrix.mostSweeps where !SymmetricMatrix.makeOrthogonal(&rows) {}
    var root = SymmetricMatrix(count: count)
    for row in rows {
      let eigenvalue = SymmetricMatrix.dot(row, row).squareRoot()
      if eigenvalue > 0 { root.add(row, weight: 1 / (eigenvalue * eigenvalue.squareRoot())) }
    }
    return root
  }

  /// Ten are usual for a hundred rows.
  private static let mostSweeps = 40

  /// Rotates every two rows until they are orthogonal; returns whether all were.
  private static func makeOrthogonal(_ rows: inout [[Double]]) -> Bool {
    var areOrthogonal = true
    for first in rows.indices {
      for second in first + 1..<max(rows.count, first + 1) {
        let (a, b) = (dot(rows[first], rows[first]), dot(rows[second], rows[second]))
        let product = dot(rows[first], rows[second])
        guard abs(product) > 1e-14 * (a * b).squareRoot(), product != 0 else { continue }
        areOrthogonal = false
        let slope = (b - a) / (2 * product)
        let tangent = (slope < 0 ? -1 : 1) / (abs(slope) + (1 + slope * slope).squareRoot())
        let cosine = 1 / (1 + tangent * tangent).squareRoot()
        let sine = cosine * tangent
        for column in rows[first].indices {
          let (x, y) = (rows[first][column], rows[second][column])
          rows[first][column] = cosine * x - sine * y
          rows[second][column] = sine * x + cosine * y
        }
      }
    }
    return areOrthogonal
  }

  private static func dot(_ x: [Double], _ y: [Double]) -> Double {
    var sum = 0.0
    for place in x.indices { sum += x[place] * y[place] }
    return sum
  }
}
