extension Schema {
  /// Returns the contradictions in the rules: first those of a rule alone, and if there are none,
  /// those between rules.
  package func ruleFaults() -> [SchemaFault] {
    let alone = rules.enumerated().flatMap { index, rule in
      faults(of: rule).map { fault in
        var fault = fault
        fault.rule = index
        return fault
      }
    }
    return alone.isEmpty ? RuleCollisions(self).faults() : alone
  }

  private func faults(of rule: Rule) -> [SchemaFault] {
    let key = rule.keyword
    var found: [SchemaFault] = []
    for name in Set(rule.columns).subtracting(columns.map(\.name)).sorted() {
      found.append(
        SchemaFault(
          problem: "`\(key)` names the column '\(name)', which is not described",
          allowed: "columns of `columns`",
          remedy: nearestColumn(to: name) ?? "correct the name or remove the rule"))
    }
    for name in Set(rule.columns).sorted() where rule.columns.count(where: { $0 == name }) > 1 {
      // A product of a number with itself is one.
      if case .product(let factors, let result) = rule, name != result, factors.contains(name) {
        continue
      }
      found.append(
        SchemaFault(
          problem: "`\(key)` names '\(name)' twice", allowed: "different columns",
          remedy: "correct one of the names"))
    }
    guard found.isEmpty else { return found }
    return formFaults(of: rule) + rule.conditions.flatMap { faults(of: $0, key: key) }
  }

  private func formFaults(of rule: Rule) -> [SchemaFault] {
    let types = rule.columns.compactMap { column(named: $0)?.type }
    switch rule {
    case .ordered(let first, let second):
      if types[0].canPrecede(types[1]) { return [] }
      return [
        SchemaFault(
          problem:
            "`ordered` compares '\(first)' (\(types[0].schemaWord)) with '\(second)' (\(types[1].schemaWord))",
          allowed: "two numbers, or two times of the same type and resolution",
          remedy: "give both the same type, or remove the rule")
      ]
    case .sum(let terms, let total): return sumFaults(terms, total, types)
    case .product:
      if types.allSatisfy(\.isNumber) { return [] }
      return [
        SchemaFault(
          problem: "`\(rule.text)` computes with columns that are no numbers",
          allowed: "integer and decimal columns",
          remedy: "correct the types, or remove the rule")
      ]
    case .never(let conditions), .onlyIf(_, let conditions):
      return conditions.isEmpty
        ? [
          SchemaFault(
            problem: "`\(rule.keyword)` has no conditions",
            allowed: "such as {ward: paediatrics, age: 18..}",
            remedy: "name columns and their values")
        ] : []
    case .together(let names):
      return names.count > 1
        ? []
        : [
          SchemaFault(
            problem: "`together` names \(names.count) columns", allowed: "two or more",
            remedy: "name the columns in brackets")
        ]
    case .unique(let names):
      return names.isEmpty
        ? [
          SchemaFault(
            problem: "`unique` names no column", allowed: "one or more",
            remedy: "name the columns in brackets")
        ] : []
    case .circular(let name, let period): return circularFaults(name, period)
    case .determines(let determinant, let dependent):
      return mapFaults(of: rule, determinant, dependent)
    }
  }

  /// A map holds labels that both columns have, and stands at every column that another decides or
  /// at none.
  private func mapFaults(of rule: Rule, _ determinant: String, _ dependent: String) -> [SchemaFault]
  {
    guard let first = column(named: determinant), let second = column(named: dependent) else {
      return []
    }
    guard let map = maps[rule] else {
      let others = maps.keys.contains { other in
        if case .determines(determinant, _) = other { true } else { false }
      }
      guard others else { return [] }
      return [
        SchemaFault(
          problem:
            "'\(determinant)' determines '\(dependent)' without a `map`, and others with one",
          allowed: "a map for every column that '\(determinant)' determines, or for none",
          remedy: "add the map, or remove the others")
      ]
    }
    let isForeign = [(first, Array(map.keys)), (second, Array(map.values))].first {
      column, labels in
      labels.contains { label in
        if case .declared(let known) = column.categories { return !known.contains(label) }
        return column.type.isOrdered && column.tick(label) == nil
      }
    }
    guard let column = isForeign?.0 else { return [] }
    return [
      SchemaFault(
        problem:
          "the `map` from '\(determinant)' to '\(dependent)' has a value that '\(column.name)' does not have",
        allowed: "values of both columns, as `categories` and `type` say",
        remedy: "correct the map, or `categories`")
    ]
  }

  private func sumFaults(_ terms: [String], _ total: String, _ types: [ColumnType]) -> [SchemaFault]
  {
    if types.allSatisfy(\.isNumber) { return [] }
    let times = types.dropLast().filter { !$0.isNumber }
    if times.count == 1, times[0].isDate, types[terms.count].isDate,
      types.dropLast().allSatisfy({ $0.isDate || $0 == .integer })
    {
      return []
    }
    return [
      SchemaFault(
        problem:
          "the columns that add up to '\(total)' are neither numbers, nor a date and whole days",
        allowed: "integer and decimal columns, or `date + days = date`",
        remedy: "correct the types, or remove the rule")
    ]
  }

  private func circularFaults(_ name: String, _ period: Int64?) -> [SchemaFault] {
    guard let column = column(named: name) else { return [] }
    let isClock = TimePattern(column.type)?.isClock == true
    guard column.type == .integer || isClock else {
      return [
        SchemaFault(
          problem: "`circular` names '\(name)', which is neither a whole number nor a time of day",
          allowed: "integer and time columns",
          remedy: "remove the rule")
      ]
    }
    guard let circle = circle(of: column) else {
      return [
        SchemaFault(
          problem: "the period of '\(name)' is not known",
          allowed: "`circular: {column: \(name), period: 24}`, or declared bounds",
          remedy: "write the number of values that it goes through")
      ]
    }
    if let period, Int128(circle.upperBound) - Int128(circle.lowerBound) + 1 != Int128(period) {
      return [
        SchemaFault(
          problem: "the period of '\(name)' is not the number of values in its bounds",
          allowed: "one of the two, or the same number",
          remedy: "correct `period` or `bounds`")
      ]
    }
    return []
  }

  private func faults(of condition: Rule.Condition, key: String) -> [SchemaFault] {
    guard let column = column(named: condition.column) else { return [] }
    guard let values = ConditionValues(condition.values, of: column), !condition.values.isEmpty
    else {
      return [
        SchemaFault(
          problem:
            "`\(key)` gives '\(column.name)' values that cannot be read as \(column.type.schemaWord)",
          allowed: "a value of the column, `low..`, `..high`, `low..high`, or a list of these",
          remedy: "write them like the cells of the column, the lower end first")
      ]
    }
    if case .declared(let labels) = column.categories,
      let stranger = condition.values.first(where: { !labels.contains($0) }),
      !values.named.isEmpty
    {
      return [
        SchemaFault(
          problem:
            "`\(key)` names the label '\(stranger)' of '\(column.name)', which `categories` does not list",
          allowed: "labels of `categories`",
          remedy: SchemaWords.nearest(to: stranger, in: labels).map { "did you mean '\($0)'?" }
            ?? "correct one of the two")
      ]
    }
    return []
  }
}

extension ColumnType {
  /// Whether ticks are days.
  fileprivate var isDate: Bool {
    if case .date = self { true } else { false }
  }
}
