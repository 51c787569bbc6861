/// The association of every pair of columns of one table.
package struct AssociationMatrix: Codable, Sendable, Equatable {
  package var columns: [String]
  /// Cramér's V of each pair, in the order (0, 1), (0, 2), …, (1, 2), …
  package var cramersV: [Double]

  package init(columns: [String], cramersV: [Double]) {
    precondition(cramersV.count == columns.count * (columns.count - 1) / 2, "one value a pair of columns")
    self.columns = columns
    self.cramersV = cramersV
  }

  /// Returns the value of two different columns, by their places.
  package func value(_ first: Int, _ second: Int) -> Double {
    cramersV[AssociationMatrix.place(first, second, of: columns.count)]
  }

  /// Returns the place of the pair in a list of all pairs.
  static func place(_ first: Int, _ second: Int, of count: Int) -> Int {
    let low = min(first, second)
    let high = max(first, second)
    return low * count - low * (low + 1) / 2 + high - low - 1
  }
}
