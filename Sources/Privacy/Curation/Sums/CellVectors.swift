import Encoding

extension RowFormula {
  /// A vector for each cell of a table of some attributes.
  package struct CellVectors: Sendable, Equatable {
    /// A dimension of the table.
    package struct Axis: Sendable, Equatable {
      let attribute: Int
      let groups: [Int?]
      let count: Int

      /// - Parameters:
      ///   - groups: the group of each code; nil if its rows lie in no cell.
      ///   - count: the number of groups.
      package init(attribute: Int, groups: [Int?], count: Int) {
        (self.attribute, self.groups, self.count) = (attribute, groups, count)
      }
    }

    /// The part of a vector outside which it is zero.
    package struct Placed: Sendable, Equatable {
      let first: Int
      let values: [Double]

      package init(first: Int, values: [Double]) { (self.first, self.values) = (first, values) }
    }

    private let axes: [Axis]
    private let vectors: [Placed]
    /// The length of the vectors, with their zeros.
    let length: Int

    /// - Parameter vectors: one for each cell, the last axis fastest.
    package init(axes: [Axis], vectors: [Placed]) {
      precondition(
        vectors.count == axes.reduce(1) { $0 * $1.count }, "a vector for each cell")
      (self.axes, self.vectors) = (axes, vectors)
      length = vectors.reduce(0) { max($0, $1.first + $1.values.count) }
    }

    /// Returns the vector of a row; nil if it lies in no cell.
    func vector(of row: Int, _ columns: [CodeColumn]) -> Placed? {
      var cell = 0
      for axis in axes {
        guard let group = axis.groups[columns[axis.attribute][row]] else { return nil }
        cell = cell * axis.count + group
      }
      return vectors[cell]
    }
  }
}
