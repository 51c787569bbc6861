import LinkedTables
import Tables

/// Searches linked tables for rules over tables: those that hold in every row, and those that few
/// rows break.
struct LinkRuleFinder {
  private let data: LinkedData
  private(set) var rules: [LinkRule] = []
  private(set) var evidence: [LinkRule: String] = [:]
  /// Rules that fail in some rows, as comments.
  private(set) var comments: [String] = []
  private var almost: [(rule: LinkRule, check: LinkedData.RuleCheck)] = []

  /// The share of rows that may break a rule that is still worth a comment.
  private static let few = 0.1
  private static let mostComments = 30
  private static let least = FoundSchema.leastWitnesses

  init(_ data: LinkedData) { self.data = data }

  mutating func find() {
    let schema = data.schema
    for index in schema.downward {
      findOrders(index)
      findNext(schema.tables[index])
      findNumbers(index)
    }
    for rule in rules where evidence[rule] == nil { evidence[rule] = "observed" }
    guard !almost.isEmpty else { return }
    comments.append(
      "\(FoundSchema.observed)some rows break these. Write those that must hold as rules, and correct the rows:"
    )
    comments += almost.prefix(Self.mostComments).map { rule, check in
      "  - \(rule.text)  (broken in \(check.broken) of \(check.checked))"
    }
  }

  private mutating func consider(_ rule: LinkRule, least: Int = Self.least) {
    let check = data.check(rule)
    guard check.checked >= least else { return }
    if check.broken == 0 {
      rules.append(rule)
      evidence[rule] = "observed: \(check.checked) of \(check.checked)"
    } else if check.share <= Self.few {
      almost.append((rule, check))
    }
  }

  // MARK: Times of rows and of those that they belong to

  private mutating func findOrders(_ index: Int) {
    let schema = data.schema
    let table = schema.tables[index]
    let own = times(of: index)
    for ancestor in schema.ancestors(of: table.name) {
      guard let above = schema.index(of: ancestor) else { continue }
      for time in own {
        for other in times(of: above) {
          let (mine, theirs) = (
            ColumnPlace(table.name, time), ColumnPlace(ancestor, other)
          )
          consider(.ordered(earlier: theirs, later: mine))
          consider(.ordered(earlier: mine, later: theirs))
        }
      }
    }
    dropImplied()
  }

  private func times(of index: Int) -> [String] {
    data.tables[index].columns.filter { column in
      column.type.microsecondsPerTick != nil
        && data.schema.tables[index].schema.column(named: column.name)?.isModelled ?? false
    }.map(\.name)
  }

  /// Takes out orders that follow from two others by a column that no row lacks.
  private mutating func dropImplied() {
    var edges: Set<[ColumnPlace]> = []
    for table in data.schema.tables {
      for case .ordered(let earlier, let later) in table.schema.rules {
        edges.insert([ColumnPlace(table.name, earlier), ColumnPlace(table.name, later)])
      }
    }
    for case .ordered(let earlier, let later) in rules { edges.insert([earlier, later]) }
    let solid = Set(edges.flatMap(\.self)).filter { place in
      guard let index = data.schema.index(of: place.table),
        let column = data.tables[index].column(named: place.column)
      else { return false }
      return column.missingCount == 0
    }
    for rule in rules {
      guard case .ordered(let earlier, let later) = rule else { continue }
      let isImplied = solid.contains { middle in
        middle != earlier && middle != later && edges.contains([earlier, middle])
          && edges.contains([middle, later]) && isBetween(middle, earlier, later)
          && !(edges.contains([middle, earlier]) || edges.contains([later, middle]))
      }
      if isImplied {
        rules.removeAll { $0 == rule }
        edges.remove([earlier, later])
      }
    }
  }

  /// Whether the rows that a rule compares also see a third column.
  private func isBetween(_ middle: ColumnPlace, _ one: ColumnPlace, _ other: ColumnPlace) -> Bool {
    guard let lower = data.schema.lower(one.table, other.table) else { return false }
    return ([lower] + data.schema.ancestors(of: lower)).contains(middle.table)
  }

  /// Stays that do not overlap.
  private mutating func findNext(_ table: LinkedTable) {
    guard !table.isPublic, let time = table.time, let end = table.end else { return }
    consider(.beforeNext(end: ColumnPlace(table.name, end), start: ColumnPlace(table.name, time)))
  }

  // MARK: Numbers of rows

  /// One row at most for each row of the owner, or one row at most of some kind for each person.
  private mutating func findNumbers(_ index: Int) {
    let schema = data.schema
    let table = schema.tables[index]
    guard let owner = schema.owner(of: table) else { return }
    let single = LinkRule.atMostOne(table: table.name, ancestor: owner.table, conditions: [])
    let check = data.check(single)
    if check.broken == 0, check.checked >= Self.least {
      rules.append(single)
      evidence[single] = "observed: in \(check.checked) rows"
      return
    }
    for column in table.schema.columns where column.isModelled { findKinds(index, column) }
  }

  /// The pairs of rows of one person that chance would give the same value; without them nothing is
  /// shown by their absence.
  private static let leastPairs = 8.0
  private static let mostKinds = 12

  private mutating func findKinds(_ index: Int, _ column: ColumnSchema) {
    guard let cells = data.tables[index].column(named: column.name) else { return }
    switch column.type {
    case .boolean, .category: break
    case .integer, .decimal, .scientific, .date, .timestamp, .identifier, .text: return
    }
    let counts = cells.counts()
    guard counts.count <= Self.mostKinds, counts.count > 1 else { return }
    let groups = RowGroups(
      data.people[index], count: data.tables[data.rootIndex].rowCount, order: nil)
    let pairs = (0..<groups.count).reduce(0.0) { sum, person in
      let size = Double(groups[person].count)
      return sum + size * (size - 1) / 2
    }
    let rows = Double(data.tables[index].rowCount)
    for (key, count) in counts.sorted(by: { $0.key < $1.key }) {
      let share = Double(count) / rows
      guard pairs * share * share >= Self.leastPairs else { continue }
      let rule = LinkRule.atMostOne(
        table: data.schema.tables[index].name, ancestor: data.schema.person,
        conditions: [
          LinkRule.Condition(
            ColumnPlace(data.schema.tables[index].name, column.name), [cells.text(ofKey: key)])
        ])
      let check = data.check(rule)
      guard check.broken == 0 else { continue }
      rules.append(rule)
      evidence[rule] = "observed: \(check.checked) such rows"
    }
  }
}
