import Tables

/// The tree of the tables of people, below the table that says who.
extension LinkedSchema {
  /// Returns the link of a table to its owner: the first that leads to a table of people. Nil for
  /// the root and for public tables.
  package func owner(of table: LinkedTable) -> ParentLink? {
    guard table.name != person, !table.isPublic else { return nil }
    return table.parents.first { link in
      self.table(named: link.table).map { !$0.isPublic } ?? false
    }
  }

  /// Returns the names of the tables above one: its owner, the owner's owner, and so on to the
  /// root. Empty for the root and for public tables. A circle of links is gone round once.
  package func ancestors(of name: String) -> [String] {
    var found: [String] = []
    var next = table(named: name)
    while let table = next, let owner = owner(of: table), !found.contains(owner.table) {
      found.append(owner.table)
      next = self.table(named: owner.table)
    }
    return found
  }

  /// Returns the names of the tables of people that a table owns, in the order of the file.
  package func children(of name: String) -> [String] {
    tables.filter { owner(of: $0)?.table == name }.map(\.name)
  }

  /// The indices of the tables of people, each behind its owner; the root is first.
  package var downward: [Int] {
    var order: [Int] = []
    var waiting = [person]
    while let name = waiting.first {
      waiting.removeFirst()
      guard let index = index(of: name), !order.contains(index) else { continue }
      order.append(index)
      waiting += children(of: name)
    }
    return order
  }

  /// Puts the links of every table in order, the deepest table first, so that a row belongs to an
  /// admission and through it to the patient. For sources that have no order.
  package mutating func putOwnersFirst() {
    var heights: [String: Int] = [:]
    for _ in tables {
      for table in tables {
        heights[table.name] = table.parents.map { heights[$0.table, default: 0] + 1 }.max() ?? 0
      }
    }
    for index in tables.indices {
      tables[index].parents.sort { heights[$0.table, default: 0] > heights[$1.table, default: 0] }
    }
  }

  /// The kind of table that a link leads to.
  package enum LinkKind: Sendable, Equatable {
    /// The row that a row belongs to.
    case owner
    /// An ancestor above the owner, which follows from the owner.
    case ancestor
    /// Another row of the same person, in a table that is not an ancestor.
    case sideways
    /// A row of a public table.
    case lookup
  }

  /// Returns the kind of a table's link.
  package func kind(of link: ParentLink, in table: LinkedTable) -> LinkKind {
    if self.table(named: link.table)?.isPublic ?? false { return .lookup }
    if link == owner(of: table) { return .owner }
    return ancestors(of: table.name).contains(link.table) ? .ancestor : .sideways
  }

  /// Returns whether a column is the key of its table, or a part of a link to a table of people.
  /// Such columns are made anew and never modelled. A key of several columns is not: its own part,
  /// such as the number of a diagnosis within its admission, says something.
  package func isStructural(_ place: ColumnPlace) -> Bool {
    guard let table = table(named: place.table), !table.isPublic else { return false }
    if table.key == [place.column] { return true }
    return table.parents.contains { link in
      link.columns.contains(place.column) && kind(of: link, in: table) != .lookup
    }
  }
}

/// The provenance of what a schema of several tables says.
extension LinkedSchema {
  /// A fact about the links that can be observed, declared or learned. Facts about a table's own
  /// columns are in the table's schema.
  package enum Fact: Hashable, Sendable {
    case key(table: String)
    case parents(table: String)
    case time(table: String)
    case isPublic(table: String)
    case rule(LinkRule)

    /// The name in messages: `the key of 'admissions'`.
    package var name: String {
      switch self {
      case .key(let table): "the key of '\(table)'"
      case .parents(let table): "the parents of '\(table)'"
      case .time(let table): "the times of '\(table)'"
      case .isPublic(let table): "that '\(table)' is public"
      case .rule(let rule): "the rule `\(rule.text)`"
      }
    }
  }

  /// Every fact about links that the schema states, in the order of the file.
  package var linkFacts: [Fact] {
    tables.flatMap { table -> [Fact] in
      (table.key.isEmpty ? [] : [.key(table: table.name)])
        + (table.parents.isEmpty ? [] : [.parents(table: table.name)])
        + (table.time == nil && table.end == nil ? [] : [.time(table: table.name)])
        + (table.isPublic ? [.isPublic(table: table.name)] : [])
    } + rules.map { .rule($0) }
  }

  /// Returns the provenance of a fact after the review: observed facts are declared once somebody
  /// has signed for them.
  package func provenance(of fact: Fact) -> Provenance {
    var stated = facts
    if case .rule(let rule) = fact, let own = ruleProvenance[rule] { stated = own }
    return stated == .observed && review != nil ? .declared : stated
  }

  /// The facts about links that come from the rows and that nobody has paid or signed for.
  package var observedLinkFacts: [Fact] {
    linkFacts.filter { provenance(of: $0) == .observed }
  }

  /// The schema in a fixed form for hashing: equal schemas give equal text, whatever their files.
  /// The first line carries the version of this form, whose meaning never changes.
  package var canonicalText: String {
    func list(_ names: [String]) -> String { Schema.json(names) }
    var lines = [
      "understudy-linked-canonical 1",
      "linked \(list([name, person, people ?? ""])) \(facts.rawValue)",
    ]
    if let review { lines.append("reviewed \(list([review.by, review.on]))") }
    for table in tables {
      lines.append("table \(list([table.name, table.file])) public \(table.isPublic)")
      lines.append("key \(list(table.key)) times \(list([table.time ?? "", table.end ?? ""]))")
      lines += table.parents.map { "parent \(list([$0.table] + $0.columns))" }
      lines.append(table.schema.canonicalText)
    }
    lines += rules.map { rule in
      let own = ruleProvenance[rule].map { " \($0.rawValue)" } ?? ""
      return "rule \(rule.keyword) \(list(rule.canonicalParts))\(own)"
    }
    return lines.joined(separator: "\n")
  }
}

extension LinkRule {
  fileprivate var canonicalParts: [String] {
    func parts(_ place: ColumnPlace) -> [String] { [place.table, place.column] }
    func parts(_ conditions: [Condition]) -> [String] {
      conditions.flatMap { parts($0.place) + ["\($0.values.count)"] + $0.values }
    }
    return switch self {
    case .ordered(let one, let other), .beforeNext(let one, let other),
      .determines(let one, let other):
      parts(one) + parts(other)
    case .onlyIf(let present, let conditions): parts(present) + parts(conditions)
    case .atMostOne(let table, let ancestor, let conditions): [table, ancestor] + parts(conditions)
    }
  }
}
