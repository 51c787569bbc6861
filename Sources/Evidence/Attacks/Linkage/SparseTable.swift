import Quality
import Tables

/// A sparse table in long format, grouped by person: who rated, bought or visited what, and when.
package struct SparseTable: Sendable {
  /// The columns that hold person, item, value and time.
  package struct Layout: Sendable {
    package var person: String
    package var item: String
    package var value: String?
    package var time: String?

    package init(person: String, item: String, value: String? = nil, time: String? = nil) {
      (self.person, self.item, self.value, self.time) = (person, item, value, time)
    }

    var columns: [String] { [person, item] + [value, time].compactMap(\.self) }
  }

  package struct Entry: Sendable, Equatable {
    var item: Int32
    /// NaN if there is none.
    var value: Double
    /// Days since 1970; NaN if there is none.
    var day: Double
  }

  /// The entries of each person, in the order in which people first appear.
  package let people: [[Entry]]
  package var entryCount: Int { people.reduce(0) { $0 + $1.count } }

  init(people: [[Entry]]) { self.people = people }

  /// Reads tables that share their items. Plain numbers in the time column are seconds since 1970
  /// if the largest exceeds 100 million, and days otherwise.
  package static func read(_ tables: [(name: String, table: Table)], _ layout: Layout)
    throws(AttackError) -> [SparseTable]
  {
    for (name, table) in tables {
      let lacking = layout.columns.filter { table.column(named: $0) == nil }
      if !lacking.isEmpty { throw .missingColumns(lacking, table: name) }
      if table.rowCount == 0 { throw .emptyTable(name) }
    }
    var items: [String: Int32] = [:]
    var read: [SparseTable] = []
    for (name, table) in tables {
      read.append(SparseTable(people: try group(table, name: name, layout, &items)))
    }
    return read
  }

  private static func group(
    _ table: Table, name: String, _ layout: Layout, _ items: inout [String: Int32]
  ) throws(AttackError) -> [[Entry]] {
    guard let person = table.column(named: layout.person),
      let item = table.column(named: layout.item)
    else { return [] }
    let values = try numbers(layout.value, table, name)
    let days = try numbers(layout.time, table, name).map(inDays)
    var places: [Int64: Int] = [:]
    var people: [[Entry]] = []
    var codes: [Int64: Int32] = [:]
    for row in 0..<table.rowCount {
      guard let key = person.cells.key(row), let itemKey = item.cells.key(row) else { continue }
      if codes[itemKey] == nil {
        let text = item.text(ofKey: itemKey)
        codes[itemKey] = items[text] ?? Int32(items.count)
        items[text] = codes[itemKey]
      }
      if places[key] == nil {
        places[key] = people.count
        people.append([])
      }
      people[places[key] ?? 0].append(
        Entry(item: codes[itemKey] ?? -1, value: values?[row] ?? .nan, day: days?[row] ?? .nan))
    }
    return people
  }

  private static func numbers(_ column: String?, _ table: Table, _ name: String) throws(AttackError)
    -> [Double]?
  {
    guard let column, let cells = table.column(named: column) else { return nil }
    let aligned = AlignedColumn(original: cells, synthetic: cells, holdout: nil)
    guard case .numbers(let values) = aligned.original else {
      throw .notANumber(column: column, table: name)
    }
    return aligned.scale == .seconds ? values.map { $0 / secondsPerDay } : values
  }

  private static let secondsPerDay = 86_400.0

  private static func inDays(_ values: [Double]) -> [Double] {
    let largest = values.reduce(0) { $1.isFinite ? max($0, $1) : $0 }
    return largest > 1e8 ? values.map { $0 / secondsPerDay } : values
  }
}
