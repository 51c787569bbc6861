import Analyses
import Testing

/// Known values from the tables of Abramowitz and Stegun (26.1, 26.7, 26.8).
@Suite struct DistributionTests {
  @Test func quantilesOfTheNormal() {
    #expect(abs(Distributions.reach(level: 0.95) - 1.959964) < 1e-6)
    #expect(abs(Distributions.normalQuantile(0.001) + 3.090232) < 1e-6)
  }

  @Test(arguments: [(5.0, 2.5706), (10, 2.2281), (19, 2.0930), (30, 2.0423)])
  func quantilesOfStudent(_ degrees: Double, _ value: Double) {
    #expect(abs(Distributions.reach(level: 0.95, degrees: degrees) - value) < 0.01 * value)
  }

  @Test(arguments: [
    (3.841459, 1.0, 0.05), (5.991465, 2, 0.05), (18.307038, 10, 0.05), (23.209251, 10, 0.01),
    (0.5, 4, 0.973501),
  ])
  func tailsOfChiSquared(_ x: Double, _ degrees: Double, _ tail: Double) {
    #expect(abs(Distributions.chiSquaredTail(x, degrees: degrees) - tail) < 1e-6)
  }

  @Test func theInverseIsOne() {
    var matrix = SymmetricMatrix(count: 4)
    for vector in [[1.0, 2, 0, 1], [0, 1, 3, -1], [2, 0, 1, 1], [1, 1, 1, 5], [0.5, -1, 2, 0]] {
      matrix.add(vector, weight: 1.5)
    }
    let inverse = matrix.inverse()
    for row in 0..<4 {
      let product = inverse.times((0..<4).map { matrix[$0, row] })
      for column in 0..<4 { #expect(abs(product[column] - (row == column ? 1 : 0)) < 1e-9) }
    }
  }
}
