import NeuralNetworks
import VectorKernels

/// The marginals of a mixture of rows in which columns are independent, and their derivatives: the
/// working memory of one core.
///
/// A generator's row is a distribution for each column. A marginal of the whole is the mean over
/// the rows of the products of its columns' distributions (Liu, Vietri and Wu 2021, section 4): a
/// matrix product.
package final class ProductMixture: @unchecked Sendable {
  let sizes: [Int]
  let rows: Int
  /// The probabilities of each column, [rows, size].
  let columns: [FloatBuffer]
  /// The derivative of the loss by the probabilities of each column, [rows, size].
  package let signals: [FloatBuffer]
  private var outer = FloatBuffer(count: 1)
  private var outerSignal = FloatBuffer(count: 1)
  private var cells = FloatBuffer(count: 1)
  private var gap = FloatBuffer(count: 1)

  /// - Parameter columns: Shared with others that only read them.
  package init(sizes: [Int], rows: Int, columns: [FloatBuffer]) {
    self.sizes = sizes
    self.rows = rows
    self.columns = columns
    signals = sizes.map { FloatBuffer(count: rows * $0) }
  }

  /// Returns the marginal over one to three ascending attributes, the last running fastest.
  package func marginal(_ attributes: [Int]) -> [Float] {
    project(attributes)
    return Array(UnsafeBufferPointer(start: cells.base, count: cellCount(attributes)))
  }

  /// Adds to ``signals`` the derivative of the weighted squared distance of a marginal to its
  /// target, and returns half that distance.
  package func addSignals(_ target: MarginalTarget) -> Float {
    let attributes = target.attributes
    project(attributes)
    let count = cellCount(attributes)
    reserve(&gap, count)
    var loss: Float = 0
    for cell in 0..<count {
      let distance = cells.base[cell] - target.shares[cell]
      gap.base[cell] = distance * target.weights[cell] / Float(rows)
      loss += distance * distance * target.weights[cell]
    }
    guard let last = attributes.last else { return 0 }
    let (width, lastWidth) = (count / sizes[last], sizes[last])
    if attributes.count == 1 {
      fk_add_to_rows(signals[last].base, gap.base, rows, lastWidth)
      return loss / 2
    }
    let left = attributes.count == 2 ? columns[attributes[0]] : outer
    BLAS.multiply(
      left.base, gap.base, into: signals[last].base, rows: rows, inner: width, columns: lastWidth,
      adding: true)
    if attributes.count == 2 {
      BLAS.multiply(
        columns[last].base, transposed: gap.base, into: signals[attributes[0]].base, rows: rows,
        inner: lastWidth, columns: width,
        adding: true)
    } else {
      reserve(&outerSignal, rows * width)
      BLAS.multiply(
        columns[last].base, transposed: gap.base, into: outerSignal.base, rows: rows,
        inner: lastWidth, columns: width)
      let (first, second) = (attributes[0], attributes[1])
      fk_row_products_backward(
        signals[first].base, signals[second].base, outerSignal.base, columns[first].base,
        columns[second].base, rows, sizes[first],
        sizes[second])
    }
    return loss / 2
  }

  /// Writes the marginal to ``cells`` and, if there are three attributes, the products of the first
  /// two to ``outer``.
  private func project(_ attributes: [Int]) {
    precondition((1...3).contains(attributes.count), "a marginal of one to three attributes")
    let count = cellCount(attributes)
    reserve(&cells, count)
    cells.base.update(repeating: 0, count: count)
    let last = attributes[attributes.count - 1]
    if attributes.count == 1 {
      fk_add_column_sums(cells.base, columns[last].base, nil, rows, sizes[last])
    } else {
      var left = columns[attributes[0]]
      if attributes.count == 3 {
        let (first, second) = (attributes[0], attributes[1])
        reserve(&outer, rows * sizes[first] * sizes[second])
        fk_row_products(
          outer.base, columns[first].base, columns[second].base, rows, sizes[first], sizes[second])
        left = outer
      }
      BLAS.addProduct(
        transposed: left.base, columns[last].base, to: cells.base, rows: count / sizes[last],
        inner: rows, columns: sizes[last])
    }
    for cell in 0..<count { cells.base[cell] /= Float(rows) }
  }

  private func cellCount(_ attributes: [Int]) -> Int { attributes.reduce(1) { $0 * sizes[$1] } }

  private func reserve(_ buffer: inout FloatBuffer, _ count: Int) {
    if buffer.count < count { buffer = FloatBuffer(count: max(count, 2 * buffer.count)) }
  }
}

/// A noisy marginal that a network is fitted to.
package struct MarginalTarget: Sendable {
  /// Ascending, one to three.
  package let attributes: [Int]
  /// Noisy shares of the rows, one per cell, the last attribute running fastest; they may be
  /// negative.
  package let shares: [Float]
  /// The weights of squared distances: one over the variance of the share, up to a common factor.
  package let weights: [Float]

  package init(attributes: [Int], values: [Double], variances: [Double], total: Double) {
    self.attributes = attributes
    shares = values.map { Float($0 / total) }
    // In units of the variance of a count of one ten-thousandth of the table.
    weights = variances.map { Float(1e-4 * total / max($0, 1e-9) * total * 1e-4) }
  }
}
