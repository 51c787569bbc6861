import NeuralNetworks

/// The pairs of columns with known shares, and their places in one buffer: only known pairs are
/// computed or held.
///
/// Pairs with consecutive second columns form one band, a matrix of the codes of the first column
/// by those of the second ones, so that all pairs of a table take one product per column.
package struct PairLayout: Sendable {
  /// The codes of a column, those of columns after it, and the start of their matrix.
  struct Band: Sendable {
    let first: Range<Int>
    let second: Range<Int>
    let start: Int
  }

  let bands: [Band]
  /// The size of all bands.
  package let count: Int
  private let width: Int

  /// - Parameter pairs: Pairs of columns, the lower one first, in ascending order, without
  ///   repetition.
  package init(heads: ColumnHeads, pairs: [(first: Int, second: Int)]) {
    var bands: [Band] = []
    var (count, last) = (0, (first: -1, second: -1))
    for pair in pairs {
      precondition(
        pair.first < pair.second && (last.first, last.second) < pair,
        "pairs of columns out of order")
      let (first, second) = (heads.range(of: pair.first), heads.range(of: pair.second))
      if pair.first == last.first, pair.second == last.second + 1, let band = bands.popLast() {
        bands.append(
          Band(first: first, second: band.second.lowerBound..<second.upperBound, start: band.start))
      } else {
        bands.append(Band(first: first, second: second, start: count))
      }
      count += first.count * second.count
      last = pair
    }
    (self.bands, self.count, width) = (bands, count, heads.width)
  }

  /// Writes the shares of pairs, in the layout's order, row-major each.
  package func place(_ pairs: some Sequence<[Float]>, heads: ColumnHeads, in buffer: FloatBuffer) {
    var pairs = pairs.makeIterator()
    for band in bands {
      for second in 0..<heads.count where band.second.contains(heads.range(of: second).lowerBound) {
        guard let values = pairs.next() else {
          preconditionFailure("fewer pairs than the layout has")
        }
        let columns = heads.range(of: second)
        for (index, value) in values.enumerated() {
          let (row, column) = (
            index / columns.count,
            index % columns.count + columns.lowerBound - band.second.lowerBound
          )
          buffer.base[band.start + row * band.second.count + column] = value
        }
      }
    }
  }

  /// Computes the sums over rows of the products of probabilities, [rows, width].
  package func sum(_ probabilities: UnsafePointer<Float>, rows: Int, into sums: FloatBuffer) {
    sums.fill(0)
    for band in bands {
      BLAS.addProduct(
        transposed: probabilities + band.first.lowerBound, probabilities + band.second.lowerBound,
        to: sums.base + band.start,
        rows: band.first.count, inner: rows, columns: band.second.count,
        strides: (width, width, band.second.count))
    }
  }

  /// Adds the effect of the sums' gaps on each probability, [rows, width].
  package func addSignal(
    _ gaps: FloatBuffer, probabilities: UnsafePointer<Float>, rows: Int,
    to signal: UnsafeMutablePointer<Float>
  ) {
    for band in bands {
      let (first, second, gaps) = (
        band.first.lowerBound, band.second.lowerBound, gaps.base + band.start
      )
      BLAS.multiply(
        probabilities + second, transposed: gaps, into: signal + first, rows: rows,
        inner: band.second.count, columns: band.first.count,
        adding: true, strides: (width, band.second.count, width))
      BLAS.multiply(
        probabilities + first, gaps, into: signal + second, rows: rows, inner: band.first.count,
        columns: band.second.count, adding: true,
        strides: (width, band.second.count, width))
    }
  }
}
