import Curation
import LinkedTables
import Tables

/// The moments of every drawn row in microseconds: computed from differences, then moved so that
/// every rule holds. Moments are only ever moved to later ones, from a cause to its effects, so
/// that this ends.
struct TreeClock {
  static let never = Int64.min
  /// The years 1 to 9999.
  private static let range: ClosedRange<Int64> = -62_135_596_800_000_000...253_402_300_799_000_000

  private let plan: LinkedPlan
  private let drawn: [Int: DrawnRows]
  private var moments: [ColumnPlace: [Int64]] = [:]
  private var starts: [Int64] = []

  init(plan: LinkedPlan, drawn: [Int: DrawnRows]) { (self.plan, self.drawn) = (plan, drawn) }

  /// Returns the ticks of a column; nil if it has no moments.
  func ticks(of place: ColumnPlace, type: ColumnType) -> [Int64]? {
    guard let unit = type.microsecondsPerTick, let own = moments[place] else { return nil }
    return own.map { $0 == Self.never ? Cells.missingTick : Self.floor($0, by: unit) }
  }

  /// Computes every moment: first the root's, then those of each table below, and last those of the
  /// root that follow from what lies below.
  mutating func set(from decoded: [Int: [String: Column]]) {
    for table in plan.tables {
      for recipe in Self.ordered(table.times) where !Self.isLate(recipe) {
        set(recipe, of: table, from: decoded[table.table] ?? [:])
      }
      if table.owner != nil { setSeries(of: table, from: decoded[table.table] ?? [:]) }
    }
    for recipe in plan.tables[0].times where Self.isLate(recipe) {
      set(recipe, of: plan.tables[0], from: decoded[plan.tables[0].table] ?? [:])
    }
  }

  private static func isLate(_ recipe: TimeRecipe) -> Bool {
    recipe.parts.contains { if case .since(_, .latest) = $0.value { true } else { false } }
  }

  private static func isSeries(_ recipe: TimeRecipe) -> Bool {
    recipe.parts.contains { if case .since(_, .previous) = $0.value { true } else { false } }
  }

  /// Returns recipes behind those they start at.
  private static func ordered(_ recipes: [TimeRecipe]) -> [TimeRecipe] {
    var (done, left): ([TimeRecipe], [TimeRecipe]) = ([], recipes)
    while !left.isEmpty {
      let next =
        left.firstIndex { recipe in
          guard case .since(_, .column(let base))? = recipe.parts.first?.value else { return true }
          return !left.contains { $0.column == base }
        } ?? 0
      done.append(left.remove(at: next))
    }
    return done
  }

  // MARK: Moments of rows by themselves

  private mutating func set(
    _ recipe: TimeRecipe, of table: TablePlan, from columns: [String: Column]
  ) {
    // Times of a table with an order are computed row after row.
    guard table.owner == nil || !table.isTimed, let part = recipe.parts.first else { return }
    let count = drawn[table.table]?.count ?? 0
    let made = (0..<count).map { row in
      moment(part, row: row, of: table, from: columns)
    }
    if case .start = part.value { starts = made }
    if !recipe.column.isEmpty { moments[ColumnPlace(table.name, recipe.column)] = made }
  }

  private func moment(
    _ part: TimeRecipe.Part, row: Int, of table: TablePlan, from columns: [String: Column]
  ) -> Int64 {
    guard case .ticks(let ticks)? = columns[part.name]?.cells, Cells.isValue(ticks[row]) else {
      return Self.never
    }
    switch part.value {
    case .start(let place):
      return Self.product(ticks[row], unit(of: place))
    case .cell(let name):
      return Self.product(ticks[row], unit(of: ColumnPlace(table.name, name)))
    case .since(let name, let base):
      let start = self.base(base, row: row, of: table)
      return sum(start, ticks[row], unit: unit(of: ColumnPlace(table.name, name)))
    case .until(let name, let base):
      let start = self.base(base, row: row, of: table)
      return sum(
        start, -max(ticks[row], 0), unit: unit(of: ColumnPlace(table.name, name)))
    case .children, .attribute: return Self.never
    }
  }

  private func unit(of place: ColumnPlace) -> Int64 {
    plan.schema.column(place)?.type.microsecondsPerTick ?? 1
  }

  private static func product(_ ticks: Int64, _ unit: Int64) -> Int64 {
    let (moment, overflow) = ticks.multipliedReportingOverflow(by: unit)
    return overflow || !range.contains(moment) ? never : moment
  }

  private func sum(_ start: Int64, _ ticks: Int64, unit: Int64) -> Int64 {
    guard start != Self.never else { return Self.never }
    let (sum, overflow) = Self.floor(start, by: unit).addingReportingOverflow(ticks)
    return overflow ? Self.never : Self.product(sum, unit)
  }

  private func base(_ base: TreeBase, row: Int, of table: TablePlan) -> Int64 {
    func above(_ column: String) -> Int64 {
      guard let owner = table.owner, let rows = drawn[table.table] else { return Self.never }
      let place = ColumnPlace(plan.schema.tables[owner].name, column)
      return moments[place]?[Int(rows.owners[row])] ?? Self.never
    }
    switch base {
    case .column(let name): return moments[ColumnPlace(table.name, name)]?[row] ?? Self.never
    case .owner(let name), .firstOfOwner(let name): return above(name)
    case .start, .firstOfStart: return start(of: row, in: table)
    case .previous(let names):
      return names.reduce(Self.never) {
        max($0, moments[ColumnPlace(table.name, $1)]?[row - 1] ?? Self.never)
      }
    case .latest(let places): return latest(places, of: row)
    }
  }

  private func start(of row: Int, in table: TablePlan) -> Int64 {
    var (row, table) = (row, table)
    while let owner = table.owner, let rows = drawn[table.table] {
      row = Int(rows.owners[row])
      table = plan.plan(of: owner)
    }
    return starts.isEmpty ? Self.never : starts[row]
  }

  /// Returns the latest of moments below a row of the root; its start if there is none.
  private func latest(_ places: [ColumnPlace], of person: Int) -> Int64 {
    var latest = Self.never
    for place in places {
      guard let index = plan.schema.index(of: place.table) else { continue }
      var range = person..<person + 1
      for table in path(to: index) {
        let starts = drawn[table]?.starts ?? [0]
        range = starts[range.lowerBound]..<starts[range.upperBound]
      }
      for row in range { latest = max(latest, moments[place]?[row] ?? Self.never) }
    }
    return latest == Self.never && !starts.isEmpty ? starts[person] : latest
  }

  /// Returns the tables on the way from the root to a table, which is the last.
  private func path(to table: Int) -> [Int] {
    var path: [Int] = []
    var next: Int? = table
    while let index = next, let owner = plan.plan(of: index).owner {
      path.insert(index, at: 0)
      next = owner
    }
    return path
  }

  // MARK: Rows in order

  private mutating func setSeries(of table: TablePlan, from columns: [String: Column]) {
    guard table.isTimed, let rows = drawn[table.table] else { return }
    let recipes =
      Self.ordered(table.times.filter { Self.isSeries($0) })
      + Self.ordered(table.times.filter { !Self.isSeries($0) })
    for recipe in recipes {
      moments[ColumnPlace(table.name, recipe.column)] = [Int64](
        repeating: Self.never, count: rows.count)
    }
    for owner in 0..<max(rows.starts.count - 1, 0) {
      for row in rows.starts[owner]..<rows.starts[owner + 1] {
        let isFirst = row == rows.starts[owner]
        for recipe in recipes {
          let made =
            Self.isSeries(recipe)
            ? event(recipe, row: row, isFirst: isFirst, of: table, from: columns)
            : moment(recipe.parts[0], row: row, of: table, from: columns)
          moments[ColumnPlace(table.name, recipe.column)]?[row] = made
        }
      }
    }
  }

  private func event(
    _ recipe: TimeRecipe, row: Int, isFirst: Bool, of table: TablePlan,
    from columns: [String: Column]
  ) -> Int64 {
    let place = ColumnPlace(table.name, recipe.column)
    if isFirst {
      // The anchor's first event is the person's start itself.
      guard recipe.parts.count > 1 else { return start(of: row, in: table) }
      return moment(recipe.parts[0], row: row, of: table, from: columns)
    }
    guard let part = recipe.parts.last, case .since(_, let base) = part.value else {
      return Self.never
    }
    let before = self.base(base, row: row, of: table)
    let moment = self.moment(part, row: row, of: table, from: columns)
    return moment == Self.never ? moment : later(moment, than: before, unit: unit(of: place))
  }

  // MARK: Rules

  /// Returns the moment, or the first tick that is not before another moment.
  private func later(_ moment: Int64, than other: Int64, unit: Int64) -> Int64 {
    guard other != Self.never, moment < other else { return moment }
    let ticks = Self.floor(other, by: unit)
    return ticks * unit == other ? other : (ticks + 1) * unit
  }

  /// Moves moments until all orders hold, and takes out those that a condition forbids.
  mutating func keepRules(_ rules: [LinkRule], decoded: [Int: [String: Column]]) {
    let all =
      rules
      + plan.tables.flatMap { table in
        plan.schema.tables[table.table].schema.rules.compactMap { rule in
          rule.linked(in: table.name)
        }
      }
    for rule in all { blank(rule, decoded: decoded) }
    var rounds = 0
    var isMoved = true
    while isMoved, rounds < 64 {
      isMoved = false
      rounds += 1
      for rule in all where keep(rule) { isMoved = true }
    }
  }

  private mutating func keep(_ rule: LinkRule) -> Bool {
    switch rule {
    case .ordered(let earlier, let later): return keep(earlier, before: later)
    case .beforeNext(let end, let start):
      guard let table = plan.schema.index(of: end.table), let rows = drawn[table],
        let ends = moments[end], var starts = moments[start]
      else { return false }
      var isMoved = false
      let unit = unit(of: start)
      for owner in 0..<max(rows.starts.count - 1, 0) {
        for row in rows.starts[owner]..<rows.starts[owner + 1] where row > rows.starts[owner] {
          let moved = self.later(starts[row], than: ends[row - 1], unit: unit)
          if starts[row] != Self.never, moved != starts[row] {
            (starts[row], isMoved) = (moved, true)
          }
        }
      }
      moments[start] = starts
      return isMoved
    case .onlyIf, .determines, .atMostOne: return false
    }
  }

  private mutating func keep(_ earlier: ColumnPlace, before later: ColumnPlace) -> Bool {
    guard let first = moments[earlier], var second = moments[later],
      let one = plan.schema.index(of: earlier.table), let other = plan.schema.index(of: later.table)
    else { return false }
    let unit = unit(of: later)
    var isMoved = false
    func move(_ row: Int, _ moment: Int64) {
      guard second[row] != Self.never else { return }
      let moved = self.later(second[row], than: moment, unit: unit)
      if moved != second[row] { (second[row], isMoved) = (moved, true) }
    }
    if let up = rows(of: one, in: other) {
      for row in second.indices { move(row, first[up[row]]) }
    } else if let up = rows(of: other, in: one) {
      for row in first.indices { move(up[row], first[row]) }
    }
    moments[later] = second
    return isMoved
  }

  /// Returns the row of an ancestor (or of the table itself) of each row of a table; nil if it is
  /// none.
  private func rows(of ancestor: Int, in table: Int) -> [Int]? {
    var rows = Array(0..<(drawn[table]?.count ?? 0))
    var index = table
    while index != ancestor {
      guard let owner = plan.plan(of: index).owner, let owners = drawn[index]?.owners else {
        return nil
      }
      rows = rows.map { Int(owners[$0]) }
      index = owner
    }
    return rows
  }

  private mutating func blank(_ rule: LinkRule, decoded: [Int: [String: Column]]) {
    guard case .onlyIf(let present, let conditions) = rule, var own = moments[present],
      let table = plan.schema.index(of: present.table)
    else { return }
    for condition in conditions {
      guard let place = plan.schema.index(of: condition.place.table),
        let column = decoded[place]?[condition.place.column],
        let described = plan.schema.column(condition.place), let up = rows(of: place, in: table)
      else { continue }
      guard let values = ConditionValues(condition.values, of: described) else { continue }
      let isMet = values.areMet(by: column.cells)
      for row in own.indices where !isMet[up[row]] { own[row] = Self.never }
    }
    moments[present] = own
  }

  static func floor(_ moment: Int64, by unit: Int64) -> Int64 {
    let (quotient, rest) = moment.quotientAndRemainder(dividingBy: unit)
    return rest < 0 ? quotient - 1 : quotient
  }
}

extension ConditionValues {
  /// Whether each cell is among the values.
  fileprivate func areMet(by cells: Cells) -> [Bool] {
    switch cells {
    case .ticks(let ticks): return ticks.map(contains)
    case .labels(let codes, let dictionary):
      let isMeant = dictionary.labels.map { contains($0) }
      return codes.map { $0 != Cells.missingCode && isMeant[Int($0)] }
    }
  }
}

extension Rule {
  /// The rule within a row as one over tables, if it is about order or presence.
  fileprivate func linked(in table: String) -> LinkRule? {
    switch self {
    case .ordered(let earlier, let later):
      .ordered(earlier: ColumnPlace(table, earlier), later: ColumnPlace(table, later))
    case .onlyIf(let present, let conditions):
      .onlyIf(
        present: ColumnPlace(table, present),
        conditions: conditions.map { .init(ColumnPlace(table, $0.column), $0.values) })
    case .determines, .sum, .product, .never, .together, .unique, .circular: nil
    }
  }
}
