import Tables

extension LinkedSchema {
  /// Returns the contradictions in the schema, whether it came from a file or from code. The column
  /// of a fault is named with its table.
  package func inconsistencies() -> [SchemaFault] {
    let faults =
      nameFaults()
      + tables.flatMap { table in
        table.schema.inconsistencies().map { $0.inTable(table.name) } + ownFaults(of: table)
      }
    // What follows asks about trees, which make sense only if every name does.
    guard faults.isEmpty else { return faults }
    let tree = tables.flatMap { treeFaults(of: $0) }
    return tree.isEmpty ? rules.flatMap { self.faults(of: $0) } : tree
  }

  private func nameFaults() -> [SchemaFault] {
    var faults: [SchemaFault] = []
    var (names, files): (Set<String>, Set<String>) = ([], [])
    for table in tables {
      if !names.insert(table.name).inserted || !files.insert(table.file).inserted {
        faults.append(
          SchemaFault(
            problem: "the table '\(table.name)' is described twice, or its file is",
            allowed: "each table and each file once", remedy: "keep one of them"))
      }
      if !Self.isFileName(table.file) {
        faults.append(
          SchemaFault(
            problem: "the file of '\(table.name)' is not a name within the folder",
            allowed: "a name such as admissions.csv, without a folder",
            remedy: "put all the files into one folder and name them alone"))
      }
    }
    guard let root = table(named: person) else {
      faults.append(
        SchemaFault(
          problem: "`person` names the table '\(person)', which is not described",
          allowed: "the table with a row for each person",
          remedy: SchemaWords.nearest(to: person, in: tables.map(\.name)).map {
            "did you mean '\($0)'?"
          } ?? "name one of `tables`"))
      return faults
    }
    if root.isPublic || root.key.isEmpty || root.parents.contains(where: isToPeople) {
      faults.append(
        SchemaFault(
          problem: "the table '\(person)' cannot say who a person is",
          allowed:
            "a table with a `key`, that is not public and belongs to no other table of people",
          remedy: "correct it, or name another table behind `person`"))
    }
    return faults
  }

  private func isToPeople(_ link: ParentLink) -> Bool {
    table(named: link.table).map { !$0.isPublic } ?? false
  }

  /// Whether a text is a file's name that cannot lead out of a folder.
  package static func isFileName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 200 && !text.hasPrefix(".")
      && !text.contains { $0 == "/" || $0 == "\\" || $0 == ":" || $0.isNewline || $0 == "\0" }
  }

  /// Faults in the key, the links and the times of a table.
  private func ownFaults(of table: LinkedTable) -> [SchemaFault] {
    var faults: [SchemaFault] = []
    func columns(_ names: [String], _ key: String) {
      for name in names where table.schema.column(named: name) == nil {
        faults.append(
          SchemaFault(
            problem:
              "`\(key)` of '\(table.name)' names the column '\(name)', which is not described",
            allowed: "columns of the table",
            remedy: SchemaWords.nearest(to: name, in: table.schema.columns.map(\.name)).map {
              "did you mean '\($0)'?"
            } ?? "add the column or correct the name"))
      }
      if Set(names).count < names.count {
        faults.append(
          SchemaFault(
            problem: "`\(key)` of '\(table.name)' names a column twice",
            allowed: "different columns", remedy: "keep one of them"))
      }
    }
    columns(table.key, "key")
    for link in table.parents { columns(link.columns, "parents") }
    for (name, key) in [(table.time, "time"), (table.end, "end")] {
      guard let name else { continue }
      columns([name], key)
      if let column = table.schema.column(named: name), column.type.microsecondsPerTick == nil,
        column.type != .integer
      {
        faults.append(
          SchemaFault(
            problem: "`\(key)` of '\(table.name)' names '\(name)', which is not a time",
            allowed: "a date, a timestamp or a whole number such as a week",
            remedy: "correct the column's type, or name another"))
      }
    }
    return faults + table.parents.flatMap { self.faults(of: $0, in: table) }
  }

  private func faults(of link: ParentLink, in table: LinkedTable) -> [SchemaFault] {
    guard let parent = self.table(named: link.table) else {
      return [
        SchemaFault(
          problem:
            "`parents` of '\(table.name)' names the table '\(link.table)', which is not described",
          allowed: "tables of `tables`",
          remedy: SchemaWords.nearest(to: link.table, in: tables.map(\.name)).map {
            "did you mean '\($0)'?"
          } ?? "describe that table too, or take the link out")
      ]
    }
    guard !parent.key.isEmpty else {
      return [
        SchemaFault(
          problem: "'\(table.name)' refers to '\(link.table)', which has no `key`",
          allowed: "a parent whose rows have a key",
          remedy: "write `key:` at '\(link.table)', with the column that names a row")
      ]
    }
    guard parent.key.count == link.columns.count else {
      return [
        SchemaFault(
          problem:
            "'\(table.name)' refers to '\(link.table)' by \(link.columns.count) columns, and its key has \(parent.key.count)",
          allowed: "as many columns as the key has, in the same order",
          remedy: "correct `parents` or the key")
      ]
    }
    if table.isPublic, !parent.isPublic {
      return [
        SchemaFault(
          problem: "the public table '\(table.name)' refers to '\(link.table)', a table of people",
          allowed: "public tables that refer to public tables alone",
          remedy: "remove `public: yes`, or the link")
      ]
    }
    return zip(link.columns, parent.key).compactMap { name, key in
      guard let one = table.schema.column(named: name),
        let other = parent.schema.column(named: key),
        !one.type.holdsKeys(of: other.type)
      else { return nil }
      return SchemaFault(
        problem:
          "'\(table.name).\(name)' (\(one.type.schemaWord)) refers to '\(link.table).\(key)' (\(other.type.schemaWord))",
        allowed: "two columns of one type", remedy: "give both the same type")
    }
  }

  /// Faults in the way from a table to the person.
  private func treeFaults(of table: LinkedTable) -> [SchemaFault] {
    guard !table.isPublic, table.name != person else { return [] }
    guard owner(of: table) != nil else {
      let remedy =
        "if no row is about a person, write `public: yes`; else name the table that it belongs to behind `parents`"
      return [
        SchemaFault(
          problem:
            "'\(table.name)' belongs to no table of people, and '\(person)' already says who a person is",
          allowed: "one table that says who; every other belongs to it or is public",
          remedy: remedy)
      ]
    }
    let above = ancestors(of: table.name)
    guard above.last == person else {
      return [
        SchemaFault(
          problem:
            "the parents of '\(table.name)' go round in a circle: \(above.joined(separator: ", "))",
          allowed: "parents that lead to '\(person)'", remedy: "take out the link that goes back")
      ]
    }
    let others = table.parents.filter { isToPeople($0) }.map(\.table)
    if let twice = others.first(where: { name in others.count { $0 == name } > 1 }) {
      return [
        SchemaFault(
          problem:
            "a row of '\(table.name)' belongs to two rows of '\(twice)', and so may be shared by two persons",
          allowed:
            "rows that belong to one person, because the guarantee counts all that one person adds",
          remedy:
            "keep the link to the person the row is about, and give the other column the role drop")
      ]
    }
    return table.parents.compactMap { link in
      guard kind(of: link, in: table) == .sideways,
        ancestors(of: link.table).contains(table.name)
      else { return nil }
      return SchemaFault(
        problem: "'\(table.name)' refers to '\(link.table)', which belongs to it",
        allowed: "links that do not go back", remedy: "take this link out")
    }
  }
}

extension LinkedSchema {
  /// Returns the faults of a rule over tables.
  private func faults(of rule: LinkRule) -> [SchemaFault] {
    func fault(_ problem: String, _ allowed: String, _ remedy: String) -> [SchemaFault] {
      [
        SchemaFault(
          rule: rules.firstIndex(of: rule), problem: "`\(rule.text)` \(problem)", allowed: allowed,
          remedy: remedy)
      ]
    }
    if let unknown = rule.places.first(where: { column($0) == nil }) {
      let known = tables.flatMap { table in table.schema.columns.map { "\(table.name).\($0.name)" }
      }
      return fault(
        "names '\(unknown.text)', which is not described", "TABLE.COLUMN",
        SchemaWords.nearest(to: unknown.text, in: known).map { "did you mean '\($0)'?" }
          ?? "correct the name or remove the rule")
    }
    if let bad = rule.conditions.first(where: { condition in
      condition.values.isEmpty
        || column(condition.place).map { ConditionValues(condition.values, of: $0) == nil } ?? true
    }) {
      return fault(
        "gives '\(bad.place.text)' values that the column cannot have",
        "a value of the column, `low..`, `..high`, `low..high`, or a list of these",
        "write them like the cells of the column")
    }
    let ways = "two columns of one table, or of a table and one that it belongs to"
    switch rule {
    case .ordered(let first, let second):
      guard lower(first.table, second.table) != nil else {
        return fault(
          "compares columns of tables that do not belong to one another", ways, "remove it")
      }
      return isComparable(first, second)
        ? []
        : fault(
          "compares columns that have no common order", "two times, or two numbers", "remove it")
    case .beforeNext(let end, let start):
      guard end.table == start.table, table(named: end.table)?.isPublic == false else {
        return fault(
          "names columns of two tables", "two columns of one table of people", "correct the names")
      }
      return isComparable(end, start)
        ? [] : fault("compares columns that have no common order", "two times", "remove it")
    case .onlyIf(let present, let conditions):
      let reach = [present.table] + ancestors(of: present.table)
      return conditions.allSatisfy { reach.contains($0.place.table) } && !conditions.isEmpty
        ? [] : fault("has conditions that its rows do not reach", ways, "correct the names")
    case .determines(let first, let second):
      let lookups = table(named: first.table)?.parents.map(\.table) ?? []
      return ([first.table] + ancestors(of: first.table) + lookups).contains(second.table)
        ? []
        : fault(
          "names a column that the rows of '\(first.table)' do not reach", ways, "correct the names"
        )
    case .atMostOne(let table, let ancestor, let conditions):
      return ancestors(of: table).contains(ancestor)
        && conditions.allSatisfy { ([table] + ancestors(of: table)).contains($0.place.table) }
        ? []
        : fault(
          "does not count rows of a table that belongs to the other", ways, "correct the names")
    }
  }

  private func isComparable(_ first: ColumnPlace, _ second: ColumnPlace) -> Bool {
    guard let one = column(first), let other = column(second) else { return false }
    return LinkOrder(one.type, other.type) != nil
  }

  /// Returns the lower of two tables, one of which is the other or an ancestor of it; else nil.
  package func lower(_ first: String, _ second: String) -> String? {
    if first == second || ancestors(of: first).contains(second) { return first }
    return ancestors(of: second).contains(first) ? second : nil
  }
}

extension ColumnType {
  /// Whether a key of the other type can stand in a column of this type: both texts, or both ticks
  /// of one unit.
  package func holdsKeys(of other: ColumnType) -> Bool {
    isOrdered || other.isOrdered ? sharesTicks(with: other) : true
  }
}

extension SchemaFault {
  /// The fault with the table before the column, or before the problem.
  package func inTable(_ name: String) -> SchemaFault {
    var fault = self
    fault.rule = nil
    if let column {
      fault.column = "\(name).\(column)"
    } else {
      fault.problem = "table '\(name)': \(problem)"
    }
    return fault
  }
}
