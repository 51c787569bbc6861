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
    let fitted = mended(table)
    func cells(_ name: String) -> Cells {
      fitted[name] ?? self.fitted(Blueprint.column(name, in: table))
    }
    return variables.map { variable in
      switch variable.source {
      case .column(let name):
        let cells = cells(name)
        return rows.map { cells.picking($0) } ?? cells
      case .gap(_, let later):
        var columns = Dictionary(uniqueKeysWithValues: earliers(of: later).map { ($0, cells($0)) })
        columns[later] = cells(later)
        return rows.map { gaps(of: later, in: columns, rows: $0) }
          ?? gaps(of: later, in: columns, rows: range)
      case .bundle(let names):
        let columns = names.map { name in
          let column = Blueprint.column(name, in: table)
          return (type: column.type, codes: column.codes, cells: cells(name))
        }
        let maps = maps(of: names)
        return rows.map { Blueprint.bundles(columns, maps, rows: $0) }
          ?? Blueprint.bundles(columns, maps, rows: range)
      }
    }
  }

  /// Returns the cells of the columns whose rows may break a rule on values or on presence, mended
  /// row by row (docs/proofs/reading.md).
  private func mended(_ table: Table) -> [String: Cells] {
    let computed = Set(computed)
    let startsAtResult = rules.contains { rule in
      if case .ordered(let earlier, _) = rule { computed.contains(earlier) } else { false }
    }
    let names = Set(
      rules.filter { $0.isMended || startsAtResult && $0.isComputation }.flatMap(\.columns))
    guard !names.isEmpty else { return [:] }
    let columns = names.map { ($0, fitted(Blueprint.column($0, in: table))) }
    var mended = RowRules(schema).mended(Dictionary(uniqueKeysWithValues: columns))
    if startsAtResult { compute(&mended) }
    return mended
  }

  private static func column(_ name: String, in table: Table) -> Column {
    guard let column = table.column(named: name) else {
      preconditionFailure("the table lacks a column of its schema")
    }
    return column
  }

  /// Returns the cells of a column with labels outside declared categories replaced: by the
  /// column's other label if that is declared too, else by missing. Never by a declared label,
  /// which would be a claim: a list with a typing error once made everybody male.
  private func fitted(_ column: Column) -> Cells {
    guard case .labels(let codes, let dictionary) = column.cells,
      let schema = schema.column(named: column.name),
      case .declared(let labels) = schema.categories
    else { return column.cells }
    let declared = Set(labels)
    let outside = dictionary.labels.map { !declared.contains($0) }
    guard outside.contains(true) else { return column.cells }
    var (texts, substitute) = (dictionary, Cells.missingCode)
    if declared.contains(schema.otherLabel) { substitute = texts.append(schema.otherLabel) }
    return .labels(
      codes: codes.map { $0 != Cells.missingCode && outside[Int($0)] ? substitute : $0 },
      dictionary: texts)
  }

  /// Returns the distances of a column from the latest of the columns before it, see
  /// ``latest(_:)``.
  private func gaps(of later: String, in columns: [String: Cells], rows: some Collection<Int>)
    -> Cells
  {
    guard case .ticks(let second)? = columns[later],
      let starts = Starts(of: later, in: columns, blueprint: self)
    else {
      preconditionFailure("an order on labels")
    }
    return .ticks(
      rows.map { row in
        guard let start = starts.latest(row), Cells.isValue(second[row]) else {
          return Cells.missingTick
        }
        return start.scale.gap(start.tick, second[row])
      })
  }

  /// Joins the labels of a row's cells. If maps say which partners a label has, the row's own do
  /// not count, and a label that no map knows counts as missing.
  private static func bundles(
    _ columns: [(type: ColumnType, codes: [String], cells: Cells)], _ maps: [[String: String]]?,
    rows: some Collection<Int>
  ) -> Cells {
    let columns = maps == nil ? columns : Array(columns.prefix(1))
    let known = maps.map { Set($0.flatMap(\.keys)) }
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
        var texts = columns.map { $0.cells.text(row, type: $0.type, codes: $0.codes) }
        if let maps, let leading = texts[0] {
          texts += maps.map { $0[leading] }
        }
        let isKnown = known.map { known in texts[0].map(known.contains) ?? false } ?? true
        let code = isKnown ? dictionary.append(Bundle.join(texts)) : Cells.missingCode
        codeOfKey[key] = code
        codes.append(code)
      }
    }
    return .labels(codes: codes, dictionary: dictionary)
  }
}

extension Cells {
  /// Returns the cells of `rows`, in that order.
  package func picking(_ rows: [Int]) -> Cells {
    switch self {
    case .ticks(let ticks): .ticks(rows.map { ticks[$0] })
    case .labels(let codes, let dictionary):
      .labels(codes: rows.map { codes[$0] }, dictionary: dictionary)
    }
  }

  /// Returns a number that is equal in two rows exactly if the cells are; `missingTick` if missing.
  fileprivate func key(_ row: Int) -> Int64 {
    switch self {
    case .ticks(let ticks): ticks[row]
    case .labels(let codes, _):
      codes[row] == Cells.missingCode ? Cells.missingTick : Int64(codes[row])
    }
  }

  /// Returns the cell of a row as written, or nil if it is missing.
  fileprivate func text(_ row: Int, type: ColumnType, codes words: [String]) -> String? {
    switch self {
    case .ticks(let ticks):
      ticks[row] == Cells.missingTick
        ? nil : Cells.code(ticks[row]).map { words[$0] } ?? type.format(tick: ticks[row])
    case .labels(let codes, let dictionary):
      codes[row] == Cells.missingCode ? nil : dictionary[Int(codes[row])]
    }
  }
}

extension Rule {
  /// Whether a row that breaks it is mended before it is counted.
  fileprivate var isMended: Bool {
    switch self {
    case .never, .onlyIf, .together, .circular: true
    case .ordered, .determines, .sum, .product, .unique: false
    }
  }
}
