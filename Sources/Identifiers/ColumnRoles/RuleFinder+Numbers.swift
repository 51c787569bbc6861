import Tables

/// Rules on numbers and times: orders, sums and products.
extension RuleFinder {
  /// The fewest values with which a number is an amount and not a code.
  private static let leastValues = 10
  /// The share of strangers' pairs in the wrong order below which an order is no wonder.
  private static let leastWonder = (numbers: 0.05, times: 0.01)
  /// The rows of strangers' pairs that would be in the wrong order, at least, for times.
  private static let leastBroken = 5.0

  /// Returns pairs of times, or of numbers in one unit, that are never in the wrong order and not
  /// always equal. An order that follows from two others is left out.
  func orders() -> [RuleSuggestion] {
    let candidates = columns.filter { column in
      (column.type.isTime || column.type.isNumber) && valuesInSample(column) >= Self.leastValues
    }
    var found: [RuleSuggestion] = []
    for first in candidates {
      for second in candidates where first.name != second.name && first.type.canPrecede(second.type)
      {
        guard first.type.isTime || RuleFinder.shareUnit(first, second),
          let suggestion = order(first, second)
        else { continue }
        found.append(suggestion)
      }
    }
    let kept = Set(found.filter { $0.broken == 0 }.map(\.rule))
    return found.filter { suggestion in
      guard case .ordered(let low, let high) = suggestion.rule else { return true }
      return !candidates.contains { middle in
        kept.contains(.ordered(earlier: low, later: middle.name))
          && kept.contains(.ordered(earlier: middle.name, later: high))
      }
    }
  }

  private func order(_ first: Column, _ second: Column) -> RuleSuggestion? {
    guard case .ticks(let low) = first.cells, case .ticks(let high) = second.cells else {
      return nil
    }
    let scale = OrderScale(first.type, second.type)
    func tally(_ rows: some Sequence<Int>, most: Int) -> (broken: Int, strict: Int, both: Int)? {
      var (broken, strict, both) = (0, 0, 0)
      for row in rows where Cells.isValue(low[row]) && Cells.isValue(high[row]) {
        both += 1
        if scale.isAbove(low[row], high[row]) {
          broken += 1
          if broken > most { return nil }
        } else if low[row] != high[row] || scale.earlier != scale.later {
          strict += 1
        }
      }
      return (broken, strict, both)
    }
    guard let look = tally(sample, most: Int(Self.fewOfSample * Double(sample.count))),
      look.strict > 0
    else { return nil }
    let wonder = wrongOrder(low, high, scale)
    let isTime = first.type.isTime
    guard wonder >= (isTime ? Self.leastWonder.times : Self.leastWonder.numbers),
      let all = tally(0..<rows, most: mostBroken), all.strict >= Self.leastRows,
      wonder * Double(all.both) >= (isTime ? Self.leastBroken : Double(Self.leastRows))
    else { return nil }
    return RuleSuggestion(
      rule: .ordered(earlier: first.name, later: second.name), strength: wonder * Double(all.both),
      broken: all.broken)
  }

  /// Returns how often the values of two different rows are in the wrong order.
  private func wrongOrder(_ low: [Int64], _ high: [Int64], _ scale: OrderScale) -> Double {
    var (wrong, both) = (0, 0)
    for shift in [sample.count / 3, sample.count / 2, 1] where shift > 0 {
      for (place, row) in sample.enumerated() {
        let other = sample[(place + shift) % sample.count]
        guard Cells.isValue(low[row]), Cells.isValue(high[other]) else { continue }
        both += 1
        if scale.isAbove(low[row], high[other]) { wrong += 1 }
      }
    }
    return both > 0 ? Double(wrong) / Double(both) : 0
  }

  /// Whether two numbers seem to have one unit: the signs they are written with say so, or their
  /// names end or begin alike.
  private static func shareUnit(_ first: Column, _ second: Column) -> Bool {
    let signs = [first, second].map { $0.numberFormat.prefix + $0.numberFormat.suffix }
    guard signs[0] == signs[1] else { return false }
    if !signs[0].isEmpty { return true }
    let names = [first, second].map { $0.name.lowercased() }
    let words = names.map { name in Set(name.split { !$0.isLetter }.filter { $0.count > 1 }) }
    if !words[0].isDisjoint(with: words[1]) { return true }
    let shorter = min(names[0].count, names[1].count)
    let ends = zip(names[0].reversed(), names[1].reversed()).prefix { $0 == $1 }.count
    let starts = zip(names[0], names[1]).prefix { $0 == $1 }.count
    return max(ends, starts) >= max(2, (shorter + 1) / 2)
  }

  // MARK: Sums and products

  /// The most columns that are tried as parts of a sum.
  private static let mostParts = 40

  /// Returns columns that are the sum or the product of two others.
  func computations() -> [RuleSuggestion] {
    let parts = columns.filter { column in
      column.type.fractionDigits != nil && valuesInSample(column) >= Self.leastValues / 2
    }.prefix(Self.mostParts)
    var found: [RuleSuggestion] = []
    for result in parts where valuesInSample(result) >= Self.leastValues {
      for (place, first) in parts.enumerated() where first.name != result.name {
        for second in parts.dropFirst(place + 1) where second.name != result.name {
          for rule: Rule in [
            .sum(terms: [first.name, second.name], total: result.name),
            .product(factors: [first.name, second.name], result: result.name),
          ] {
            if let suggestion = computation(rule, first, second, result) {
              found.append(suggestion)
            }
          }
        }
      }
    }
    return found
  }

  private func computation(_ rule: Rule, _ first: Column, _ second: Column, _ result: Column)
    -> RuleSuggestion?
  {
    guard RuleFinder.canCompute(rule, first.type, second.type, result.type),
      let computation = Computation(rule, in: schema),
      case .ticks(let one) = first.cells, case .ticks(let other) = second.cells,
      case .ticks(let results) = result.cells
    else { return nil }
    let isProduct = if case .product = rule { true } else { false }
    func isTelling(_ row: Int) -> Bool {
      let (first, second) = (one[row], other[row])
      guard first != 0, second != 0, results[row] != 0 else { return false }
      return !isProduct || results[row] != first && results[row] != second
    }
    func tally(_ rows: some Sequence<Int>, most: Int) -> (broken: Int, telling: Int)? {
      var (broken, telling) = (0, 0)
      for row in rows
      where Cells.isValue(one[row]) && Cells.isValue(other[row]) && Cells.isValue(results[row]) {
        if computation.tick([one[row], other[row]]) != results[row] {
          broken += 1
          if broken > most { return nil }
        } else if isTelling(row) {
          telling += 1
        }
      }
      return (broken, telling)
    }
    guard let look = tally(sample, most: Int(Self.fewOfSample * Double(sample.count))),
      look.telling > 0,
      let all = tally(0..<rows, most: mostBroken), all.telling >= Self.leastRows
    else { return nil }
    return RuleSuggestion(rule: rule, strength: 2 * Double(all.telling), broken: all.broken)
  }

  private static func canCompute(
    _ rule: Rule, _ first: ColumnType, _ second: ColumnType, _ result: ColumnType
  ) -> Bool {
    if result.isNumber { return first.isNumber && second.isNumber }
    guard case .sum = rule else { return false }
    return first.isNumber ? first == .integer && !second.isNumber : second == .integer
  }
}

extension ColumnType {
  fileprivate var isTime: Bool {
    switch self {
    case .date, .timestamp: true
    default: false
    }
  }
}
