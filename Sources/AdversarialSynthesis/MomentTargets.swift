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
  ///   - pairs: the shares of pairs of codes that are known.
  package init(heads: ColumnHeads, shares: [Float], pairs known: [PairShares], floor: Float) {
    self.heads = heads
    self.shares = FloatBuffer(shares)
    shareWeights = FloatBuffer(shares.map { 1 / (($0 + floor) * Float(heads.count)) })
    guard !known.isEmpty else {
      (pairs, pairWeights) = (nil, nil)
      return
    }
    let width = heads.width
    let (pairs, weights) = (FloatBuffer(count: width * width), FloatBuffer(count: width * width))
    let count = Float(2 * known.count)
    for pair in known {
      let (rows, columns) = (heads.range(of: pair.first), heads.range(of: pair.second))
      for (index, share) in pair.shares.enumerated() {
        let (row, column) = (rows.lowerBound + index / columns.count, columns.lowerBound + index % columns.count)
        let weight = 1 / ((share + floor + pair.doubt) * count)
        for place in [row * width + column, column * width + row] {
          pairs.base[place] = share
          weights.base[place] = weight
        }
      }
    }
    (self.pairs, pairWeights) = (pairs, weights)
  }

  /// The targets of rows that training may see.
  package init(of rows: TrainingRows, heads: ColumnHeads, floor: Float) {
    self.init(heads: heads, shares: rows.shares(), pairs: rows.pairShares(heads: heads), floor: floor)
  }
}

/// The shares of the pairs of codes of two columns.
package struct PairShares: Sendable {
  package let first: Int
  package let second: Int
  /// Row-major over the codes of both; not negative.
  package let shares: [Float]
  /// By how much a share may be wrong: it is added to the share before a gap is divided by it.
  package let doubt: Float

  package init(first: Int, second: Int, shares: [Float], doubt: Float = 0) {
    (self.first, self.second, self.shares, self.doubt) = (first, second, shares, doubt)
  }
}

extension TrainingRows {
  /// Rows that are enough to tell the share of a pair of codes.
  private static let mostRows = 200_000

  /// Of all pairs of columns; of a long table, of evenly spaced rows.
  func pairShares(heads: ColumnHeads) -> [PairShares] {
    let width = heads.width
    let step = max(1, count / TrainingRows.mostRows)
    let used = stride(from: 0, to: count, by: step).map { Int32($0) }
    let sums = FloatBuffer(count: width * width)
    let chunk = 512
    let batch = FloatBuffer(count: chunk * width)
    used.withUnsafeBufferPointer { used in
      for start in stride(from: 0, to: used.count, by: chunk) {
        let rows = UnsafeBufferPointer(rebasing: used[start..<min(start + chunk, used.count)])
        write(rows, heads: heads, to: batch.base)
        BLAS.addProduct(transposed: batch.base, batch.base, to: sums.base, rows: width, inner: rows.count, columns: width)
      }
    }
    let total = Float(max(used.count, 1))
    return (0..<heads.count).flatMap { first in
      (first + 1..<max(heads.count, first + 1)).map { second in
        let columns = heads.range(of: second)
        return PairShares(
          first: first, second: second,
          shares: heads.range(of: first).flatMap { row in columns.map { sums.base[row * width + $0] / total } })
      }
    }
  }
}
