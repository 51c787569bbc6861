import Basics
import Quality

/// The scale on which rows of several tables are compared: Gower's distance (1971), Σ |a − b| /
/// range over numbers + mismatches over labels.
///
/// A range is the difference between the largest and the smallest value in any of the tables. Two
/// missing cells are 0 apart, a missing and a present cell 1. Labels come first, then numbers, each
/// in the order of the table.
package struct RowSpace: Sendable {
  /// Codes of cells that are not numbers: more than 1 away from every number and from each other.
  package static let missing = 4.0
  package static let alien = 8.0

  package let tables: AttackTables
  /// The table's columns in the order of the space.
  package let columns: [Int]
  package let labelCount: Int
  private let origins: [Double]
  private let ranges: [Double]

  package var numberCount: Int { columns.count - labelCount }

  /// - Parameter chosen: places of columns in the table; nil for all.
  package init(
    _ tables: AttackTables, columns chosen: [Int]? = nil,
    sides: [AttackTables.Side] = AttackTables.Side.allCases
  ) {
    let chosen = chosen ?? Array(tables.columns.indices)
    let labels = chosen.filter { !tables.columns[$0].isNumeric }
    let numbers = chosen.filter { tables.columns[$0].isNumeric }
    self.tables = tables
    columns = labels + numbers
    labelCount = labels.count
    let bounds = Concurrently.map(numbers.count) { index -> (Double, Double) in
      var (low, high) = (Double.infinity, -Double.infinity)
      for side in sides {
        guard case .numbers(let values) = tables.values(numbers[index], of: side) else { continue }
        for value in values where value.isFinite {
          (low, high) = (min(low, value), max(high, value))
        }
      }
      return (low, high)
    }
    origins = bounds.map { $0.0.isFinite ? $0.0 : 0 }
    ranges = bounds.map { $0.1 > $0.0 ? $0.1 - $0.0 : 1 }
  }

  private init(
    tables: AttackTables, columns: [Int], labelCount: Int, origins: [Double], ranges: [Double]
  ) {
    (self.tables, self.columns, self.labelCount, self.origins, self.ranges) = (
      tables, columns, labelCount, origins, ranges
    )
  }

  /// Returns the same scale on some of the columns, given as places in the table.
  package func only(_ kept: Set<Int>) -> RowSpace {
    let places = columns.indices.filter { kept.contains(columns[$0]) }
    let numbers = places.filter { $0 >= labelCount }
    return RowSpace(
      tables: tables, columns: places.map { columns[$0] }, labelCount: places.count - numbers.count,
      origins: numbers.map { origins[$0 - labelCount] },
      ranges: numbers.map { ranges[$0 - labelCount] })
  }

  /// Returns one column of one side: codes, or numbers in units of the range.
  package func values(_ place: Int, of side: AttackTables.Side) -> [Double] {
    switch tables.values(columns[place], of: side) {
    case .labels(let codes): return codes.map(Double.init)
    case .numbers(let values):
      let (origin, scale) = (origins[place - labelCount], ranges[place - labelCount])
      return values.map { value in
        value.isNaN ? RowSpace.missing : value.isFinite ? (value - origin) / scale : RowSpace.alien
      }
    }
  }
}
