import Tables

/// The rows of a table by the key in some of its columns: the first row of each key.
package struct KeyIndex {
  private let table: Table
  private let key: [String]
  private var ticks: [Int64: Int32] = [:]
  private var codes: [[UInt8]: Int32] = [:]
  private var several: [[KeyPart]: Int32] = [:]
  /// The number of rows whose key an earlier row has.
  package private(set) var repeats = 0

  /// A cell of a key.
  private enum KeyPart: Hashable {
    case tick(Int64)
    case label([UInt8])
  }

  /// Indexes the rows. A row without one of the cells has no key.
  package init(_ table: Table, _ key: [String]) {
    (self.table, self.key) = (table, key)
    let columns = key.compactMap { table.column(named: $0) }
    guard columns.count == key.count, !key.isEmpty else { return }
    if columns.count > 1 {
      several.reserveCapacity(table.rowCount)
      for row in 0..<table.rowCount {
        guard let parts = Self.parts(columns, row) else { continue }
        if several[parts] == nil { several[parts] = Int32(row) } else { repeats += 1 }
      }
      return
    }
    switch columns[0].cells {
    case .ticks(let cells):
      ticks.reserveCapacity(cells.count)
      for (row, tick) in cells.enumerated() where tick != Cells.missingTick {
        if ticks[tick] == nil { ticks[tick] = Int32(row) } else { repeats += 1 }
      }
    case .labels(let cells, let dictionary):
      var first = [Int32](repeating: LinkedData.nobody, count: dictionary.count)
      for (row, code) in cells.enumerated() where code != Cells.missingCode {
        if first[Int(code)] == LinkedData.nobody {
          first[Int(code)] = Int32(row)
        } else {
          repeats += 1
        }
      }
      codes.reserveCapacity(dictionary.count)
      for (code, row) in first.enumerated() where row != LinkedData.nobody {
        codes[dictionary.withUTF8(code) { Array($0) }] = row
      }
    }
  }

  /// Returns the row that each row of another table refers to by columns that hold this key.
  package func rows(of other: Table, _ names: [String]) -> [Int32] {
    let columns = names.compactMap { other.column(named: $0) }
    let none = [Int32](repeating: LinkedData.nobody, count: other.rowCount)
    guard columns.count == key.count, !columns.isEmpty else { return none }
    if columns.count > 1 {
      return (0..<other.rowCount).map { row in
        Self.parts(columns, row).flatMap { several[$0] } ?? LinkedData.nobody
      }
    }
    switch columns[0].cells {
    case .ticks(let cells):
      return cells.map {
        $0 == Cells.missingTick ? LinkedData.nobody : ticks[$0] ?? LinkedData.nobody
      }
    case .labels(let cells, let dictionary):
      let known = (0..<dictionary.count).map { code in
        dictionary.withUTF8(code) { codes[Array($0)] } ?? LinkedData.nobody
      }
      return cells.map { $0 == Cells.missingCode ? LinkedData.nobody : known[Int($0)] }
    }
  }

  private static func parts(_ columns: [Column], _ row: Int) -> [KeyPart]? {
    var parts: [KeyPart] = []
    for column in columns {
      switch column.cells {
      case .ticks(let cells):
        guard cells[row] != Cells.missingTick else { return nil }
        parts.append(.tick(cells[row]))
      case .labels(let cells, let dictionary):
        guard cells[row] != Cells.missingCode else { return nil }
        parts.append(.label(dictionary.withUTF8(Int(cells[row])) { Array($0) }))
      }
    }
    return parts
  }
}
