import Curation
import LinkedTables
import Tables

/// What is asked about each of several linked tables, and how their times are measured: from the
/// schema alone.
///
/// Times are modelled as differences from other times of the same person, so that their order
/// survives by construction (docs/decisions/0036-linked-synthesis.md).
package struct LinkedPlan: Sendable {
  package let schema: LinkedSchema
  package let anchor: TreeAnchor
  /// The tables of people, each behind its owner; the root is first.
  package let tables: [TablePlan]

  package init(_ schema: LinkedSchema) {
    self.schema = schema
    let recipes = TimeRecipes(schema)
    anchor = recipes.anchor
    tables = schema.downward.map { TablePlan(schema, table: $0, recipes: recipes) }
  }

  /// Returns the plan of the table at a place in the schema.
  package func plan(of table: Int) -> TablePlan {
    tables.first { $0.table == table } ?? tables[0]
  }

  /// Whether the rows of a table are sets of values that belong to events in order.
  func hasHistory(_ table: TablePlan) -> Bool {
    !table.isTimed && (table.owner.map { plan(of: $0).isTimed } ?? false)
  }

  /// Whether the rows of a table are one set of values for each person, as the items of a basket
  /// are.
  func isSetOfPerson(_ table: TablePlan) -> Bool {
    !table.isTimed && table.owner == tables[0].table
  }
}

/// The view of one table.
package struct TablePlan: Sendable {
  /// The place of the table among those of the schema.
  package let table: Int
  package let name: String
  /// The place of the owner; nil for the root.
  package let owner: Int?
  /// The tables that it owns.
  package let children: [Int]
  /// The columns of its view.
  package let columns: [TreeView.Column]
  /// The times of the table, and the columns of the view from which they are computed.
  package let times: [TimeRecipe]
  package let rules: [Rule]
  /// Whether the rows of an owner are in order of time.
  package let isTimed: Bool

  init(_ schema: LinkedSchema, table index: Int, recipes: TimeRecipes) {
    let table = schema.tables[index]
    (self.table, name) = (index, table.name)
    isTimed = table.time != nil
    let ownerName = schema.owner(of: table)?.table
    owner = ownerName.flatMap(schema.index)
    children = schema.children(of: table.name).compactMap(schema.index)
    times = recipes.times(of: table)
    let timed = Set(times.map(\.column))
    let kept = table.schema.columns.filter { column in
      column.isModelled && column.type != .identifier && column.type != .text
        && !timed.contains(column.name)
        && !schema.isStructural(ColumnPlace(table.name, column.name))
    }
    var columns = times.flatMap { $0.columns(of: table, in: schema) }
    columns += kept.map { TreeView.Column($0, .cell($0.name)) }
    columns += children.map { child in
      let name = TablePlan.countName(schema.tables[child].name)
      return TreeView.Column(
        ColumnSchema(name: name, type: .integer), .children(table: child))
    }
    self.columns = columns
    let names = Set(kept.map(\.name))
    let own = schema.rules.compactMap { rule -> Rule? in
      guard case .determines(let one, let other) = rule, one.table == table.name,
        other.table == table.name
      else { return nil }
      return .determines(determinant: one.column, dependent: other.column)
    }
    rules = (table.schema.rules + own.filter { !table.schema.rules.contains($0) })
      .filter { rule in rule.columns.allSatisfy(names.contains) }
  }

  /// The view, with further columns behind its own.
  package func view(adding more: [TreeView.Column] = []) -> TreeView {
    TreeView(table: table, name: name, columns: columns + more, rules: rules)
  }

  package static func countName(_ child: String) -> String { "number of \(child)" }
}

/// How a column of times is computed from differences.
package struct TimeRecipe: Sendable {
  package let column: String
  package let parts: [Part]

  /// A difference, the name of its column in the view, and whether it is none of the row's if the
  /// base is missing.
  package struct Part: Sendable {
    package let name: String
    package let value: TreeValue
  }

  /// The columns of the view that hold the differences.
  func columns(of table: LinkedTable, in schema: LinkedSchema) -> [TreeView.Column] {
    parts.map { part in
      var described = ColumnSchema(
        name: part.name, type: .integer,
        isNullable: part.value.mayBeMissing(of: table, in: schema))
      if case .start(let place) = part.value, let own = schema.column(place) {
        described.type = own.type
        described.bounds = own.bounds
      }
      return TreeView.Column(described, part.value)
    }
  }
}

extension TreeValue {
  /// Whether the schema allows that a row has no such difference.
  fileprivate func mayBeMissing(of table: LinkedTable, in schema: LinkedSchema) -> Bool {
    func isNullable(_ name: String, _ table: LinkedTable?) -> Bool {
      table?.schema.column(named: name)?.isNullable ?? true
    }
    guard case .since(let name, let base) = self else { return true }
    switch base {
    case .column(let other):
      return isNullable(name, table) || isNullable(other, table)
    case .owner(let other):
      let owner = schema.owner(of: table).flatMap { schema.table(named: $0.table) }
      return isNullable(name, table) || isNullable(other, owner)
    case .previous, .firstOfOwner, .firstOfStart, .start, .latest: return true
    }
  }
}

/// The bases of all columns of times.
struct TimeRecipes {
  private let schema: LinkedSchema
  let anchor: TreeAnchor

  init(_ schema: LinkedSchema) {
    self.schema = schema
    let events = schema.children(of: schema.person).lazy
      .compactMap { schema.table(named: $0) }
      .compactMap { table in table.time.map { ColumnPlace(table.name, $0) } }.first
    let root = schema.table(named: schema.person)
    anchor = TreeAnchor(events: events, own: root.map { Self.times(of: $0, schema) } ?? [])
  }

  /// Returns the modelled columns of times with a date.
  private static func times(of table: LinkedTable, _ schema: LinkedSchema) -> [String] {
    table.schema.columns.filter {
      $0.isModelled && $0.type.microsecondsPerTick != nil
        && !schema.isStructural(ColumnPlace(table.name, $0.name))
    }.map(\.name)
  }

  func times(of table: LinkedTable) -> [TimeRecipe] {
    let names = Self.times(of: table, schema)
    if table.name == schema.person { return root(table, names) }
    return names.map { name in
      TimeRecipe(
        column: name, parts: name == table.time ? event(table, name) : [other(table, name)])
    }
  }

  // MARK: The root

  private func root(_ table: LinkedTable, _ names: [String]) -> [TimeRecipe] {
    guard let place = anchor.events ?? names.first.map({ ColumnPlace(table.name, $0) }) else {
      return []
    }
    let start = TimeRecipe(
      column: anchor.events == nil ? place.column : "",
      parts: [.init(name: "start", value: .start(of: place))])
    return [start]
      + names.filter { anchor.events != nil || $0 != place.column }.map { name in
        TimeRecipe(column: name, parts: [.init(name: name, value: value(ofRoot: table, name))])
      }
  }

  private func value(ofRoot table: LinkedTable, _ name: String) -> TreeValue {
    let own = ColumnPlace(table.name, name)
    let before = schema.rules.compactMap { rule -> ColumnPlace? in
      guard case .ordered(let earlier, own) = rule, earlier.table != table.name else { return nil }
      return earlier
    }
    if !before.isEmpty { return .since(name, .latest(before)) }
    let isEarly = schema.rules.contains { rule in
      guard case .ordered(own, let later) = rule else { return false }
      return later.table != table.name
    }
    return isEarly ? .until(name, .start) : .since(name, .start)
  }

  // MARK: Tables below

  private func event(_ table: LinkedTable, _ name: String) -> [TimeRecipe.Part] {
    let place = ColumnPlace(table.name, name)
    let ends = schema.rules.compactMap { rule -> String? in
      guard case .beforeNext(let end, place) = rule, end.table == table.name else { return nil }
      return end.column
    }
    var parts = [
      TimeRecipe.Part(name: name, value: .since(name, .previous(ends + [name])))
    ]
    guard place != anchor.events else { return parts }
    let owner = schema.owner(of: table).flatMap { schema.table(named: $0.table) }
    let base: TreeBase =
      owner.flatMap(\.time).map { .firstOfOwner($0) } ?? .firstOfStart
    parts.insert(.init(name: "first \(name)", value: .since(name, base)), at: 0)
    return parts
  }

  private func other(_ table: LinkedTable, _ name: String) -> TimeRecipe.Part {
    let place = ColumnPlace(table.name, name)
    let within = table.schema.rules.compactMap { rule -> String? in
      if case .ordered(let earlier, name) = rule { earlier } else { nil }
    }
    let earlier = schema.rules.compactMap { rule -> ColumnPlace? in
      if case .ordered(let earlier, place) = rule { earlier } else { nil }
    }
    let owner = schema.owner(of: table).flatMap { schema.table(named: $0.table) }
    let same = within + earlier.filter { $0.table == table.name }.map(\.column)
    let value: TreeValue
    if let time = table.time, same.contains(time) || same.isEmpty {
      value = .since(name, .column(time))
    } else if let first = same.first {
      value = .since(name, .column(first))
    } else if let time = owner?.time {
      value = .since(name, .owner(time))
    } else if let owner, let above = earlier.first(where: { $0.table == owner.name }) {
      value = .since(name, .owner(above.column))
    } else {
      value = anchor.events == nil && anchor.own.isEmpty ? .cell(name) : .since(name, .start)
    }
    return .init(name: name, value: value)
  }
}
