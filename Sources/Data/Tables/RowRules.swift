/// Finds the rows of some columns that break a rule, and mends them by a public rule that reads one
/// row alone.
package struct RowRules {
  private let schema: Schema

  package init(_ schema: Schema) { self.schema = schema }

  /// Returns the rows that break a rule; none if a column is lacking, or if no single row can break
  /// it.
  package func rows(breaking rule: Rule, in columns: [String: Cells]) -> [Int] {
    switch rule {
    case .ordered(let earlier, let later):
      guard let first = schema.column(named: earlier), let second = schema.column(named: later),
        case .ticks(let low)? = columns[earlier], case .ticks(let high)? = columns[later]
      else { return [] }
      let scale = OrderScale(first.type, second.type)
      return low.indices.filter {
        Cells.isValue(low[$0]) && Cells.isValue(high[$0]) && scale.isAbove(low[$0], high[$0])
      }
    case .sum, .product: return rowsWithOtherResult(rule, in: columns)
    case .never(let conditions):
      guard let tests = tests(conditions, in: columns), let first = tests.first else { return [] }
      return first.rows.filter { row in tests.allSatisfy { $0.matches(row) } }
    case .onlyIf(let present, let conditions):
      guard let tests = tests(conditions, in: columns), let cells = columns[present] else {
        return []
      }
      return (0..<cells.count).filter { row in
        cells.isPresent(row) && !tests.allSatisfy { $0.matches(row) }
      }
    case .together(let names):
      let all = names.compactMap { columns[$0] }
      guard all.count == names.count, let first = all.first else { return [] }
      return (0..<first.count).filter { row in
        let isPresent = first.isPresent(row)
        return all.contains { $0.isPresent(row) != isPresent }
      }
    case .circular(let name, _):
      guard let column = schema.column(named: name), let range = schema.circle(of: column),
        case .ticks(let ticks)? = columns[name]
      else {
        return []
      }
      return ticks.indices.filter { Cells.isValue(ticks[$0]) && !range.contains(ticks[$0]) }
    case .determines, .unique: return []
    }
  }

  /// A row without one of the terms is not counted: the result cannot be checked there.
  private func rowsWithOtherResult(_ rule: Rule, in columns: [String: Cells]) -> [Int] {
    guard let computation = Computation(rule, in: schema),
      case .ticks(let results)? = columns[computation.result]
    else { return [] }
    let terms = computation.terms.compactMap { name -> [Int64]? in
      if case .ticks(let ticks)? = columns[name] { ticks } else { nil }
    }
    guard terms.count == computation.terms.count else { return [] }
    return results.indices.filter { row in
      let values = terms.map { $0[row] }
      return Cells.isValue(results[row]) && values.allSatisfy(Cells.isValue)
        && computation.tick(values) != results[row]
    }
  }

  private func tests(_ conditions: [Rule.Condition], in columns: [String: Cells])
    -> [ConditionTest]?
  {
    let tests = conditions.compactMap { condition -> ConditionTest? in
      guard let column = schema.column(named: condition.column),
        let values = ConditionValues(condition.values, of: column),
        let cells = columns[condition.column]
      else { return nil }
      return ConditionTest(cells, values)
    }
    return tests.count == conditions.count ? tests : nil
  }
}

/// The cells of a column beside the values that a condition names.
private enum ConditionTest {
  case ticks([Int64], ConditionValues)
  case labels([Int32], isNamed: [Bool])

  init(_ cells: Cells, _ values: ConditionValues) {
    switch cells {
    case .ticks(let ticks): self = .ticks(ticks, values)
    case .labels(let codes, let dictionary):
      self = .labels(codes, isNamed: dictionary.labels.map { values.contains($0) })
    }
  }

  var rows: Range<Int> {
    switch self {
    case .ticks(let ticks, _): ticks.indices
    case .labels(let codes, _): codes.indices
    }
  }

  func matches(_ row: Int) -> Bool {
    switch self {
    case .ticks(let ticks, let values): values.contains(ticks[row])
    case .labels(let codes, let isNamed):
      codes[row] != Cells.missingCode && isNamed[Int(codes[row])]
    }
  }
}

extension RowRules {
  /// Returns the columns after mending every row that breaks a rule on values or presence. The cell
  /// in the last column named by `never` counts as missing, as does the cell in the column of `only
  /// if` and every cell of `together`. Values of a circle go round. Other rules need no mending
  /// here: what follows from other columns is made from them.
  ///
  /// Emptied cells may break another rule, so rules are gone through until all hold. That ends: a
  /// row without any of the cells breaks none, and each pass empties some.
  package func mended(_ columns: [String: Cells], orders: Bool = false) -> [String: Cells] {
    var columns = columns
    for case .circular(let name, _) in schema.rules {
      guard let column = schema.column(named: name), let range = schema.circle(of: column),
        case .ticks(let ticks)? = columns[name],
        ticks.contains(where: { Cells.isValue($0) && !range.contains($0) })
      else { continue }
      columns[name] = .ticks(ticks.map { Cells.isValue($0) ? range.wrapping($0) : $0 })
    }
    let rules = schema.rules.filter { !emptied(by: $0, orders: orders).isEmpty }
    var isMending = !rules.isEmpty
    while isMending {
      isMending = false
      for rule in rules {
        let rows = rows(breaking: rule, in: columns)
        guard !rows.isEmpty else { continue }
        for name in emptied(by: rule, orders: orders) {
          columns[name] = columns[name]?.emptied(rows)
        }
        isMending = true
      }
    }
    return columns
  }

  private func emptied(by rule: Rule, orders: Bool) -> [String] {
    switch rule {
    case .never(let conditions): conditions.last.map { [$0.column] } ?? []
    case .onlyIf(let present, _): [present]
    case .together(let names): names
    case .ordered(_, let later): orders ? [later] : []
    case .determines, .sum, .product, .unique, .circular: []
    }
  }
}

extension Cells {
  /// Whether a row has a value or a code word.
  @inline(__always)
  package func isPresent(_ row: Int) -> Bool {
    switch self {
    case .ticks(let ticks): ticks[row] != Cells.missingTick
    case .labels(let codes, _): codes[row] != Cells.missingCode
    }
  }

  /// Returns the cells with some rows' missing.
  fileprivate func emptied(_ rows: [Int]) -> Cells {
    switch self {
    case .ticks(var ticks):
      for row in rows { ticks[row] = Cells.missingTick }
      return .ticks(ticks)
    case .labels(var codes, let dictionary):
      for row in rows { codes[row] = Cells.missingCode }
      return .labels(codes: codes, dictionary: dictionary)
    }
  }
}

extension ClosedRange<Int64> {
  /// Returns the tick of the range at the same place of the circle.
  fileprivate func wrapping(_ tick: Int64) -> Int64 {
    let period = Int128(upperBound) - Int128(lowerBound) + 1
    let rest = (Int128(tick) - Int128(lowerBound)) % period
    return Int64(Int128(lowerBound) + (rest < 0 ? rest + period : rest))
  }
}

extension Schema {
  /// Returns the ticks of a column whose values go round; nil if no rule says that they do.
  package func circle(of column: ColumnSchema) -> ClosedRange<Int64>? {
    for case .circular(column.name, let period) in rules {
      if case .declared(let range) = column.bounds { return range }
      if let period, period > 1 { return 0...period - 1 }
      if let clock = TimePattern(column.type), clock.isClock { return 0...clock.ticksPerDay - 1 }
    }
    return nil
  }
}
