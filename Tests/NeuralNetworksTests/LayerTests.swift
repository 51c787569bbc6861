import NeuralNetworks
import Testing

/// Every layer compared with finite differences, and the ghost norms and clipped sums compared with
/// gradients computed row by row.
@Suite struct LayerTests {
  enum Kind: String, CaseIterable {
    case linear, rectifier, normalisation, residual, deep

    /// Rectifiers have kinks, near which a difference does not approximate a derivative: their
    /// slopes are checked where no kink can be crossed.
    var layers: [any Layer] {
      switch self {
      case .linear: [Linear(from: 5, to: 7)]
      case .rectifier: [LeakyRectifier(width: 6)]
      case .normalisation: [LayerNormalisation(width: 6)]
      case .residual:
        [Residual([Linear(from: 5, to: 8), LayerNormalisation(width: 8), Linear(from: 8, to: 5)])]
      case .deep:
        [
          Linear(from: 5, to: 19), LayerNormalisation(width: 19),
          LeakyRectifier(width: 19, slope: 0.9),
          Residual([Linear(from: 19, to: 19), LeakyRectifier(width: 19, slope: 0.9)]),
          Linear(from: 19, to: 2),
        ]
      }
    }
  }

  /// With slopes of 0.9, a crossed kink changes a difference by at most a few thousandths.
  private func expectClose(
    _ found: [Float], _ expected: [Double], tolerance: Double, _ what: String
  ) {
    #expect(found.count == expected.count)
    let scale = max(1, expected.map(abs).max() ?? 1)
    let worst = zip(found, expected).map { abs(Double($0) - $1) }.max() ?? 0
    #expect(worst <= tolerance * scale, "\(what): off by \(worst) at a scale of \(scale)")
  }

  @Test(arguments: Kind.allCases) func gradientsAreFiniteDifferences(kind: Kind) {
    let oracle = LayerOracle(kind.layers, rows: 4, seed: 11)
    expectClose(oracle.gradient(over: 0..<4), oracle.slopes(), tolerance: 4e-3, "parameters")
    guard kind != .rectifier else { return }
    let pass = oracle.pass(over: 0..<4)
    expectClose(
      Array(pass.inputSignal.values.prefix(oracle.input.count)), oracle.inputSlopes(),
      tolerance: 4e-3, "input")
  }

  @Test func rectifierScalesByTheSignOfItsInput() {
    let oracle = LayerOracle([LeakyRectifier(width: 40, slope: 0.25)], rows: 1, seed: 5)
    let pass = oracle.pass(over: 0..<1)
    for index in 0..<40 {
      let slope: Float = oracle.input[index] > 0 ? 1 : 0.25
      #expect(pass.output.base[index] == slope * oracle.input[index])
      #expect(pass.inputSignal.base[index] == slope * oracle.weights[index])
    }
  }

  @Test(arguments: Kind.allCases) func sumAndMeanAreThoseOfTheRows(kind: Kind) {
    let oracle = LayerOracle(kind.layers, rows: 9, seed: 3)
    var sum = [Double](repeating: 0, count: oracle.network.parameterCount)
    for row in 0..<9 {
      for (index, value) in oracle.gradient(over: row..<row + 1).enumerated() {
        sum[index] += Double(value)
      }
    }
    expectClose(oracle.gradient(over: 0..<9), sum, tolerance: 1e-5, "sum")
    let mean = oracle.gradient(over: 0..<9, factors: [Float](repeating: 1 / 9, count: 9))
    expectClose(mean, sum.map { $0 / 9 }, tolerance: 1e-5, "mean")
  }

  @Test(arguments: Kind.allCases) func ghostNormsAreTheNormsOfEachRow(kind: Kind) {
    let oracle = LayerOracle(kind.layers, rows: 9, seed: 17)
    var norms = [Float](repeating: -1, count: 9)
    oracle.pass(over: 0..<9).squaredGradientNorms(
      groups: .rows(9), parameters: oracle.parameters, into: &norms)
    let naive = (0..<9).map { row in
      oracle.gradient(over: row..<row + 1).reduce(0.0) { $0 + Double($1) * Double($1) }
    }
    expectClose(norms, naive, tolerance: 1e-5, "norms")
  }

  @Test(arguments: Kind.allCases) func ghostNormsOfGroupsAreThoseOfTheirSums(kind: Kind) {
    let oracle = LayerOracle(kind.layers, rows: 9, seed: 23)
    let starts: [Int32] = [0, 1, 4, 4, 9]
    var norms = [Float](repeating: -1, count: 4)
    oracle.pass(over: 0..<9)
      .squaredGradientNorms(
        groups: RowGroups(starts: starts, count: 4), parameters: oracle.parameters, into: &norms)
    let naive = (0..<4).map { group in
      oracle.gradient(over: Int(starts[group])..<Int(starts[group + 1])).reduce(0.0) {
        $0 + Double($1) * Double($1)
      }
    }
    #expect(norms[2] == 0)
    expectClose(norms, naive, tolerance: 1e-5, "norms")
  }

  @Test(arguments: Kind.allCases) func clippedSumIsThatOfClippedRows(kind: Kind) {
    let oracle = LayerOracle(kind.layers, rows: 7, seed: 29)
    let clip: Float = 2
    let rows = (0..<7).map { oracle.gradient(over: $0..<$0 + 1) }
    let factors = rows.map { row in
      min(1, clip / row.reduce(Float(0)) { $0 + $1 * $1 }.squareRoot())
    }
    #expect(oracle.network.parameterCount == 0 || factors.contains { $0 < 1 })
    let naive = (0..<oracle.network.parameterCount).map { index in
      zip(rows, factors).reduce(0.0) { $0 + Double($1.0[index]) * Double($1.1) }
    }
    expectClose(
      oracle.gradient(over: 0..<7, factors: factors), naive, tolerance: 1e-5, "clipped sum")
  }

  @Test(arguments: Kind.allCases) func emptyBatchHasNoGradient(kind: Kind) {
    let oracle = LayerOracle(kind.layers, rows: 3, seed: 31)
    #expect(oracle.gradient(over: 1..<1).allSatisfy { $0 == 0 })
    #expect(oracle.gradient(over: 1..<1, factors: []).allSatisfy { $0 == 0 })
    var norms: [Float] = [7]
    oracle.pass(over: 1..<1).squaredGradientNorms(
      groups: .rows(0), parameters: oracle.parameters, into: &norms)
    #expect(norms == [7])
  }

  @Test func equalSeedsGiveEqualNetworks() {
    let first = LayerOracle(Kind.deep.layers, rows: 5, seed: 1)
    let second = LayerOracle(Kind.deep.layers, rows: 5, seed: 1)
    #expect(first.gradient(over: 0..<5) == second.gradient(over: 0..<5))
    #expect(
      first.gradient(over: 0..<5)
        != LayerOracle(Kind.deep.layers, rows: 5, seed: 2).gradient(over: 0..<5))
  }
}
