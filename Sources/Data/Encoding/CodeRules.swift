import Tables

/// The rules of a schema as combinations of codes that no row may have.
///
/// Rules divide the values of columns at edges that are edges of bins, so a code stands for values
/// that all meet a condition or all do not, and a rule forbids exactly some combinations of codes.
/// It is made of public facts, and of codes that were paid for.
package struct CodeRules: Sendable {
  /// A combination: every named variable has one of some codes.
  package struct Box: Sendable, Hashable {
    /// The variables, ascending.
    package let variables: [Int]
    /// For each of them, whether each code belongs to it.
    package let codes: [[Bool]]

    /// Whether a row has the combination.
    @inline(__always)
    package func holds(_ code: (Int) -> Int) -> Bool {
      for (place, variable) in variables.enumerated() where !codes[place][code(variable)] {
        return false
      }
      return true
    }

    /// Whether every row that has the combination has the other's too.
    fileprivate func isInside(_ other: Box) -> Bool {
      other.variables.allSatisfy { variable in
        guard let own = variables.firstIndex(of: variable),
          let place = other.variables.firstIndex(of: variable)
        else { return false }
        return zip(codes[own], other.codes[place]).allSatisfy { !$0 || $1 }
      }
    }
  }

  package let boxes: [Box]

  package static let none = CodeRules(boxes: [])

  private init(boxes: [Box]) { self.boxes = boxes }

  /// - Parameter unlearned: The columns that a release leaves empty, whatever codes are drawn.
  package init(_ blueprint: Blueprint, domain: Domain, unlearned: Set<String> = []) {
    guard !blueprint.rules.isEmpty else {
      boxes = []
      return
    }
    let maker = BoxMaker(blueprint: blueprint, domain: domain, unlearned: unlearned)
    var boxes: [Box] = []
    for box in blueprint.rules.flatMap(maker.boxes)
    where !boxes.contains(where: { box.isInside($0) }) { boxes.append(box) }
    self.boxes = boxes
  }

  /// Whether a row keeps all rules.
  package func allow(_ code: (Int) -> Int) -> Bool { !boxes.contains { $0.holds(code) } }
}

/// Makes the combinations that one rule forbids.
private struct BoxMaker {
  let blueprint: Blueprint
  let domain: Domain
  private let unlearned: Set<String>

  init(blueprint: Blueprint, domain: Domain, unlearned: Set<String>) {
    (self.blueprint, self.domain) = (blueprint, domain)
    // What follows from an empty column is empty.
    var all = unlearned
    var isGrowing = true
    while isGrowing {
      let before = all.count
      for rule in blueprint.rules {
        guard let name = rule.decided else { continue }
        let sources = rule.columns.filter { $0 != name }
        if case .ordered = rule, blueprint.earliers(of: name).allSatisfy(all.contains) {
          all.insert(name)
        }
        if rule.isComputation, sources.contains(where: all.contains) { all.insert(name) }
      }
      isGrowing = all.count > before
    }
    self.unlearned = all
  }

  /// A part of a combination: the codes of one variable for which something holds.
  typealias Part = (variable: Int, codes: [Bool])

  func boxes(_ rule: Rule) -> [CodeRules.Box] {
    switch rule {
    case .never(let conditions): return box(conditions.map(meets)).map { [$0] } ?? []
    case .onlyIf(let present, let conditions):
      return conditions.compactMap { condition in
        box([isPresent(present), meets(condition).map { ($0.variable, $0.codes.map { !$0 }) }])
      } + followers(of: [present])
    case .together(let names):
      return names.dropFirst().flatMap { name in
        [
          box([isPresent(names[0]), isMissing(name)]), box([isMissing(names[0]), isPresent(name)]),
        ].compactMap(\.self)
      } + followers(of: names)
    case .ordered, .determines, .sum, .product, .unique, .circular: return []
    }
  }

  /// A column that follows others in order is missing if they are, so that its own variable says
  /// whether it is missing.
  private func followers(of names: [String]) -> [CodeRules.Box] {
    names.compactMap { name in
      let earliers = blueprint.earliers(of: name)
      return earliers.isEmpty ? nil : box([isPresent(name)] + earliers.map(isMissing))
    } + names.flatMap { followers(of: blueprint.earliers(of: $0)) }
  }

  /// Joins parts into a combination; nil if no row has it, or if a part is not known.
  private func box(_ parts: [Part?]) -> CodeRules.Box? {
    var codes: [Int: [Bool]] = [:]
    for part in parts {
      guard let part else { return nil }
      codes[part.variable] =
        codes[part.variable].map { known in zip(known, part.codes).map { $0 && $1 } } ?? part.codes
    }
    guard !codes.isEmpty, codes.values.allSatisfy({ $0.contains(true) }) else { return nil }
    // A variable of which every code belongs to the combination tells nothing.
    let telling = codes.filter { $0.value.contains(false) }
    if !telling.isEmpty { codes = telling }
    let variables = codes.keys.sorted()
    return CodeRules.Box(variables: variables, codes: variables.map { codes[$0] ?? [] })
  }

  private func meets(_ condition: Rule.Condition) -> Part? {
    guard let column = blueprint.schema.column(named: condition.column),
      let values = ConditionValues(condition.values, of: column),
      let variable = variable(of: condition.column)
    else { return nil }
    guard !unlearned.contains(column.name) else {
      return (variable, [Bool](repeating: false, count: domain.codecs[variable].size))
    }
    switch domain.codecs[variable] {
    case .ordered(let codec):
      let bins = codec.bins.map { values.contains($0.range.lowerBound) }
      let words = (0..<codec.words).map { values.contains(Cells.codeTick($0)) }
      return (variable, bins + words + (codec.hasMissing ? [false] : []))
    case .labels:
      return (
        variable,
        texts(of: column.name, variable).map { text in
          text.map { column.contains($0, values) } ?? false
        }
      )
    }
  }

  private func isPresent(_ name: String) -> Part? {
    isMissing(name).map { ($0.variable, $0.codes.map { !$0 }) }
  }

  private func isMissing(_ name: String) -> Part? {
    guard let variable = variable(of: name) else { return nil }
    let size = domain.codecs[variable].size
    guard !unlearned.contains(name) else { return (variable, [Bool](repeating: true, count: size)) }
    if case .labels = domain.codecs[variable] {
      return (variable, texts(of: name, variable).map { $0 == nil })
    }
    return (variable, (0..<size).map { $0 == domain.codecs[variable].missingCode })
  }

  private func variable(of name: String) -> Int? {
    domain.variables.firstIndex { variable in
      switch variable.source {
      case .column(let column): column == name
      case .gap(_, let later): later == name
      case .bundle(let names): names.contains(name)
      }
    }
  }

  /// Returns the text of a column that each code of its variable is written as; nil if missing.
  private func texts(of name: String, _ variable: Int) -> [String?] {
    guard case .labels(let codec) = domain.codecs[variable] else { return [] }
    let missing: [String?] = codec.hasMissing ? [nil] : []
    guard case .bundle(let names) = domain.variables[variable].source,
      let place = names.firstIndex(of: name)
    else {
      return codec.texts.map { $0 } + missing
    }
    return codec.texts.map { text in
      let parts = Bundle.split(text)
      return parts.indices.contains(place) ? parts[place] : nil
    } + missing
  }
}

extension ColumnSchema {
  /// Whether a text is a cell that a condition means.
  fileprivate func contains(_ text: String, _ values: ConditionValues) -> Bool {
    type.isOrdered ? tick(text).map(values.contains) ?? false : values.contains(text)
  }
}
