import Accounting
import Basics
import Encoding
import Ledger

/// Sums of vectors with noise of known variance, in the unit of their formula.
package struct NoisySums: Sendable, Equatable {
  package let values: [Double]
  /// The variance of the noise on each value.
  package let variance: Double

  /// - Parameter variance: of the noise on each value; 0 for sums over public rows.
  package init(values: [Double], variance: Double) {
    (self.values, self.variance) = (values, variance)
  }
}

extension Curator {
  /// Returns the sum over the privacy units of the vectors that a formula gives their rows, each
  /// unit's clipped to the length `clip`, with discrete Gaussian noise on a whole-number grid.
  ///
  /// Adding or removing a unit changes the sum by at most `clip` in the L2 norm, however many rows
  /// it has: `docs/proofs/clipped-sum.md`. A domain must have been adopted that keeps the values of
  /// the variables whose ticks are read.
  /// - Parameters:
  ///   - formula: made from public facts and paid answers alone.
  ///   - clip: above 0, public.
  package func clippedSum(
    of formula: RowFormula, clip: Double, rho: Rho, purpose: Purpose = .measurement
  ) throws -> NoisySums {
    precondition(clip > 0 && clip.isFinite, "vectors are clipped to a length above zero")
    let question = Question.clippedSum(coordinates: formula.count)
    let answer = try counts(
      question, exact: exactSum(of: formula, clip: clip),
      sensitivity: Sensitivity(Double(ClippedVector.sensitivity)), rho: rho,
      purpose: purpose)
    let step = clip / Double(ClippedVector.sensitivity)
    return NoisySums(
      values: answer.values.map { Double($0) * step }, variance: answer.variance * step * step)
  }

  /// Adds whole numbers, so that the order of the units does not matter.
  private func exactSum(of formula: RowFormula, clip: Double) -> [Int] {
    let (units, columns, ticks) = (units, exactCounts.columns, keptTicks)
    let part = 1 << 14
    let sums = Concurrently.map((units.count + part - 1) / part) { index in
      let evaluation = RowEvaluation(formula, columns: columns, ticks: ticks)
      var sum = [Int](repeating: 0, count: formula.count)
      var vector = [Double](repeating: 0, count: formula.count)
      for unit in index * part..<min((index + 1) * part, units.count) {
        for coordinate in vector.indices { vector[coordinate] = 0 }
        for place in units.rows(of: unit) { evaluation.add(units.row(at: place), to: &vector) }
        for (coordinate, steps) in ClippedVector.steps(of: vector, clip: clip).enumerated() {
          sum[coordinate] += steps
        }
      }
      return sum
    }
    return sums.reduce([Int](repeating: 0, count: formula.count)) { total, sum in
      zip(total, sum).map { $0 + $1 }
    }
  }
}
