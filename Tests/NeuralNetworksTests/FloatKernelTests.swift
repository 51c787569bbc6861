import Foundation
import NeuralNetworks
import Testing
import VectorKernels

@Suite struct FloatKernelTests {
  @Test func exponentialAndLogarithmAreThoseOfTheLibrary() {
    let arguments = (0..<40_001).map { Float($0) * 0.004 - 80 }
    var values = arguments
    fk_exp(&values, values.count)
    for (argument, value) in zip(arguments, values) {
      #expect(abs(Double(value) / exp(Double(argument)) - 1) < 3e-7, "exp(\(argument))")
    }
    let positive = (0..<40_001).map { Float(exp(Double($0) * 0.004 - 80)) }
    var logarithms = positive
    fk_log(&logarithms, positive, positive.count)
    for (argument, value) in zip(positive, logarithms) {
      let exact = log(Double(argument))
      #expect(abs(Double(value) - exact) < 3e-7 * (1 + abs(exact)), "log(\(argument))")
    }
    var ends: [Float] = [-1_000, 1_000]
    fk_exp(&ends, 2)
    #expect(ends.allSatisfy { $0.isFinite })
  }

  /// Each moment is within 6 deviations of its expectation: a false alarm has a probability below
  /// 4e-9 per check.
  @Test func noiseHasTheMomentsOfItsLaw() {
    let count = 1_000_000
    let buffer = FloatBuffer(count: count)
    func moments() -> (mean: Double, variance: Double, fourth: Double) {
      let values = buffer.values.map(Double.init)
      let mean = values.reduce(0, +) / Double(count)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
      return (mean, variance, values.reduce(0) { $0 + pow($1 - mean, 4) } / Double(count))
    }
    var stream = NoiseStream(key: 42)
    stream.normal(into: buffer.base, count: count)
    let normal = moments()
    #expect(
      abs(normal.mean) < 6e-3 && abs(normal.variance - 1) < 6 * 0.0015
        && abs(normal.fourth - 3) < 6 * 0.01)
    stream.uniform(into: buffer.base, count: count)
    let uniform = moments()
    #expect(abs(uniform.mean - 0.5) < 6 * 0.0003 && abs(uniform.variance - 1 / 12) < 6 * 0.0001)
    #expect(buffer.values.allSatisfy { $0 > 0 && $0 < 1 })
    stream.gumbel(into: buffer.base, count: count)
    let gumbel = moments()
    #expect(
      abs(gumbel.mean - 0.577_215_66) < 6 * 0.0013
        && abs(gumbel.variance - .pi * .pi / 6) < 6 * 0.0035)
  }

  @Test func partsOfAStreamAreTheStream() {
    var whole = NoiseStream(key: 7)
    let all = FloatBuffer(count: 100)
    whole.gumbel(into: all.base, count: 100)
    let part = FloatBuffer(count: 30)
    var later = NoiseStream(key: 7).from(50)
    later.gumbel(into: part.base, count: 30)
    #expect(part.values == Array(all.values[50..<80]))
    #expect(later.counter == 80)
  }

  @Test func productsAreThoseOfTheDefinition() {
    var noise = NoiseStream(key: 3)
    let a = LayerOracle.normal(6 * 35, &noise)
    let b = LayerOracle.normal(35 * 9, &noise)
    let expected = (0..<6).flatMap { row in
      (0..<9).map { column in
        (0..<35).reduce(0.0) { $0 + Double(a[row * 35 + $1]) * Double(b[$1 * 9 + column]) }
      }
    }
    let transposedA = (0..<35).flatMap { inner in (0..<6).map { a[$0 * 35 + inner] } }
    let transposedB = (0..<9).flatMap { column in (0..<35).map { b[$0 * 9 + column] } }
    var (plain, right, left) = (
      [Float](repeating: 5, count: 54), [Float](repeating: 5, count: 54),
      [Float](repeating: 5, count: 54)
    )
    BLAS.multiply(a, b, into: &plain, rows: 6, inner: 35, columns: 9)
    BLAS.multiply(
      a, transposed: transposedB, into: &right, rows: 6, inner: 35, columns: 9, adding: true)
    BLAS.addProduct(transposed: transposedA, b, to: &left, rows: 6, inner: 35, columns: 9)
    for index in 0..<54 {
      #expect(abs(Double(plain[index]) - expected[index]) < 1e-4)
      #expect(abs(Double(right[index]) - expected[index] - 5) < 1e-4)
      #expect(abs(Double(left[index]) - expected[index] - 5) < 1e-4)
    }
  }

  @Test func adamTakesTheStepsOfItsPaper() {
    let parameters = FloatBuffer([1, -2])
    let adam = Adam(count: 2, settings: Adam.Settings(rate: 0.1, beta1: 0.5, beta2: 0.9))
    var (value, first, second) = ([1.0, -2.0], [0.0, 0.0], [0.0, 0.0])
    for step in 1...5 {
      let gradient = [Double(step) - 2, 0.3 * Double(step)]
      adam.step(parameters, gradient: FloatBuffer(gradient.map(Float.init)))
      for index in 0..<2 {
        first[index] = 0.5 * first[index] + 0.5 * gradient[index]
        second[index] = 0.9 * second[index] + 0.1 * gradient[index] * gradient[index]
        let (mean, square) = (
          first[index] / (1 - pow(0.5, Double(step))), second[index] / (1 - pow(0.9, Double(step)))
        )
        value[index] -= 0.1 * mean / (square.squareRoot() + 1e-8)
        #expect(abs(Double(parameters.base[index]) - value[index]) < 1e-5)
      }
    }
  }
}
