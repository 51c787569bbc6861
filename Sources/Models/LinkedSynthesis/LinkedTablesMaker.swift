import Basics
import Encoding
import LinkedTables
import Tables

/// Makes the tables of a release from drawn rows: fresh keys and links, modelled columns, and
/// invented cells for everything else.
package struct LinkedTablesMaker {
  private let plan: LinkedPlan
  private let drawn: [Int: DrawnRows]
  private let columns: [Int: [String: Column]]
  private var generator: SamplingGenerator
  /// The finished columns of keys and links, by table.
  private var links: [Int: [String: Cells]] = [:]
  /// Makes the cells of a column that is not modelled; nil if the column is left out.
  private let filling: (ColumnSchema, Int) -> Column?

  package init(
    plan: LinkedPlan, drawn: [Int: DrawnRows], columns: [Int: [String: Column]], seed: UInt64,
    filling: @escaping (ColumnSchema, Int) -> Column?
  ) {
    (self.plan, self.drawn, self.columns, self.filling) = (plan, drawn, columns, filling)
    generator = SamplingGenerator(seed: seed, stream: 1 << 33)
    for table in plan.tables { addLinks(of: table) }
  }

  /// Returns the table of people at a place in the schema.
  package func table(_ index: Int) -> Table {
    let described = plan.schema.tables[index]
    let rows = drawn[index]?.count ?? 0
    let made = described.schema.columns.compactMap { column -> Column? in
      if column.role == .drop { return nil }
      if let cells = links[index]?[column.name] { return column.filled(with: cells) }
      return columns[index]?[column.name] ?? filling(column, rows)
    }
    return distinct(obeying(Table(columns: made), described), described)
  }

  // MARK: Keys

  private mutating func addLinks(of table: TablePlan) {
    let described = plan.schema.tables[table.table]
    let rows = drawn[table.table]?.count ?? 0
    var made: [String: Cells] = [:]
    for link in described.parents {
      guard let parent = plan.schema.index(of: link.table) else { continue }
      let target = plan.schema.tables[parent]
      guard let up = self.rows(of: parent, link, in: table) else { continue }
      for (name, key) in zip(link.columns, target.key) {
        guard let cells = links[parent]?[key] ?? columns[parent]?[key]?.cells else { continue }
        made[name] = cells.at(up)
      }
    }
    let own = described.key.filter { made[$0] == nil }
    if described.key.count == 1, let name = own.first,
      let column = described.schema.column(named: name)
    {
      made[name] = keys(column, rows: rows)
    } else if own.count == 1, let column = described.schema.column(named: own[0]),
      column.type == .integer
    {
      made[own[0]] = .ticks(numbers(table.table).map { Int64($0) })
    }
    links[table.table] = made
  }

  /// Returns fresh keys in the style of a column: numbers from 1, or texts.
  private mutating func keys(_ column: ColumnSchema, rows: Int) -> Cells {
    if column.type.isOrdered { return .ticks((0..<rows).map { Int64($0) + 1 }) }
    if column.role == .identifier(.uuid) {
      return Cells(labels: (0..<rows).map { uuid($0) as String? })
    }
    return Cells(labels: (0..<rows).map { String($0 + 1) as String? })
  }

  private mutating func uuid(_ row: Int) -> String {
    func hex(_ value: UInt64, _ digits: Int) -> String {
      let text = String(value, radix: 16)
      return String(repeating: "0", count: digits - text.count) + text
    }
    let (high, low) = (generator.next(), generator.next())
    return [
      hex(high >> 32, 8), hex(high >> 16 & 0xffff, 4), "4" + hex(high & 0xfff, 3),
      "a" + hex(low >> 52, 3), hex(UInt64(row) & 0xffff_ffff_ffff, 12),
    ].joined(separator: "-")
  }

  /// The place of each row among those of its owner, from 1.
  private func numbers(_ table: Int) -> [Int] {
    guard let rows = drawn[table] else { return [] }
    return zip(rows.starts, rows.starts.dropFirst()).flatMap { 1..<(1 + $1 - $0) }
  }

  /// Returns the row of a link's table for each row; nil if the link is to a public table.
  private mutating func rows(of parent: Int, _ link: ParentLink, in table: TablePlan) -> [Int32]? {
    switch plan.schema.kind(of: link, in: plan.schema.tables[table.table]) {
    case .lookup: return nil
    case .owner: return drawn[table.table]?.owners
    case .ancestor: return people(of: table.table, upTo: parent)
    case .sideways:
      guard let mine = people(of: table.table, upTo: plan.tables[0].table),
        let theirs = people(of: parent, upTo: plan.tables[0].table)
      else { return nil }
      var known: [Int32: [Int32]] = [:]
      for (row, person) in theirs.enumerated() { known[person, default: []].append(Int32(row)) }
      return mine.map { person in
        guard let rows = known[person] else { return -1 }
        return rows[generator.below(rows.count)]
      }
    }
  }

  private func people(of table: Int, upTo ancestor: Int) -> [Int32]? {
    var rows = (0..<Int32(drawn[table]?.count ?? 0)).map { $0 }
    var index = table
    while index != ancestor {
      guard let owners = drawn[index]?.owners, let owner = plan.plan(of: index).owner else {
        return nil
      }
      rows = rows.map { owners[Int($0)] }
      index = owner
    }
    return rows
  }

  // MARK: Rules over rows

  /// Returns a table without rows whose key an earlier row has. Only tables that nothing refers to
  /// have such keys: all others get fresh ones.
  private func distinct(_ table: Table, _ described: LinkedTable) -> Table {
    guard described.key.count > 1, plan.schema.children(of: described.name).isEmpty else {
      return table
    }
    let columns = described.key.compactMap { table.column(named: $0)?.cells }
    var seen: Set<[Int64]> = []
    let kept = (0..<table.rowCount).filter { row in
      seen.insert(columns.map { $0.number(row) }).inserted
    }
    guard kept.count < table.rowCount else { return table }
    let rows = kept.map { Int32($0) }
    return Table(columns: table.columns.map { $0.replacing(cells: $0.cells.at(rows)) })
  }

  /// Returns a table in which at most one row of each owner meets the conditions of such a rule.
  private func obeying(_ table: Table, _ described: LinkedTable) -> Table {
    plan.schema.rules.reduce(table) { table, rule in
      guard case .atMostOne(described.name, let ancestor, let conditions) = rule,
        let index = plan.schema.index(of: described.name),
        let above = plan.schema.index(of: ancestor),
        let groups = people(of: index, upTo: above),
        let own = conditions.first(where: { $0.place.table == described.name }),
        let column = table.column(named: own.place.column),
        case .labels(var codes, let dictionary) = column.cells
      else { return table }
      let isMeant = dictionary.labels.map(own.values.contains)
      let other = isMeant.firstIndex(of: false).map { Int32($0) } ?? Cells.missingCode
      var seen: Set<Int32> = []
      for (row, code) in codes.enumerated()
      where code >= 0 && isMeant[Int(code)] && !seen.insert(groups[row]).inserted {
        codes[row] = other
      }
      let mended = column.replacing(cells: .labels(codes: codes, dictionary: dictionary))
      return Table(columns: table.columns.map { $0.name == column.name ? mended : $0 })
    }
  }
}

extension Cells {
  /// Returns the cells of these rows; a row of -1 has none.
  fileprivate func at(_ rows: [Int32]) -> Cells {
    switch self {
    case .ticks(let ticks): .ticks(rows.map { $0 < 0 ? Cells.missingTick : ticks[Int($0)] })
    case .labels(let codes, let dictionary):
      .labels(
        codes: rows.map { $0 < 0 ? Cells.missingCode : codes[Int($0)] }, dictionary: dictionary)
    }
  }

  fileprivate func number(_ row: Int) -> Int64 {
    switch self {
    case .ticks(let ticks): ticks[row]
    case .labels(let codes, _): Int64(codes[row])
    }
  }
}
