/// Finds rules that no row can keep together, or that decide one cell twice. It reads the schema
/// alone, so that such a set is refused before anything is charged.
struct RuleCollisions {
  private let schema: Schema
  private let rules: [Rule]

  init(_ schema: Schema) { (self.schema, rules) = (schema, schema.rules) }

  func faults() -> [SchemaFault] {
    for later in rules.indices {
      for earlier in rules.indices[..<later] {
        if let problem = problem(earlier, later) {
          return [fault(earlier, later, problem.0, problem.1)]
        }
      }
    }
    if let (first, last, name) = circle() {
      return [
        fault(
          first, last, "'\(name)' would follow from itself, round in a circle",
          "remove one of the rules in the circle")
      ]
    }
    if let (first, last) = RuleSatisfaction(schema).collision() {
      return [fault(first, last, "together they forbid every row", "correct or remove one of them")]
    }
    return []
  }

  private func fault(_ first: Int, _ second: Int, _ problem: String, _ remedy: String)
    -> SchemaFault
  {
    let texts =
      first == second
      ? "the rule `\(rules[first].text)` cannot be kept"
      : "the rules `\(rules[first].text)` and `\(rules[second].text)` collide"
    return SchemaFault(
      rule: second, problem: "\(texts): \(problem)", allowed: "rules that a row can keep",
      remedy: remedy)
  }

  /// Returns the reason two rules cannot both be kept, with the remedy.
  private func problem(_ first: Int, _ second: Int) -> (String, String)? {
    let (one, other) = (rules[first], rules[second])
    if one == other { return ("they are the same", "remove one of them") }
    if let name = one.decided, name == other.decided {
      if case .ordered = one, case .ordered = other { return nil }
      if schema.isImplied(one, by: other) || schema.isImplied(other, by: one) { return nil }
      return (
        "'\(name)' would follow from more than one rule",
        impliedRemedy(one, other) ?? "keep one of them"
      )
    }
    return nested(one, other) ?? nested(other, one)
  }

  private func impliedRemedy(_ one: Rule, _ other: Rule) -> String? {
    for (order, sum) in [(one, other), (other, one)] {
      if case .ordered(let earlier, _) = order, case .sum(let terms, _) = sum,
        terms.contains(earlier)
      {
        return
          "keep the sum, and declare bounds of 0 or more for what is added to '\(earlier)', so that the order follows from it"
      }
    }
    return nil
  }

  /// Returns the reason a rule cannot be kept on the column that another one decides.
  private func nested(_ deciding: Rule, _ other: Rule) -> (String, String)? {
    if case .circular(let name, _) = deciding, case .ordered = other, other.columns.contains(name) {
      return ("values that go round have no order", "remove one of them")
    }
    guard let name = deciding.decided, other.columns.contains(name) else { return nil }
    switch (deciding, other) {
    case (.determines, .determines(name, _)), (.ordered, .determines(name, _)),
      (.sum, .determines(name, _)),
      (.product, .determines(name, _)):
      return ("'\(name)' would decide another column and follow from one", "keep one of them")
    case (.ordered, _) where other.conditions.contains { $0.column == name },
      (.sum, _) where other.conditions.contains { $0.column == name },
      (.product, _) where other.conditions.contains { $0.column == name }:
      return (
        "'\(name)' follows from other columns, so that no value of it can be ruled out",
        "name the columns it follows from"
      )
    case (.sum, _) where other.nullable.contains(name),
      (.product, _) where other.nullable.contains(name):
      return (
        "'\(name)' is missing exactly if a column it is computed from is",
        "name that column instead"
      )
    case (.ordered, .circular), (.sum, .circular), (.product, .circular):
      return (
        "'\(name)' follows from other columns, so that it cannot go round", "remove one of them"
      )
    default: return nil
    }
  }

  /// Returns the first and the last rule of a circle of columns that follow from each other.
  private func circle() -> (Int, Int, String)? {
    var finished: Set<String> = []
    func visit(_ name: String, _ path: [(name: String, rule: Int)]) -> (Int, Int, String)? {
      guard !finished.contains(name) else { return nil }
      for (index, rule) in rules.enumerated() where rule.decided == name {
        for source in rule.columns where source != name {
          if let start = (path.map(\.name) + [name]).firstIndex(of: source) {
            let inside = path[min(start, path.count)...].map(\.rule) + [index]
            return (inside[0], index, source)
          }
          if let found = visit(source, path + [(name, index)]) { return found }
        }
      }
      finished.insert(name)
      return nil
    }
    for rule in rules {
      if let name = rule.decided, let found = visit(name, []) { return found }
    }
    return nil
  }
}

extension Schema {
  /// Whether an order follows from a sum, because the declared bounds of every other term exclude
  /// negative values.
  package func isImplied(_ order: Rule, by sum: Rule) -> Bool {
    guard case .ordered(let earlier, let later) = order, case .sum(let terms, later) = sum,
      terms.contains(earlier)
    else { return false }
    return terms.filter { $0 != earlier }.allSatisfy { name in
      if case .declared(let range)? = column(named: name)?.bounds {
        range.lowerBound >= 0
      } else {
        false
      }
    }
  }

  /// The rules that have to be seen to: an order that follows from a sum is kept with it.
  package var effectiveRules: [Rule] {
    rules.filter { rule in !rules.contains { isImplied(rule, by: $0) } }
  }
}
