import Tables

extension Blueprint {
  /// Returns the variables' values in `rows`, in that order. A value depends only on its own row.
  package func prepare(_ table: Table, rows: [Int]) -> [Cells] {
    prepare(table, picking: rows, range: rows.indices)
  }

  /// Returns the variables' values in all rows. A column variable shares the column's storage.
  package func prepare(_ table: Table) -> [Cells] {
    prepare(table, picking: nil, range: 0..<table.rowCount)
  }

  private func prepare(_ table: Table, picking rows: [Int]?, range: Range<Int>) -> [Cells] {
    variables.map { variable in
      switch variable.source {
      case .column(let name):
        let cells = fitted(Blueprint.column(name, in: table))
        return rows.map { cells.picking($0) } ?? cells
      case .gap(let earlier, let later):
        let (first, second) = (Blueprint.cells(of: earlier, in: table), Blueprint.cells(of: later, in: table))
        return rows.map { Blueprint.gaps(first, second, rows: $0) } ?? Blueprint.gaps(first, second, rows: range)
      case .bundle(let names):
        let columns = names.map { name in
          let column = Blueprint.column(name, in: table)
          return (type: column.type, codes: column.codes, cells: fitted(column))
        }
        return rows.map { Blueprint.bundles(columns, rows: $0) } ?? Blueprint.bundles(columns, rows: range)
      }
    }
  }

  /// Restores the columns from the variables' values: the inverse of ``prepare(_:rows:)``.
  package func restore(_ values: [Cells]) -> [Column] {
    var restored: [String: Cells] = [:]
    var gaps: [(earlier: String, later: String, ticks: Cells)] = []
    for (variable, cells) in zip(variables, values) {
      switch variable.source {
      case .column(let name): restored[name] = cells
      case .gap(let earlier, let later): gaps.append((earlier, later, cells))
      case .bundle(let names): restore(bundle: cells, into: &restored, names: names)
      }
    }
    // A gap may start at a column that is itself restored from a gap.
    while !gaps.isEmpty {
      guard let next = gaps.firstIndex(where: { restored[$0.earlier] != nil }) else {
        preconditionFailure("the order constraints go round in a circle")
      }
      let gap = gaps.remove(at: next)
      restored[gap.later] = Blueprint.later(than: restored[gap.earlier]!, by: gap.ticks, bounds: declaredBounds(of: gap.later))
    }
    return schema.columns.compactMap { column in
      restored[column.name].map { column.filled(with: $0) }
    }
  }

  private func declaredBounds(of name: String) -> ClosedRange<Int64>? {
    guard case .declared(let bounds)? = schema.column(named: name)?.bounds else { return nil }
    return bounds
  }

  private static func column(_ name: String, in table: Table) -> Column {
    guard let column = table.column(named: name) else { preconditionFailure("the table lacks a column of its schema") }
    return column
  }

  private static func cells(of name: String, in table: Table) -> Cells { column(name, in: table).cells }

  /// Returns the cells of a column with labels outside declared categories replaced: by the
  /// column's other label if that is declared too, else by missing. Never by a declared label,
  /// which would be a claim: a list with a typing error once made everybody male.
  private func fitted(_ column: Column) -> Cells {
    guard case .labels(let codes, let dictionary) = column.cells, let schema = schema.column(named: column.name),
      case .declared(let labels) = schema.categories
    else { return column.cells }
    let declared = Set(labels)
    let outside = dictionary.labels.map { !declared.contains($0) }
    guard outside.contains(true) else { return column.cells }
    var (texts, substitute) = (dictionary, Cells.missingCode)
    if declared.contains(schema.otherLabel) { substitute = texts.append(schema.otherLabel) }
    return .labels(codes: codes.map { $0 != Cells.missingCode && outside[Int($0)] ? substitute : $0 }, dictionary: texts)
  }

  private static func gaps(_ earlier: Cells, _ later: Cells, rows: some Collection<Int>) -> Cells {
    guard case .ticks(let first) = earlier, case .ticks(let second) = later else {
      preconditionFailure("an order constraint on labels")
    }
    return .ticks(
      rows.map { row in
        guard Cells.isValue(first[row]), Cells.isValue(second[row]) else { return Cells.missingTick }
        let (gap, overflow) = second[row].subtractingReportingOverflow(first[row])
        return overflow ? 0 : max(gap, 0)
      })
  }

  private static func later(than earlier: Cells, by gaps: Cells, bounds: ClosedRange<Int64>?) -> Cells {
    guard case .ticks(let first) = earlier, case .ticks(let gaps) = gaps else {
      preconditionFailure("an order constraint on labels")
    }
    return .ticks(
      zip(first, gaps).map { start, gap in
        guard Cells.isValue(start), Cells.isValue(gap) else { return Cells.missingTick }
        let (sum, overflow) = start.addingReportingOverflow(gap)
        let tick = overflow ? Int64.max : sum
        return max(start, min(tick, bounds?.upperBound ?? tick))
      })
  }

  private static func bundles(_ columns: [(type: ColumnType, codes: [String], cells: Cells)], rows: some Collection<Int>) -> Cells {
    var dictionary = LabelDictionary()
    var codeOfKey: [[Int64]: Int32] = [:]
    var codes: [Int32] = []
    codes.reserveCapacity(rows.count)
    for row in rows {
      let key = columns.map { $0.cells.key(row) }
      if key[0] == Cells.missingTick {
        codes.append(Cells.missingCode)
      } else if let code = codeOfKey[key] {
        codes.append(code)
      } else {
        let code = dictionary.append(Bundle.join(columns.map { $0.cells.text(row, type: $0.type, codes: $0.codes) }))
        codeOfKey[key] = code
        codes.append(code)
      }
    }
    return .labels(codes: codes, dictionary: dictionary)
  }

  private func restore(bundle cells: Cells, into restored: inout [String: Cells], names: [String]) {
    guard case .labels(let codes, let dictionary) = cells else { preconditionFailure("a bundle is made of labels") }
    let parts = dictionary.labels.map(Bundle.split)
    for (index, name) in names.enumerated() {
      guard let column = schema.column(named: name) else { continue }
      let texts = parts.map { index < $0.count ? $0[index] : nil }
      restored[name] = Cells(codes: codes, texts: texts, column: column)
    }
  }
}

extension Cells {
  /// Returns the cells of `rows`, in that order.
  package func picking(_ rows: [Int]) -> Cells {
    switch self {
    case .ticks(let ticks): .ticks(rows.map { ticks[$0] })
    case .labels(let codes, let dictionary): .labels(codes: rows.map { codes[$0] }, dictionary: dictionary)
    }
  }

  /// Returns a number that is equal in two rows exactly if the cells are; `missingTick` if missing.
  fileprivate func key(_ row: Int) -> Int64 {
    switch self {
    case .ticks(let ticks): ticks[row]
    case .labels(let codes, _): codes[row] == Cells.missingCode ? Cells.missingTick : Int64(codes[row])
    }
  }

  /// Returns the cell of a row as written, or nil if it is missing.
  fileprivate func text(_ row: Int, type: ColumnType, codes words: [String]) -> String? {
    switch self {
    case .ticks(let ticks):
      ticks[row] == Cells.missingTick ? nil : Cells.code(ticks[row]).map { words[$0] } ?? type.format(tick: ticks[row])
    case .labels(let codes, let dictionary): codes[row] == Cells.missingCode ? nil : dictionary[Int(codes[row])]
    }
  }

  /// Creates the cells of a column from codes into a list of texts; a nil text is missing.
  fileprivate init(codes: [Int32], texts: [String?], column: ColumnSchema) {
    if column.type.isOrdered {
      let ticks = texts.map { $0.flatMap(column.tick) ?? Cells.missingTick }
      self = .ticks(codes.map { $0 == Cells.missingCode ? Cells.missingTick : ticks[Int($0)] })
      return
    }
    var dictionary = LabelDictionary()
    var codeOfText: [String: Int32] = [:]
    let mapped = texts.map { text -> Int32 in
      guard let text else { return Cells.missingCode }
      if let code = codeOfText[text] { return code }
      let code = dictionary.append(text)
      codeOfText[text] = code
      return code
    }
    self = .labels(codes: codes.map { $0 == Cells.missingCode ? $0 : mapped[Int($0)] }, dictionary: dictionary)
  }
}
