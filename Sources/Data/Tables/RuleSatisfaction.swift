/// Finds out whether `never` rules leave any row possible, if all the columns they name are
/// declared.
///
/// Each column has few kinds of values that rules tell apart: runs between the edges that they
/// name, labels that they name, and all others. If no combination of kinds is left, no row is.
struct RuleSatisfaction {
  private let schema: Schema
  /// Combinations beyond which the question is left open: the program then empties cells.
  private static let mostCombinations = 200_000

  init(_ schema: Schema) { self.schema = schema }

  /// Returns two rules of a set that forbids everything (one rule twice if it does so alone).
  func collision() -> (Int, Int)? {
    let never = schema.rules.indices.filter {
      if case .never = schema.rules[$0] { true } else { false }
    }
    for index in never where forbidsAll([index]) { return (index, index) }
    for (place, later) in never.enumerated() {
      for earlier in never[..<place] where forbidsAll([earlier, later]) { return (earlier, later) }
    }
    guard never.count > 2, forbidsAll(never), let first = never.first, let last = never.last else {
      return nil
    }
    return (first, last)
  }

  private func forbidsAll(_ indices: [Int]) -> Bool {
    let rules = indices.map { schema.rules[$0].conditions }
    let names = Set(rules.flatMap { $0.map(\.column) }).sorted()
    var kinds: [[Set<Int>]] = []
    for name in names {
      guard let column = schema.column(named: name), let own = self.kinds(of: column, rules: rules)
      else { return false }
      kinds.append(own)
    }
    guard kinds.reduce(1, { $0 * $1.count }) <= Self.mostCombinations else { return false }
    let involved = rules.map { rule in
      Set(rule.compactMap { condition in names.firstIndex(of: condition.column) })
    }
    var choice = [Int](repeating: 0, count: names.count)
    while true {
      let isForbidden = rules.indices.contains { rule in
        involved[rule].allSatisfy { kinds[$0][choice[$0]].contains(rule) }
      }
      if !isForbidden { return false }
      guard let place = choice.indices.first(where: { choice[$0] + 1 < kinds[$0].count }) else {
        return true
      }
      choice[place] += 1
      for earlier in 0..<place { choice[earlier] = 0 }
    }
  }

  /// Returns, for each kind of value of a column, the rules whose condition on it holds. Nil if a
  /// cell may be missing: it then escapes every rule.
  private func kinds(of column: ColumnSchema, rules: [[Rule.Condition]]) -> [Set<Int>]? {
    guard !column.isNullable else { return nil }
    let values = rules.map { rule in
      rule.first { $0.column == column.name }.flatMap { ConditionValues($0.values, of: column) }
    }
    var kinds: [Set<Int>] = []
    func add(_ holds: (ConditionValues) -> Bool) {
      kinds.append(Set(values.indices.filter { values[$0].map(holds) ?? false }))
    }
    if column.type.isOrdered {
      var range = Cells.lowestValue...Int64.max
      if case .declared(let bounds) = column.bounds { range = bounds }
      if case .boolean = column.type { range = 0...1 }
      let edges = values.flatMap { $0?.edges ?? [] }.filter {
        $0 > range.lowerBound && range.contains($0)
      }
      for start in [range.lowerBound] + edges { add { $0.contains(start) } }
      for word in column.codes.indices { add { $0.contains(Cells.codeTick(word)) } }
    } else if case .declared(let labels) = column.categories {
      for label in labels { add { $0.contains(label) } }
    } else {
      return nil
    }
    return Array(Set(kinds))
  }
}
