import Encoding
import MarginalSynthesis
import NeuralNetworks

/// The targets for the generator's mean rows: the share of each code and, if known, of each pair of
/// codes of two columns.
///
/// The loss is a chi-square distance, ½ Σ (found - target)² / (target + floor), over codes and over
/// pairs of codes (feature matching, Salimans et al. 2016, with all indicators of one and two
/// columns as the features).
package struct MomentTargets: Sendable {
  let heads: ColumnHeads
  /// The shares by code.
  let shares: FloatBuffer
  let shareWeights: FloatBuffer
  /// The known pairs, their shares and their weights.
  let layout: PairLayout
  let pairs: FloatBuffer
  let pairWeights: FloatBuffer

  /// - Parameters:
  ///   - shares: The shares by code, column by column.
  ///   - pairs: The known shares of pairs of codes.
  package init(heads: ColumnHeads, shares: [Float], pairs known: [PairShares], floor: Float) {
    self.heads = heads
    self.shares = FloatBuffer(shares)
    shareWeights = FloatBuffer(shares.map { 1 / (($0 + floor) * Float(heads.count)) })
    let known = known.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
    layout = PairLayout(heads: heads, pairs: known.map { ($0.first, $0.second) })
    (pairs, pairWeights) = (FloatBuffer(count: layout.count), FloatBuffer(count: layout.count))
    let count = Float(known.count)
    layout.place(known.map(\.shares), heads: heads, in: pairs)
    layout.place(
      known.map { pair in pair.shares.map { 1 / ((max($0, 0) + floor + pair.doubt) * count) } },
      heads: heads, in: pairWeights)
  }

  /// Creates targets from rows that training is allowed to see.
  package init(of rows: TrainingRows, heads: ColumnHeads, floor: Float) {
    self.init(heads: heads, shares: rows.shares(), pairs: rows.pairShares(), floor: floor)
  }
}

/// The shares of the pairs of codes of two columns, the lower one first.
package struct PairShares: Sendable {
  package let first: Int
  package let second: Int
  /// Row-major over the codes of both; noisy ones may be negative.
  package let shares: [Float]
  /// The possible error of a share: it is added to the share before a gap is divided by it.
  package let doubt: Float

  package init(first: Int, second: Int, shares: [Float], doubt: Float = 0) {
    (self.first, self.second, self.shares, self.doubt) = (first, second, shares, doubt)
  }
}

extension TrainingRows {
  /// Returns the shares of all pairs of columns.
  func pairShares() -> [PairShares] {
    let total = Float(max(count, 1))
    return Workload.combinations(columns.count, 2).map { pair in
      let counts = MarginalCounter.count(columns, attributes: pair, sizes: sizes, rows: count)
      return PairShares(first: pair[0], second: pair[1], shares: counts.map { Float($0) / total })
    }
  }
}
