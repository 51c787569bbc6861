import VectorKernels

/// The position of each column's codes in a row of one-hot codes or logits, and the conversion of
/// logits to probabilities, relaxed draws (Gumbel-softmax; Jang, Gu, Poole 2017; Maddison, Mnih,
/// Teh 2017) and codes.
package struct ColumnHeads: Sendable {
  package let sizes: [Int]
  /// The start of each column, and the width of all.
  package let starts: [Int32]

  package init(sizes: [Int]) {
    precondition(sizes.allSatisfy { $0 > 0 }, "a column without codes")
    self.sizes = sizes
    var starts: [Int32] = [0]
    for size in sizes { starts.append(starts[starts.count - 1] + Int32(size)) }
    self.starts = starts
  }

  package var count: Int { sizes.count }
  /// Codes of all columns.
  package var width: Int { Int(starts[starts.count - 1]) }

  package func range(of column: Int) -> Range<Int> { Int(starts[column])..<Int(starts[column + 1]) }

  /// Writes the softmax of each column of `rows` rows. `out` may be `logits`.
  package func softmax(
    _ logits: UnsafePointer<Float>, scale: Float = 1, rows: Int,
    into out: UnsafeMutablePointer<Float>
  ) {
    fk_softmax(out, logits, scale, rows, width, starts, count)
  }

  /// Adds to `signal` the derivative by the logits, from the derivative by the softmax and the
  /// softmax itself.
  package func addSoftmaxSignal(
    _ softmaxSignal: UnsafePointer<Float>, softmax: UnsafePointer<Float>, scale: Float = 1,
    rows: Int,
    to signal: UnsafeMutablePointer<Float>
  ) {
    fk_softmax_backward(signal, softmaxSignal, softmax, scale, rows, width, starts, count)
  }

  /// Makes a relaxed draw: the softmax of (logits + Gumbel noise) / temperature. `out` holds the
  /// noise before and the draw after.
  package func relax(
    _ logits: UnsafePointer<Float>, temperature: Float, rows: Int,
    noiseInto out: UnsafeMutablePointer<Float>
  ) {
    fk_axpy(out, 1, logits, rows * width)
    fk_softmax(out, out, 1 / temperature, rows, width, starts, count)
  }

  /// Draws a code for each column of each row from its probabilities and one uniform number.
  package func draw(
    _ probabilities: UnsafePointer<Float>, uniform: UnsafePointer<Float>, rows: Int,
    into codes: UnsafeMutablePointer<Int32>
  ) {
    for row in 0..<rows {
      for column in 0..<count {
        let start = probabilities + row * width + Int(starts[column])
        var left = uniform[row * count + column]
        var code = 0
        while code + 1 < sizes[column], left >= start[code] {
          left -= start[code]
          code += 1
        }
        codes[row * count + column] = Int32(code)
      }
    }
  }
}
