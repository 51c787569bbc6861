extension Schema {
  /// Returns all mismatches of `table` at once: refusals first, then notes.
  ///
  /// The table may have been read under this schema or with inferred types; a cell fits a type if
  /// its text can be read as that type. Rows count from 1 after the header. O(rows × columns).
  package func mismatches(with table: Table) -> [SchemaMismatch] {
    mismatches(with: table, departures: [:])
  }

  /// - Parameter departures: The counts from reading under this schema, by column.
  package func mismatches(with table: Table, departures: [String: ColumnDeparture])
    -> [SchemaMismatch]
  {
    var found = inconsistencies().map { fault in
      SchemaMismatch(kind: .schema, column: fault.column, finding: "\(fault)")
    }
    found += presenceMismatches(table)
    var cells: [String: Cells] = [:]
    for schema in columns {
      guard let column = table.column(named: schema.name) else { continue }
      let view = ColumnView(
        column, as: schema.type, departure: departures[schema.name] ?? ColumnDeparture())
      found += schema.mismatches(with: view, column: column, isPerson: schema.name == personColumn)
      if isRuled(schema.name) {
        cells[schema.name] = schema.type.isOrdered ? .ticks(view.ticks) : column.cells
      }
    }
    found += personMismatches(table)
    for rule in rules { found += mismatches(with: table, rule: rule, cells: cells) }
    for column in columns { found += gapMismatches(column, cells: cells) }
    return found.filter(\.isRefusal) + found.filter { !$0.isRefusal }
  }

  private var personColumn: String? {
    if case .person(let column, _) = unit { column } else { nil }
  }

  private func isRuled(_ name: String) -> Bool { rules.contains { $0.columns.contains(name) } }

  private func presenceMismatches(_ table: Table) -> [SchemaMismatch] {
    let described = Set(columns.map(\.name))
    let present = Set(table.columns.map(\.name))
    let missing = columns.map(\.name).filter { !present.contains($0) }
    let extra = table.columns.map(\.name).filter { !described.contains($0) }
    return missing.map { name in
      let advice =
        SchemaWords.nearest(to: name, in: extra).map { "The table has '\($0)'; correct the name" }
        ?? "Remove it from the schema"
      return SchemaMismatch(
        kind: .missingColumn, column: name,
        finding: "The schema describes the column '\(name)', which the table does not have",
        remedy: "\(advice).")
    }
      + extra.map { name in
        SchemaMismatch(
          kind: .extraColumn, column: name,
          finding: "The table has a column '\(name)', which the schema does not describe",
          remedy: "Describe it, with `role: drop` to leave it out.")
      }
  }

  private func personMismatches(_ table: Table) -> [SchemaMismatch] {
    guard case .person(let name, _) = unit else { return [] }
    guard let column = table.column(named: name) else {
      return [
        SchemaMismatch(
          kind: .personColumnAbsent, column: name,
          finding:
            "The unit of privacy is a person, told by the column '\(name)', which the table does not have",
          remedy: "Correct `unit`."
        )
      ]
    }
    let missing = column.missingCount
    guard missing > 0 else { return [] }
    return [
      SchemaMismatch(
        kind: .personMissing, column: name,
        finding:
          "\(missing) of \(table.rowCount) rows do not say in '\(name)' whom they are about, so that nobody could be protected in them",
        treatment: "they are left out", remedy: "Fill them in or remove the rows.")
    ]
  }

  // MARK: - Rules

  private func mismatches(with table: Table, rule: Rule, cells: [String: Cells]) -> [SchemaMismatch]
  {
    switch rule {
    case .ordered(let earlier, let later):
      let broken = RowRules(self).rows(breaking: rule, in: cells).count
      guard broken > 0 else { return [] }
      return [
        SchemaMismatch(
          kind: .orderBroken, column: earlier,
          finding:
            "In \(broken) of \(table.rowCount) rows '\(earlier)' is above '\(later)', against `ordered`",
          treatment: "'\(later)' counts as equal there",
          remedy: "Correct the rows or remove the rule.")
      ]
    case .determines(let determinant, let dependent):
      guard let first = table.column(named: determinant),
        let second = table.column(named: dependent)
      else { return [] }
      if let map = maps[rule] {
        let treatment = "'\(dependent)' counts as the map says"
        return mismatch(
          rule, rows: Self.rows(of: first, second, against: map), of: table, treatment: treatment)
      }
      let broken = Self.ambiguousDeterminants(first, second)
      guard broken > 0 else { return [] }
      return [
        SchemaMismatch(
          kind: .dependencyBroken, column: determinant,
          finding:
            "\(broken) values of '\(determinant)' stand with more than one value of '\(dependent)', against `determines`",
          treatment: "each pair counts as its row has it",
          remedy: "Correct the rows or remove the rule.")
      ]
    case .unique(let names):
      return mismatch(
        rule, rows: repeatedRows(names, in: table), of: table, treatment: "they count as they are")
    case .sum, .product, .never, .onlyIf, .together, .circular:
      let rows = RowRules(self).rows(breaking: rule, in: cells).count
      return mismatch(rule, rows: rows, of: table, treatment: Self.treatment(of: rule))
    }
  }

  /// A gap starts at the latest of the columns that rules put before the one that declares it.
  private func gapMismatches(_ later: ColumnSchema, cells: [String: Cells]) -> [SchemaMismatch] {
    guard let longest = later.longestGap, case .ticks(let ends)? = cells[later.name] else {
      return []
    }
    let starts = rules.compactMap { rule -> (ticks: [Int64], scale: OrderScale)? in
      guard case .ordered(let earlier, later.name) = rule, let type = column(named: earlier)?.type,
        case .ticks(let ticks)? = cells[earlier]
      else { return nil }
      return (ticks, OrderScale(type, later.type))
    }
    let beyond = ends.indices.count { row in
      guard Cells.isValue(ends[row]) else { return false }
      let known = starts.filter { Cells.isValue($0.ticks[row]) }
      return !known.isEmpty
        && known.allSatisfy { start in
          start.scale.gap(start.ticks[row], ends[row]) > start.scale.gap(0, longest)
        }
    }
    guard beyond > 0 else { return [] }
    return [
      SchemaMismatch(
        kind: .outsideGap, column: later.name,
        finding:
          "The column '\(later.name)' lies beyond its declared `gap` in \(beyond) of \(ends.count) rows",
        treatment: "longer gaps count as the longest")
    ]
  }

  private func mismatch(_ rule: Rule, rows: Int, of table: Table, treatment: String)
    -> [SchemaMismatch]
  {
    guard rows > 0 else { return [] }
    return [
      SchemaMismatch(
        kind: .ruleBroken, column: rule.columns.first,
        finding: "\(rows) of \(table.rowCount) rows break the rule `\(rule.text)`",
        treatment: treatment,
        remedy: "Correct the rows or remove the rule.")
    ]
  }

  private static func treatment(of rule: Rule) -> String {
    switch rule {
    case .sum(_, let result), .product(_, let result): "'\(result)' counts as computed"
    case .never(let conditions): "'\(conditions.last?.column ?? "")' counts as missing there"
    case .onlyIf(let present, _): "'\(present)' counts as missing there"
    case .together: "all of the columns count as missing there"
    case .circular: "values count as the ones at the same place of the circle"
    case .ordered, .determines, .unique: ""
    }
  }

  /// Returns the number of rows with another label than a map gives.
  private static func rows(of first: Column, _ second: Column, against map: [String: String]) -> Int
  {
    (0..<first.count).count { row in
      guard let key = first.cells.key(row), let value = second.cells.key(row),
        let expected = map[first.text(ofKey: key)]
      else {
        return false
      }
      return second.text(ofKey: value) != expected
    }
  }

  /// Returns the number of rows that have the same cells as an earlier row in the columns.
  private func repeatedRows(_ names: [String], in table: Table) -> Int {
    let columns = names.compactMap { table.column(named: $0) }
    guard columns.count == names.count else { return 0 }
    var seen: Set<[Int64]> = []
    return (0..<table.rowCount).count { row in
      !seen.insert(columns.map { $0.cells.key(row) ?? Cells.missingTick }).inserted
    }
  }

  /// Returns the number of values in the first column that stand beside two or more present values
  /// of the second.
  package static func ambiguousDeterminants(_ determinant: Column, _ dependent: Column) -> Int {
    var partner: [Int64: Int64] = [:]
    var broken: Set<Int64> = []
    for row in 0..<determinant.count {
      guard let key = determinant.cells.key(row), let value = dependent.cells.key(row) else {
        continue
      }
      if partner.updateValue(value, forKey: key) ?? value != value { broken.insert(key) }
    }
    return broken.count
  }
}
