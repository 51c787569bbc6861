import ColumnRoles
import LinkedTables
import SchemaFiles
import Tables

/// A schema whose links are found: adds times, keys of several columns, rules, and comments with
/// the evidence.
struct FoundSchema {
  private var schema: LinkedSchema
  private let tables: [FoundTable]
  private let notes: [String]
  private var annotations = LinkedAnnotations()

  static let observed = "observed, for your eyes only: "
  /// Siblings that have to bear witness; fewer prove nothing.
  static let leastWitnesses = 20

  init(_ schema: LinkedSchema, _ tables: [FoundTable], notes: [String]) {
    (self.schema, self.tables, self.notes) = (schema, tables, notes)
  }

  func finished() -> FoundLinks {
    var found = self
    for index in schema.tables.indices where !schema.tables[index].isPublic {
      if schema.tables[index].name != schema.person { found.findTimes(index) }
    }
    found.findCompositeKeys()
    found.describeTables()
    let data = LinkedData(schema: found.schema, tables: tables.map(\.table))
    var rules = LinkRuleFinder(data)
    rules.find()
    found.schema.rules = rules.rules
    found.annotations.evidence = rules.evidence
    found.annotations.rules = rules.comments
    found.annotations.header = notes.map { "Left out: \($0)" }
    for check in data.linkChecks() { found.comment(check) }
    for check in data.keyChecks() { found.comment(check) }
    return FoundLinks(
      schema: found.schema, annotations: found.annotations,
      data: LinkedData(schema: found.schema, tables: tables.map(\.table)), notes: notes)
  }

  // MARK: Times

  private static let ends: Set<String> = [
    "end", "ended", "stop", "out", "until", "to", "disch", "finish", "leave", "left", "close",
    "fin",
    "ende", "bis", "off",
  ]

  /// The first column of times that few cells lack says when an event was or began; the end is a
  /// later one that is called so, or the only other one.
  private mutating func findTimes(_ index: Int) {
    let table = tables[index].table
    let times = table.columns.filter { $0.type.microsecondsPerTick != nil }
    let fewest = times.map(\.missingCount).min() ?? 0
    guard let start = times.first(where: { $0.missingCount == fewest }) else { return }
    schema.tables[index].time = start.name
    let later = times.filter { $0.name != start.name && Self.follows($0, start) }
    let named = later.filter { column in
      KeyNames.words(column.name).contains { word in
        Self.ends.contains { end in
          word == end || word == "\(end)time" || word == "\(end)date"
            || end.count > 3 && word.hasPrefix(end)
        }
      }
    }
    guard let end = named.min(by: { $0.missingCount < $1.missingCount }) else { return }
    schema.tables[index].end = end.name
  }

  /// Whether a column lies at or behind another in nearly every row that has both.
  private static func follows(_ later: Column, _ earlier: Column) -> Bool {
    guard case .ticks(let ends) = later.cells, case .ticks(let starts) = earlier.cells,
      let order = LinkOrder(earlier.type, later.type)
    else { return false }
    var (checked, broken) = (0, 0)
    for (start, end) in zip(starts, ends) where Cells.isValue(start) && Cells.isValue(end) {
      checked += 1
      if order.isAbove(start, end) { broken += 1 }
    }
    return checked >= 2 && broken * 50 <= checked
  }

  // MARK: Keys of several columns

  /// A table without a key of its own has one in its owner's key and another column, if no owner
  /// has a value twice: numbers of diagnoses, or a set of codes.
  private mutating func findCompositeKeys() {
    let data = LinkedData(schema: schema, tables: tables.map(\.table))
    for index in schema.tables.indices {
      let table = schema.tables[index]
      guard !table.isPublic, table.key.isEmpty, let owner = schema.owner(of: table),
        let parent = schema.index(of: owner.table)
      else { continue }
      let groups = RowGroups(
        data.owners[index], count: tables[parent].table.rowCount, order: nil)
      let siblings = (0..<groups.count).reduce(0) { $0 + max(0, groups[$1].count - 1) }
      guard siblings >= Self.leastWitnesses else { continue }
      let column = tables[index].table.columns.first { column in
        let isLink =
          table.parents.contains { $0.columns.contains(column.name) }
          && schema.isStructural(ColumnPlace(table.name, column.name))
        guard !isLink, column.missingCount == 0, column.type.microsecondsPerTick == nil,
          !column.type.isDecimal
        else { return false }
        return (0..<groups.count).allSatisfy { group in
          var seen: Set<Int64> = []
          return groups[group].allSatisfy { row in
            column.cells.key(Int(row)).map { seen.insert($0).inserted } ?? false
          }
        }
      }
      if let column { schema.tables[index].key = owner.columns + [column.name] }
    }
  }

  // MARK: Columns, and rules within a row

  private mutating func describeTables() {
    for index in schema.tables.indices {
      let table = schema.tables[index]
      let notes = InspectionNotes(
        table: tables[index].table, schema: table.schema, advice: tables[index].advice,
        comments: tables[index].comments)
      var own = notes.annotations
      // The unit of linked tables is the person, and public tables are copied as they are.
      own.unit = []
      own.header = []
      if table.isPublic {
        own = SchemaAnnotations()
      } else {
        schema.tables[index].schema.rules = notes.suggestions.rules
      }
      for name in table.schema.columns.map(\.name) { own.columns[name]?.repeats = [] }
      for name in table.schema.columns.map(\.name)
      where schema.isStructural(ColumnPlace(table.name, name)) {
        own.columns[name]?.role = []
        own.columns[name]?.filling = []
      }
      annotations.tables[table.name] = own
    }
  }

  // MARK: Evidence

  private mutating func comment(_ check: LinkedData.LinkCheck) {
    let link = "\(check.link.columns.joined(separator: ", ")) -> \(check.link.table)"
    var parts: [String] = []
    if check.missing > 0 { parts.append("\(check.missing) name none") }
    if check.unknown > 0 { parts.append("\(check.unknown) name a row that is not there") }
    if check.strangers > 0 { parts.append("\(check.strangers) name another person's row") }
    let all = parts.isEmpty ? "every one finds its row" : parts.joined(separator: ", ")
    annotations.links[check.table, default: []].append(
      "\(Self.observed)\(link): of \(check.rows) rows, \(all)\(fanOut(check)).")
  }

  private func fanOut(_ check: LinkedData.LinkCheck) -> String {
    guard check.kind == .owner, let child = schema.index(of: check.table),
      let parent = schema.index(of: check.link.table), check.rows > 0
    else { return "" }
    let data = LinkedData(schema: schema, tables: tables.map(\.table))
    let groups = RowGroups(data.owners[child], count: tables[parent].table.rowCount, order: nil)
    let sizes = (0..<groups.count).map { groups[$0].count }.sorted()
    guard let most = sizes.last else { return "" }
    return
      "; a row of \(check.link.table) has \(sizes[0]) to \(most), the median one \(sizes[sizes.count / 2])"
  }

  private mutating func comment(_ check: LinkedData.KeyCheck) {
    var lines: [String] = []
    if check.repeatedKeys > 0 {
      lines.append("\(Self.observed)\(check.repeatedKeys) rows have a key that an earlier row has.")
    }
    if check.nobodys > 0 {
      lines.append(
        "\(Self.observed)\(check.nobodys) rows belong to nobody, and a release does not use them.")
    }
    annotations.links[check.table, default: []] += lines
  }
}
