import NeuralNetworks

/// The input of a row: noise, and one code of the row; its column is drawn evenly, the code by its
/// share (a conditional generator; Xu, Skoularidou, Cuesta-Infante, Veeramachaneni 2019). The code
/// is not requested but kept: the generator makes the rest of the row.
struct GeneratorInput: Sendable {
  let heads: ColumnHeads
  let shape: GeneratorShape
  /// For each column, the running sums of its codes' shares.
  private let sums: [Float]

  init(heads: ColumnHeads, shape: GeneratorShape, shares: [Float]) {
    self.heads = heads
    self.shape = shape
    var sums = shares.map { max($0, 0) }
    for column in 0..<heads.count {
      let range = heads.range(of: column)
      let total = sums[range].reduce(0, +)
      var below: Float = 0
      for code in range {
        below += total > 0 ? sums[code] / total : 1 / Float(range.count)
        sums[code] = below
      }
    }
    self.sums = sums
  }

  var width: Int { shape.noiseWidth + (shape.isConditional ? heads.width : 0) }
  /// Stream elements that a row takes.
  var drawsPerRow: Int { shape.noiseWidth + 2 }

  /// Writes [rows, width] to `input`, and to `conditions` the code of each row in 0 ..<
  /// heads.width, or -1. `scratch` holds `rows * drawsPerRow` numbers.
  func write(
    rows: Int, stream: inout NoiseStream, scratch: UnsafeMutablePointer<Float>,
    input: UnsafeMutablePointer<Float>,
    conditions: UnsafeMutablePointer<Int32>
  ) {
    let noise = shape.noiseWidth
    stream.normal(into: scratch, count: rows * noise)
    let uniform = scratch + rows * noise
    stream.uniform(into: uniform, count: 2 * rows)
    for row in 0..<rows {
      let out = input + row * width
      out.update(from: scratch + row * noise, count: noise)
      guard shape.isConditional else {
        conditions[row] = -1
        continue
      }
      (out + noise).update(repeating: 0, count: heads.width)
      let column = min(Int(uniform[2 * row] * Float(heads.count)), heads.count - 1)
      let place = uniform[2 * row + 1]
      let range = heads.range(of: column)
      var code = range.lowerBound
      while code + 1 < range.upperBound, place >= sums[code] { code += 1 }
      conditions[row] = Int32(code)
      out[noise + code] = 1
    }
  }

  /// Makes the conditioned column of each row certain: the probability of its code is 1.
  func keepConditions(
    _ conditions: UnsafePointer<Int32>, rows: Int, in rowsOfCodes: UnsafeMutablePointer<Float>
  ) {
    forEachCondition(conditions, rows: rows) { start, size, code in
      (rowsOfCodes + start).update(repeating: 0, count: size)
      rowsOfCodes[code] = 1
    }
  }

  /// Clears the signals of the conditioned columns: the kept codes do not depend on the network.
  func dropSignals(
    _ conditions: UnsafePointer<Int32>, rows: Int, in signal: UnsafeMutablePointer<Float>
  ) {
    forEachCondition(conditions, rows: rows) { start, size, _ in
      (signal + start).update(repeating: 0, count: size)
    }
  }

  private func forEachCondition(
    _ conditions: UnsafePointer<Int32>, rows: Int,
    _ body: (_ start: Int, _ size: Int, _ code: Int) -> Void
  ) {
    for row in 0..<rows where conditions[row] >= 0 {
      var column = 0
      while heads.starts[column + 1] <= conditions[row] { column += 1 }
      body(
        row * heads.width + Int(heads.starts[column]), heads.sizes[column],
        row * heads.width + Int(conditions[row]))
    }
  }
}
