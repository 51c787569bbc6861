extension Schema {
  /// A fact of a schema that can have its own provenance.
  package enum Fact: Hashable, Sendable {
    case format, rows, unit
    /// Type, digits, words, formats, role, missing cells and repetition.
    case column(String)
    case bounds(String)
    case categories(String)
    case rule(Rule)

    /// The name in messages: `the bounds of 'age'`.
    package var name: String {
      switch self {
      case .format: "how the file is written"
      case .rows: "the number of rows"
      case .unit: "the unit of privacy"
      case .column(let name): "the column '\(name)'"
      case .bounds(let name): "the bounds of '\(name)'"
      case .categories(let name): "the categories of '\(name)'"
      case .rule(let rule): "the rule `\(rule.text)`"
      }
    }
  }

  /// Returns the provenance of a fact after the review: observed facts are declared once somebody
  /// has signed for them.
  package func provenance(of fact: Fact) -> Provenance {
    let stated = stated(fact)
    return stated == .observed && provenance.review != nil ? .declared : stated
  }

  /// Returns the provenance that the file states for a fact, whoever signed for it.
  package func stated(_ fact: Fact) -> Provenance {
    let own: Provenance? =
      switch fact {
      case .format: provenance.format
      case .rows: provenance.rows
      case .unit: provenance.unit
      case .column(let name): column(named: name)?.provenance.facts
      case .bounds(let name):
        column(named: name).flatMap { $0.provenance.bounds ?? $0.provenance.facts }
      case .categories(let name):
        column(named: name).flatMap { $0.provenance.categories ?? $0.provenance.facts }
      case .rule(let rule): provenance.rules[rule]
      }
    return own ?? provenance.facts
  }

  /// Every fact that the schema states, in the order of the file. Requests to learn are not facts.
  package var facts: [Fact] {
    var facts: [Fact] = [.format, .unit]
    if approximateRows != nil, origin == .declared { facts.append(.rows) }
    for column in columns {
      facts.append(.column(column.name))
      if column.bounds != .learned { facts.append(.bounds(column.name)) }
      if column.categories != .learned { facts.append(.categories(column.name)) }
    }
    return facts + rules.map { .rule($0) }
  }

  /// The facts that come from the rows and that nobody has paid or signed for.
  package var observedFacts: [Fact] { facts.filter { provenance(of: $0) == .observed } }
}
