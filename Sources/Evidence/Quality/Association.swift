import Foundation

/// The association of two columns, from the counts of their cells.
package struct Association: Codable, Sendable, Equatable {
  /// Cramér's V with Bergsma's correction (2013, equations 3 to 5) for small samples: 0 if
  /// unrelated, 1 if one decides the other.
  package var cramersV: Double
  /// The mutual information of the two columns, as a share of the smaller of their entropies, 0 to
  /// 1. Uncorrected.
  package var information: Double

  package init(cramersV: Double, information: Double) {
    self.cramersV = cramersV
    self.information = information
  }

  /// `counts` is `[rows, columns]`, row-major.
  package init(counts: [Int32], rows: Int, columns: Int) {
    var rowTotals = [Double](repeating: 0, count: rows)
    var columnTotals = [Double](repeating: 0, count: columns)
    for row in 0..<rows {
      for column in 0..<columns {
        let count = Double(counts[row * columns + column])
        rowTotals[row] += count
        columnTotals[column] += count
      }
    }
    let total = rowTotals.reduce(0, +)
    let usedRows = Double(rowTotals.count { $0 > 0 })
    let usedColumns = Double(columnTotals.count { $0 > 0 })
    guard total > 1, usedRows > 1, usedColumns > 1 else {
      self.init(cramersV: 0, information: 0)
      return
    }
    var chiSquare = 0.0
    var information = 0.0
    for row in 0..<rows where rowTotals[row] > 0 {
      for column in 0..<columns where columnTotals[column] > 0 {
        let count = Double(counts[row * columns + column])
        let expected = rowTotals[row] * columnTotals[column] / total
        chiSquare += (count - expected) * (count - expected) / expected
        if count > 0 { information += count / total * log(count / expected) }
      }
    }
    let phi = max(0, chiSquare / total - (usedRows - 1) * (usedColumns - 1) / (total - 1))
    let smaller = min(
      usedRows - (usedRows - 1) * (usedRows - 1) / (total - 1),
      usedColumns - (usedColumns - 1) * (usedColumns - 1) / (total - 1))
    let entropy = min(
      Association.entropy(rowTotals, total), Association.entropy(columnTotals, total))
    self.init(
      cramersV: smaller > 1 ? min(1, (phi / (smaller - 1)).squareRoot()) : 0,
      information: entropy > 0 ? min(1, max(0, information / entropy)) : 0)
  }

  private static func entropy(_ counts: [Double], _ total: Double) -> Double {
    -counts.reduce(0) { $1 > 0 ? $0 + $1 / total * log($1 / total) : $0 }
  }
}

/// The association of every pair of columns of one table.
package struct AssociationMatrix: Codable, Sendable, Equatable {
  package var columns: [String]
  /// Cramér's V of each pair, in the order (0, 1), (0, 2), …, (1, 2), …
  package var cramersV: [Double]

  package init(columns: [String], cramersV: [Double]) {
    precondition(
      cramersV.count == columns.count * (columns.count - 1) / 2, "one value a pair of columns")
    self.columns = columns
    self.cramersV = cramersV
  }

  /// Returns the value of two different columns, by their places.
  package func value(_ first: Int, _ second: Int) -> Double {
    cramersV[AssociationMatrix.place(first, second, of: columns.count)]
  }

  /// Returns the place of the pair in a list of all pairs.
  package static func place(_ first: Int, _ second: Int, of count: Int) -> Int {
    let low = min(first, second)
    let high = max(first, second)
    return low * count - low * (low + 1) / 2 + high - low - 1
  }
}
