import Encoding
import NeuralNetworks

/// Rows of codes that training is allowed to see unprotected: the owner chose to train without a
/// guarantee.
package struct TrainingRows: Sendable {
  package let columns: [CodeColumn]
  package let sizes: [Int]
  package let count: Int

  /// - Precondition: The columns have equal length.
  package init(columns: [CodeColumn], sizes: [Int]) {
    precondition(!columns.isEmpty && columns.count == sizes.count, "one size a column")
    self.columns = columns
    self.sizes = sizes
    count = columns[0].count
  }

  /// Returns the share of rows with each code, column by column.
  package func shares() -> [Float] {
    zip(columns, sizes).flatMap { column, size in
      MarginalCounter.count([column], attributes: [0], sizes: [size], rows: count).map {
        Float($0) / Float(max(count, 1))
      }
    }
  }

  /// Writes rows as one-hot codes, [rows.count, width].
  package func write(
    _ rows: UnsafeBufferPointer<Int32>, heads: ColumnHeads, to out: UnsafeMutablePointer<Float>
  ) {
    let width = heads.width
    out.update(repeating: 0, count: rows.count * width)
    for (column, codes) in columns.enumerated() {
      let start = Int(heads.starts[column])
      switch codes {
      case .bytes(let codes):
        codes.withUnsafeBufferPointer { codes in
          for (index, row) in rows.enumerated() {
            out[index * width + start + Int(codes[Int(row)])] = 1
          }
        }
      case .words(let codes):
        codes.withUnsafeBufferPointer { codes in
          for (index, row) in rows.enumerated() {
            out[index * width + start + Int(codes[Int(row)])] = 1
          }
        }
      }
    }
  }
}
