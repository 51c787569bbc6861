import Foundation

/// Numbers to ask for in place of the counts of some cells, so that chosen statistics of the counts
/// get little noise: a matrix mechanism (Li, Hay, Rastogi, Miklau and McGregor 2010).
///
/// A person of cell c adds column c of a matrix A, no longer than 1, so that all numbers together
/// cost as much as one count. From the answers A x + noise follow the counts x + A⁻¹ noise, and a
/// curve that adds up dozens of them gets the noise of about one. The A that is best on average is
/// the fixed point of Denisov, McMahan, Rush, Smith and Thakurta (2022, theorem 3.2), a symmetric
/// one.
package struct CellStrategy: Sendable {
  /// A: row c is the vector of a person of cell c.
  package let vectors: SymmetricMatrix
  /// The covariance of the noise on the counts if the noise on every answer has variance 1.
  package let covariance: SymmetricMatrix
  private let inverse: SymmetricMatrix

  /// The variance of single counts that weighs as much as that of the statistics. The statistics
  /// are not quite linear, so that single counts must not be all noise: theirs have about 1.4 times
  /// that of a histogram.
  private static let shareOfCells = 0.03
  private static let steps = 12
  /// What rounding to the curator's grid may add to a vector's length.
  private static let room = 1 - 0x1p-16

  /// - Parameters:
  ///   - statistics: the derivatives of each statistic by the cells, public; those of twice the
  ///     size weigh four times as much.
  ///   - cells: the number of cells.
  package init(statistics: [[Double]], cells: Int) {
    var weights = SymmetricMatrix(count: cells)
    for statistic in statistics where statistic.allSatisfy(\.isFinite) {
      weights.add(statistic, weight: 1)
    }
    let trace = (0..<cells).reduce(0) { $0 + weights[$1, $1] }
    let ridge = trace > 0 ? Self.shareOfCells * trace / Double(cells) : 1
    for cell in 0..<cells { weights[cell, cell] += ridge }
    vectors = Self.best(weights)
    inverse = vectors.inverse()
    covariance = inverse.squared()
  }

  private static func best(_ weights: SymmetricMatrix) -> SymmetricMatrix {
    let cells = 0..<weights.count
    var multipliers = cells.map { weights[$0, $0] }
    var gram = weights
    for _ in 0..<steps {
      let roots = multipliers.map { $0.squareRoot() }
      for row in cells {
        for column in cells {
          gram[row, column] = weights[row, column] * roots[row] * roots[column]
        }
      }
      gram = gram.squareRoot()
      multipliers = cells.map { gram[$0, $0] }
      for row in cells {
        for column in cells { gram[row, column] /= roots[row] * roots[column] }
      }
    }
    let longest = cells.reduce(0) { max($0, gram[$1, $1]) }
    for place in gram.values.indices { gram.values[place] *= room / longest }
    return gram.squareRoot()
  }

  /// Returns the counts that follow from the answers.
  package func counts(from answers: [Double]) -> [Double] { inverse.times(answers) }
}
