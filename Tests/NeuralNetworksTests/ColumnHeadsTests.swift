import Foundation
import NeuralNetworks
import Testing

@Suite struct ColumnHeadsTests {
  private let heads = ColumnHeads(sizes: [3, 1, 20])

  private func exact(_ logits: [Float], scale: Double) -> [Double] {
    (0..<logits.count / heads.width).flatMap { row in
      (0..<heads.count).flatMap { column -> [Double] in
        let weights = heads.range(of: column).map {
          exp(scale * Double(logits[row * heads.width + $0]))
        }
        return weights.map { $0 / weights.reduce(0, +) }
      }
    }
  }

  @Test func softmaxIsThatOfTheDefinition() {
    var noise = NoiseStream(key: 9)
    let logits = LayerOracle.normal(5 * heads.width, &noise).map { 4 * $0 }
    var found = logits
    found.withUnsafeMutableBufferPointer {
      heads.softmax(UnsafePointer($0.baseAddress!), scale: 1.5, rows: 5, into: $0.baseAddress!)
    }
    for (found, expected) in zip(found, exact(logits, scale: 1.5)) {
      #expect(abs(Double(found) - expected) < 1e-6)
    }
  }

  @Test func softmaxSignalIsAFiniteDifference() {
    var noise = NoiseStream(key: 10)
    let logits = LayerOracle.normal(2 * heads.width, &noise)
    let weights = LayerOracle.normal(2 * heads.width, &noise)
    var softmax = logits
    heads.softmax(logits, scale: 2, rows: 2, into: &softmax)
    var signal = [Float](repeating: 1, count: logits.count)
    heads.addSoftmaxSignal(weights, softmax: softmax, scale: 2, rows: 2, to: &signal)
    func loss(_ logits: [Float]) -> Double {
      zip(exact(logits, scale: 2), weights).reduce(0) { $0 + $1.0 * Double($1.1) }
    }
    for index in logits.indices {
      var moved = logits
      moved[index] = logits[index] + 1e-3
      let above = loss(moved)
      moved[index] = logits[index] - 1e-3
      #expect(abs((above - loss(moved)) / 2e-3 + 1 - Double(signal[index])) < 1e-3)
    }
  }

  /// 200,000 draws of 3 codes: a share is off by more than 6 deviations with a probability below
  /// 2e-9.
  @Test func drawsAndRelaxedDrawsFollowTheProbabilities() {
    let heads = ColumnHeads(sizes: [3])
    let rows = 200_000
    let logits: [Float] = (0..<rows).flatMap { _ in [0, 1, -1] as [Float] }
    let expected = [0.244728, 0.665241, 0.090031]
    var noise = NoiseStream(key: 12)
    let relaxed = FloatBuffer(count: 3 * rows)
    noise.gumbel(into: relaxed.base, count: 3 * rows)
    heads.relax(logits, temperature: 0.5, rows: rows, noiseInto: relaxed.base)
    let probabilities = FloatBuffer(count: 3 * rows)
    heads.softmax(logits, rows: rows, into: probabilities.base)
    let uniform = FloatBuffer(count: rows)
    noise.uniform(into: uniform.base, count: rows)
    var codes = [Int32](repeating: -1, count: rows)
    heads.draw(probabilities.base, uniform: uniform.base, rows: rows, into: &codes)
    for code in 0..<3 {
      let drawn = Double(codes.count { $0 == Int32(code) }) / Double(rows)
      let largest = (0..<rows).count { row in
        (0..<3).allSatisfy { relaxed.base[3 * row + $0] <= relaxed.base[3 * row + code] }
      }
      let deviation = (expected[code] * (1 - expected[code]) / Double(rows)).squareRoot()
      #expect(abs(drawn - expected[code]) < 6 * deviation)
      #expect(abs(Double(largest) / Double(rows) - expected[code]) < 6 * deviation)
    }
  }
}
