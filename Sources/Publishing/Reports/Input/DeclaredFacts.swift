import Basics
import Tables

/// A kind of fact that the owner declared as public, and what it is declared of.
package struct DeclaredFacts: Codable, Sendable, Equatable {
  /// Such as `bounds`.
  package var kind: String
  /// The columns, or the things, in the order of the schema.
  package var names: [String]

  package init(kind: String, names: [String]) { (self.kind, self.names) = (kind, names) }
}

extension DeclaredFacts {
  /// Returns every fact of the schema that its owner answers for, by kind. A fact that was learned
  /// and paid for, or that nobody answers for, is none of them.
  package static func of(_ schema: Schema) -> [DeclaredFacts] {
    guard schema.origin == .declared else { return [] }
    var names: [String: [String]] = [:]
    for fact in schema.facts where schema.provenance(of: fact) == .declared {
      names[fact.kind, default: []].append(fact.subject(in: schema))
    }
    return Schema.Fact.kinds.compactMap { kind in
      names[kind].map { DeclaredFacts(kind: kind, names: $0) }
    }
  }
}

extension Schema.Fact {
  fileprivate static let kinds = [
    "whom the promise protects", "how the file is written", "number of rows", "type, form and role",
    "bounds", "categories", "rules",
  ]

  fileprivate var kind: String {
    switch self {
    case .unit: Self.kinds[0]
    case .format: Self.kinds[1]
    case .rows: Self.kinds[2]
    case .column: Self.kinds[3]
    case .bounds: Self.kinds[4]
    case .categories: Self.kinds[5]
    case .rule: Self.kinds[6]
    }
  }

  fileprivate func subject(in schema: Schema) -> String {
    switch self {
    case .unit:
      if case .person(let column, let most) = schema.unit {
        return "a person, as ‘\(column)’ tells, with at most \(most) rows"
      }
      return schema.eachRowIsAPerson ? "a row, each a person of its own" : "a row"
    case .format: return "delimiter, header and missing words"
    case .rows: return schema.approximateRows.map { "about \(NumberText.count($0))" } ?? ""
    case .column(let name), .bounds(let name), .categories(let name): return name
    case .rule(.ordered(let earlier, let later)): return "\(earlier) is never above \(later)"
    case .rule(.determines(let determinant, let dependent)):
      return "\(determinant) determines \(dependent)"
    case .rule(let rule): return rule.text
    }
  }
}
