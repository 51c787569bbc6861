import Dispatch
import NeuralNetworks

/// What the generator's mean rows are to come close to: the share of each code and, where known, of each pair of codes of two columns.
///
/// The loss is a chi-square distance, ½ Σ (found - target)² / (target + floor), over codes and over pairs of codes (feature matching,
/// Salimans et al. 2016, with all indicators of one and two columns as the features).
package struct MomentTargets: Sendable {
  let heads: ColumnHeads
  /// By code.
  let shares: FloatBuffer
  let shareWeights: FloatBuffer
  /// [width, width]; 0 within a column, as are the weights. Nil where only single codes are known.
  let pairs: FloatBuffer?
  let pairWeights: FloatBuffer?

  /// - Parameters:
  ///   - shares: by code, column after column.
  ///   - pairs: the mean of the outer products of the rows' one-hot codes, [width, width].
  package init(heads: ColumnHeads, shares: [Float], pairs: FloatBuffer?, floor: Float) {
    self.heads = heads
    self.shares = FloatBuffer(shares)
    shareWeights = FloatBuffer(shares.map { 1 / (($0 + floor) * Float(heads.count)) })
    self.pairs = pairs
    guard let pairs else {
      pairWeights = nil
      return
    }
    let width = heads.width
    let weights = FloatBuffer(count: width * width)
    let count = Float(max(heads.count * (heads.count - 1), 1))
    for first in 0..<heads.count {
      for second in 0..<heads.count {
        for row in heads.range(of: first) {
          for column in heads.range(of: second) {
            let index = row * width + column
            if first == second { pairs.base[index] = 0 } else { weights.base[index] = 1 / ((max(pairs.base[index], 0) + floor) * count) }
          }
        }
      }
    }
    pairWeights = weights
  }

  /// The targets of rows that training may see.
  package init(of rows: TrainingRows, heads: ColumnHeads, floor: Float) {
    let pairs = rows.pairShares(heads: heads)
    self.init(heads: heads, shares: rows.shares(), pairs: pairs, floor: floor)
  }
}

extension TrainingRows {
  /// Rows that are enough to tell the share of a pair of codes.
  private static let mostRows = 200_000

  /// The mean of the outer products of one-hot codes, [width, width]; of a long table, of evenly spaced rows.
  func pairShares(heads: ColumnHeads) -> FloatBuffer {
    let width = heads.width
    let step = max(1, count / TrainingRows.mostRows)
    let used = stride(from: 0, to: count, by: step).map { Int32($0) }
    let pairs = FloatBuffer(count: width * width)
    let chunk = 512
    let batch = FloatBuffer(count: chunk * width)
    used.withUnsafeBufferPointer { used in
      for start in stride(from: 0, to: used.count, by: chunk) {
        let rows = UnsafeBufferPointer(rebasing: used[start..<min(start + chunk, used.count)])
        write(rows, heads: heads, to: batch.base)
        BLAS.addProduct(transposed: batch.base, batch.base, to: pairs.base, rows: width, inner: rows.count, columns: width)
      }
    }
    for index in 0..<width * width { pairs.base[index] /= Float(max(used.count, 1)) }
    return pairs
  }
}
