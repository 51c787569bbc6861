import Basics
import Quality

/// The numbers of three tables in units of their tolerance, and a key for everything else.
struct NearGrid: Sendable {
  /// `[sides][columns][rows]`; 0 if a cell is missing or not a number, which the key tells.
  private let numbers: [[[Float]]]
  private let keysOfSides: [[UInt64]]
  /// The column by which rows are sorted; nil without numbers.
  let sortColumn: Int?
  let columnCount: Int

  init(_ tables: AttackTables) {
    let numeric = tables.columns.indices.filter { tables.columns[$0].isNumeric }
    let labels = tables.columns.indices.filter { !tables.columns[$0].isNumeric }
    let units = Concurrently.map(numeric.count) {
      NearGrid.unit(tables.values(numeric[$0], of: .original))
    }
    numbers = AttackTables.Side.allCases.map { side in
      Concurrently.map(numeric.count) {
        NearGrid.scaled(tables.values(numeric[$0], of: side), unit: units[$0])
      }
    }
    keysOfSides = AttackTables.Side.allCases.map { side in
      var keys = RowCopies.keys(labels.map { tables.values($0, of: side) })
      if labels.isEmpty { keys = [UInt64](repeating: 0, count: tables.rows(of: side)) }
      for column in numeric {
        guard case .numbers(let values) = tables.values(column, of: side) else { continue }
        for row in keys.indices {
          keys[row] = RowHash.mix(
            keys[row] ^ (values[row].isNaN ? 1 : values[row].isFinite ? 2 : 3))
        }
      }
      return keys
    }
    columnCount = numeric.count
    let original = numbers[0]
    sortColumn = numeric.indices.min {
      NearGrid.crowding(original[$0]) < NearGrid.crowding(original[$1])
    }
  }

  func keys(_ side: AttackTables.Side) -> [UInt64] { keysOfSides[NearGrid.place(side)] }

  /// Returns the numbers of some rows, row after row, the sort column first, sorted by it; and the
  /// rows in that order.
  func sorted(_ rows: [Int32], of side: AttackTables.Side) -> (rows: [Int32], cells: [Float]) {
    guard let sortColumn else { return (rows, []) }
    let columns = numbers[NearGrid.place(side)]
    let order = rows.sorted {
      (columns[sortColumn][Int($0)], $0) < (columns[sortColumn][Int($1)], $1)
    }
    let places = [sortColumn] + columns.indices.filter { $0 != sortColumn }
    var cells: [Float] = []
    cells.reserveCapacity(rows.count * places.count)
    for row in order {
      for place in places { cells.append(columns[place][Int(row)]) }
    }
    return (order, cells)
  }

  private static func place(_ side: AttackTables.Side) -> Int {
    AttackTables.Side.allCases.firstIndex(of: side) ?? 0
  }

  private static func unit(_ values: ColumnValues) -> (origin: Double, scale: Double) {
    guard case .numbers(let values) = values else { return (0, 1) }
    let sorted = values.filter(\.isFinite).sorted()
    guard let low = sorted.first, let high = sorted.last, high > low else {
      // A constant: only the value itself is near.
      return (sorted.first ?? 0, 1e12)
    }
    let spread = sorted[sorted.count * 99 / 100] - sorted[sorted.count / 100]
    return (low, 1 / (NearCopies.tolerance * (spread > 0 ? spread : high - low)))
  }

  private static func scaled(_ values: ColumnValues, unit: (origin: Double, scale: Double))
    -> [Float]
  {
    guard case .numbers(let values) = values else { return [] }
    return values.map { $0.isFinite ? Float(($0 - unit.origin) * unit.scale) : 0 }
  }

  /// Returns the chance that two rows share a unit of the column, in parts of all pairs.
  private static func crowding(_ values: [Float]) -> Double {
    var counts: [Float: Double] = [:]
    for value in values { counts[value.rounded(.down), default: 0] += 1 }
    return counts.values.reduce(0) { $0 + $1 * $1 }
  }
}
