import Tables

/// How linked tables fit their schema, for their owner and for judges of a release. The counts come
/// from the rows.
extension LinkedData {
  /// How often a rule could be checked, and how often it was broken.
  package struct RuleCheck: Sendable, Equatable {
    package let checked: Int
    package let broken: Int

    package init(checked: Int, broken: Int) { (self.checked, self.broken) = (checked, broken) }

    /// The share of checks that found the rule broken; 0 if there were none.
    package var share: Double { checked == 0 ? 0 : Double(broken) / Double(checked) }
  }

  /// The keys and the people of a table.
  package struct KeyCheck: Sendable, Equatable {
    package let table: String
    package let rows: Int
    /// Rows whose key an earlier row has.
    package let repeatedKeys: Int
    /// Rows that belong to nobody; 0 for a public table.
    package let nobodys: Int
  }

  /// The references by one link.
  package struct LinkCheck: Sendable, Equatable {
    package let table: String
    package let link: ParentLink
    package let kind: LinkedSchema.LinkKind
    package let rows: Int
    /// Rows without one of the link's cells.
    package let missing: Int
    /// Rows with a key that no row of the other table has.
    package let unknown: Int
    /// Rows whose link leads to another person than the owner does.
    package let strangers: Int
  }

  /// Returns the check of every table's key, in the order of the file.
  package func keyChecks() -> [KeyCheck] {
    schema.tables.enumerated().map { index, table in
      KeyCheck(
        table: table.name, rows: tables[index].rowCount,
        repeatedKeys: KeyIndex(tables[index], table.key).repeats,
        nobodys: people[index].count { $0 == Self.nobody })
    }
  }

  /// Returns the check of every link, in the order of the file.
  package func linkChecks() -> [LinkCheck] {
    schema.tables.enumerated().flatMap { index, table in
      table.parents.map { linkCheck($0, of: table, at: index) }
    }
  }

  private func linkCheck(_ link: ParentLink, of table: LinkedTable, at index: Int) -> LinkCheck {
    let cells = link.columns.compactMap { tables[index].column(named: $0)?.cells }
    let found = rows(of: link, in: index)
    let parent = schema.index(of: link.table) ?? 0
    let kind = schema.kind(of: link, in: table)
    var (missing, unknown, strangers) = (0, 0, 0)
    for (row, other) in found.enumerated() {
      if !cells.allSatisfy({ $0.isPresent(row) }) {
        missing += 1
      } else if other == Self.nobody {
        unknown += 1
      } else if kind == .ancestor || kind == .sideways, people[index][row] != Self.nobody,
        people[parent][Int(other)] != people[index][row]
      {
        strangers += 1
      }
    }
    return LinkCheck(
      table: table.name, link: link, kind: kind, rows: found.count, missing: missing,
      unknown: unknown, strangers: strangers)
  }

  /// Counts how often the rows break a rule. Zero checks if a column is lacking.
  package func check(_ rule: LinkRule) -> RuleCheck {
    switch rule {
    case .ordered(let earlier, let later): checkOrder(earlier, later)
    case .beforeNext(let end, let start): checkNext(end, start)
    case .onlyIf(let present, let conditions): checkPresence(present, conditions)
    case .determines(let determinant, let dependent): checkDetermined(determinant, dependent)
    case .atMostOne(let table, let ancestor, let conditions):
      checkNumber(table, ancestor, conditions)
    }
  }

  private func checkOrder(_ earlier: ColumnPlace, _ later: ColumnPlace) -> RuleCheck {
    guard let lower = schema.lower(earlier.table, later.table).flatMap(schema.index),
      let first = view(earlier, from: lower), let second = view(later, from: lower),
      let order = LinkOrder(first.type, second.type)
    else { return RuleCheck(checked: 0, broken: 0) }
    var (checked, broken) = (0, 0)
    for row in 0..<tables[lower].rowCount {
      guard let one = first.tick(row), let other = second.tick(row) else { continue }
      checked += 1
      if order.isAbove(one, other) { broken += 1 }
    }
    return RuleCheck(checked: checked, broken: broken)
  }

  private func checkNext(_ end: ColumnPlace, _ start: ColumnPlace) -> RuleCheck {
    guard let index = schema.index(of: end.table), let ends = view(end, from: index),
      let starts = view(start, from: index), let order = LinkOrder(ends.type, starts.type)
    else { return RuleCheck(checked: 0, broken: 0) }
    let times = (0..<tables[index].rowCount).map { starts.tick($0) ?? .max }
    let groups = RowGroups(people[index], count: tables[rootIndex].rowCount, order: times)
    var (checked, broken) = (0, 0)
    for person in 0..<groups.count {
      let rows = groups[person]
      for (row, next) in zip(rows, rows.dropFirst()) {
        guard let one = ends.tick(Int(row)), let other = starts.tick(Int(next)) else { continue }
        checked += 1
        if order.isAbove(one, other) { broken += 1 }
      }
    }
    return RuleCheck(checked: checked, broken: broken)
  }

  private func checkPresence(_ present: ColumnPlace, _ conditions: [LinkRule.Condition])
    -> RuleCheck
  {
    guard let index = schema.index(of: present.table), let cells = view(present, from: index),
      let tests = tests(conditions, from: index)
    else { return RuleCheck(checked: 0, broken: 0) }
    var (checked, broken) = (0, 0)
    for row in 0..<tables[index].rowCount where cells.key(row) != nil {
      checked += 1
      if !tests.allSatisfy({ $0(row) }) { broken += 1 }
    }
    return RuleCheck(checked: checked, broken: broken)
  }

  /// Counts the rows beside those with the most frequent value of their determinant.
  private func checkDetermined(_ determinant: ColumnPlace, _ dependent: ColumnPlace) -> RuleCheck {
    guard let index = schema.index(of: determinant.table),
      let first = view(determinant, from: index), let second = view(dependent, from: index)
    else { return RuleCheck(checked: 0, broken: 0) }
    var counts: [Int64: [Int64: Int]] = [:]
    var checked = 0
    for row in 0..<tables[index].rowCount {
      guard let one = first.key(row), let other = second.key(row) else { continue }
      counts[one, default: [:]][other, default: 0] += 1
      checked += 1
    }
    let kept = counts.values.reduce(0) { $0 + ($1.values.max() ?? 0) }
    return RuleCheck(checked: checked, broken: checked - kept)
  }

  private func checkNumber(
    _ table: String, _ ancestor: String, _ conditions: [LinkRule.Condition]
  ) -> RuleCheck {
    guard let index = schema.index(of: table), let tests = tests(conditions, from: index) else {
      return RuleCheck(checked: 0, broken: 0)
    }
    var seen: Set<Int32> = []
    var (checked, broken) = (0, 0)
    for (row, owner) in rows(of: ancestor, for: index).enumerated()
    where owner != Self.nobody && tests.allSatisfy({ $0(row) }) {
      checked += 1
      if !seen.insert(owner).inserted { broken += 1 }
    }
    return RuleCheck(checked: checked, broken: broken)
  }
}

/// The cells of a column as the rows of a table see them: their own, those of the row that they
/// belong to, or those of the public row that they name.
package struct LinkedView: Sendable {
  package let type: ColumnType
  private let cells: Cells
  private let rows: [Int32]?

  init(_ column: Column, rows: [Int32]?) {
    (type, cells, self.rows) = (column.type, column.cells, rows)
  }

  /// The tick or code of the cell that a row sees; nil if there is none, or it is missing.
  @inline(__always)
  package func key(_ row: Int) -> Int64? {
    guard let rows else { return cells.key(row) }
    return rows[row] == LinkedData.nobody ? nil : cells.key(Int(rows[row]))
  }

  /// The value that a row sees in an ordered column; nil if there is none, or it is a code word.
  @inline(__always)
  package func tick(_ row: Int) -> Int64? {
    guard case .ticks = cells, let tick = key(row), Cells.isValue(tick) else { return nil }
    return tick
  }

  /// The labels of the codes; empty for an ordered column.
  package var labels: [String] {
    if case .labels(_, let dictionary) = cells { dictionary.labels } else { [] }
  }
}

extension LinkedData {
  /// Returns a column as the rows of a table see it; nil if they do not reach it, or if it is not
  /// there.
  package func view(_ place: ColumnPlace, from index: Int) -> LinkedView? {
    guard let other = schema.index(of: place.table),
      let column = tables[other].column(named: place.column)
    else { return nil }
    if other == index { return LinkedView(column, rows: nil) }
    let table = schema.tables[index]
    if schema.ancestors(of: table.name).contains(place.table) {
      return LinkedView(column, rows: rows(of: place.table, for: index))
    }
    let link = table.parents.first { $0.table == place.table }
    return link.map { LinkedView(column, rows: rows(of: $0, in: index)) }
  }

  /// Returns a test of a row for each condition; nil if a column is lacking.
  private func tests(_ conditions: [LinkRule.Condition], from index: Int) -> [(Int) -> Bool]? {
    let tests = conditions.compactMap { condition -> ((Int) -> Bool)? in
      guard let column = schema.column(condition.place),
        let values = ConditionValues(condition.values, of: column),
        let view = view(condition.place, from: index)
      else { return nil }
      guard !column.type.isOrdered else {
        return { row in view.key(row).map { values.contains($0) } ?? false }
      }
      let isNamed = view.labels.map { values.contains($0) }
      return { row in view.key(row).map { isNamed[Int($0)] } ?? false }
    }
    return tests.count == conditions.count ? tests : nil
  }
}
