extension Schema {
  /// Everything in which `table` does not fit, at once: refusals first, then notes.
  ///
  /// The table may have been read under this schema or with inferred types; a cell fits a type if its text can be
  /// read as that type. Rows are numbered from 1, the header not counted. O(rows × columns).
  public func mismatches(with table: Table) -> [SchemaMismatch] {
    var found = inconsistencies().map { SchemaMismatch(kind: .schema, column: $0.column, message: $0.description) }
    found += presenceMismatches(table)
    var ticks: [String: [Int64]] = [:]
    for schema in columns {
      guard let column = table.column(named: schema.name) else { continue }
      let view = ColumnView(column, as: schema.type)
      found += schema.mismatches(with: view, column: column)
      if schema.type.isOrdered, isInOrder(schema.name) { ticks[schema.name] = view.ticks }
    }
    found += personMismatches(table)
    for constraint in constraints { found += mismatches(with: table, constraint: constraint, ticks: ticks) }
    return found.filter(\.isRefusal) + found.filter { !$0.isRefusal }
  }

  private func isInOrder(_ name: String) -> Bool {
    constraints.contains { if case .ordered(let earlier, let later) = $0 { earlier == name || later == name } else { false } }
  }

  private func presenceMismatches(_ table: Table) -> [SchemaMismatch] {
    let described = Set(columns.map(\.name))
    let present = Set(table.columns.map(\.name))
    let missing = columns.map(\.name).filter { !present.contains($0) }
    let extra = table.columns.map(\.name).filter { !described.contains($0) }
    return missing.map { name in
      let advice = SchemaWords.nearest(to: name, in: extra).map { "The table has '\($0)'; correct the name" } ?? "Remove it from the schema"
      return SchemaMismatch(
        kind: .missingColumn, column: name, message: "The schema describes the column '\(name)', which the table does not have. \(advice).")
    }
      + extra.map { name in
        SchemaMismatch(
          kind: .extraColumn, column: name,
          message: "The table has a column '\(name)', which the schema does not describe. Describe it, with `role: drop` to leave it out.")
      }
  }

  private func personMismatches(_ table: Table) -> [SchemaMismatch] {
    guard case .person(let name, _) = unit else { return [] }
    guard let column = table.column(named: name) else {
      return [
        SchemaMismatch(
          kind: .personColumnAbsent, column: name,
          message: "The unit of privacy is a person, told by the column '\(name)', which the table does not have. Correct `unit`.")
      ]
    }
    let missing = column.missingCount
    guard missing > 0 else { return [] }
    return [
      SchemaMismatch(
        kind: .personMissing, column: name,
        message:
          "\(missing) of \(table.rowCount) rows do not say in '\(name)' whom they are about, so that "
          + "nobody could be protected in them. Fill them in or remove the rows."
      )
    ]
  }

  // MARK: - Constraints

  private func mismatches(with table: Table, constraint: Constraint, ticks: [String: [Int64]]) -> [SchemaMismatch] {
    switch constraint {
    case .ordered(let earlier, let later):
      guard let first = ticks[earlier], let second = ticks[later] else { return [] }
      let broken = zip(first, second).count { $0 != Cells.missingTick && $1 != Cells.missingTick && $0 > $1 }
      guard broken > 0 else { return [] }
      return [
        SchemaMismatch(
          kind: .orderBroken, column: earlier,
          message:
            "In \(broken) of \(table.rowCount) rows '\(earlier)' is above '\(later)', against `ordered`. "
            + "Correct the rows or remove the constraint."
        )
      ]
    case .determines(let determinant, let dependent):
      guard let first = table.column(named: determinant), let second = table.column(named: dependent) else { return [] }
      let broken = Self.ambiguousDeterminants(first, second)
      guard broken > 0 else { return [] }
      return [
        SchemaMismatch(
          kind: .dependencyBroken, column: determinant,
          message:
            "\(broken) values of '\(determinant)' stand with more than one value of '\(dependent)', "
            + "against `determines`. Correct the rows or remove the constraint."
        )
      ]
    }
  }

  /// How many values of the first column stand beside two or more present values of the second.
  package static func ambiguousDeterminants(_ determinant: Column, _ dependent: Column) -> Int {
    var partner: [Int64: Int64] = [:]
    var broken: Set<Int64> = []
    for row in 0..<determinant.count {
      guard let key = determinant.cells.key(row), let value = dependent.cells.key(row) else { continue }
      if partner.updateValue(value, forKey: key) ?? value != value { broken.insert(key) }
    }
    return broken.count
  }
}

extension ColumnSchema {
  fileprivate func mismatches(with view: ColumnView, column: Column) -> [SchemaMismatch] {
    guard role != .drop else { return [] }
    var found: [SchemaMismatch] = []
    if let row = view.firstUnreadable {
      found.append(
        SchemaMismatch(
          kind: .wrongType, column: name,
          message:
            "The column '\(name)' has \(view.unreadable) of \(column.count) cells that cannot be read as \(type.schemaWord), "
            + "the first in row \(row + 1). Correct `type`, its `digits`, `words` or `format`, or add the word to `format: missing:`."
        ))
    }
    let missing = column.missingCount
    if missing > 0, !isNullable, isModelled {
      found.append(
        SchemaMismatch(
          kind: .unexpectedMissing, column: name,
          message: "The column '\(name)' has \(missing) of \(column.count) cells missing, but is declared without. Write `missing: yes`."))
    }
    if isModelled { found += notes(view, column: column) }
    return found
  }

  private func notes(_ view: ColumnView, column: Column) -> [SchemaMismatch] {
    if case .declared(let range) = bounds {
      let outside = view.ticks.count { $0 != Cells.missingTick && !range.contains($0) }
      if outside > 0 {
        return [
          SchemaMismatch(
            kind: .outsideBounds, column: name,
            message:
              "The column '\(name)' has \(outside) of \(column.count) cells outside its declared bounds; they count as the nearest bound.")
        ]
      }
    }
    if case .declared(let labels) = categories {
      let outside = column.cellCount(outside: Set(labels))
      if outside > 0 {
        return [
          SchemaMismatch(
            kind: .outsideCategories, column: name,
            message:
              "The column '\(name)' has \(outside) of \(column.count) cells outside its declared categories; they count as its other label."
          )
        ]
      }
    }
    return []
  }
}

/// A column's cells as ticks of a type that it may not have been read with.
private struct ColumnView {
  /// Empty for types without order.
  private(set) var ticks: [Int64] = []
  private(set) var unreadable = 0
  private(set) var firstUnreadable: Int?

  init(_ column: Column, as type: ColumnType) {
    guard type.isOrdered else { return }
    if case .ticks(let ticks) = column.cells, column.type == type {
      self.ticks = ticks
      return
    }
    ticks.reserveCapacity(column.count)
    var known: [Int64: Int64?] = [:]
    for row in 0..<column.count {
      guard let key = column.cells.key(row) else {
        ticks.append(Cells.missingTick)
        continue
      }
      let tick: Int64?
      if let cached = known[key] {
        tick = cached
      } else {
        tick = type.parse(column.text(ofKey: key))
        known[key] = .some(tick)
      }
      if tick == nil {
        unreadable += 1
        firstUnreadable = firstUnreadable ?? row
      }
      ticks.append(tick ?? Cells.missingTick)
    }
  }
}
