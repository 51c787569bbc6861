import Tables

/// The conversion of a schema's columns into the variables of a model, and back. Pure: it is made
/// from the schema alone.
package struct Blueprint: Sendable, Equatable {
  /// The schema that the blueprint was made from.
  package let schema: Schema
  /// The variables, in the order of the schema's columns. Columns that another decides or that stay
  /// out of the model have none.
  package let variables: [Variable]
  /// The rules to keep, without those that follow from others.
  package let rules: [Rule]

  /// - Throws: ``BlueprintError`` if the rules of the schema contradict each other.
  package init(schema: Schema) throws(BlueprintError) {
    try Blueprint.check(schema)
    self.schema = schema
    rules = schema.effectiveRules
    let rules = rules
    self.variables = schema.columns.compactMap { column in
      Blueprint.isModelled(column, unit: schema.unit)
        ? Blueprint.variable(for: column, in: schema, rules: rules) : nil
    }
  }

  /// Whether a column reaches the model. Identifiers, prose and the person column never do.
  package static func isModelled(_ column: ColumnSchema, unit: PrivacyUnit) -> Bool {
    if case .person(column.name, _) = unit { return false }
    return column.role.isModelled && column.type != .identifier && column.type != .text
  }

  /// Returns the prior knowledge of a variable's lowest and highest tick.
  package func bounds(of variable: Variable) -> Knowledge<ClosedRange<Int64>> {
    switch variable.source {
    case .column(let name):
      guard let column = schema.column(named: name) else { return .learned }
      if case .boolean = column.type { return .declared(0...1) }
      if let circle = schema.circle(of: column) { return .declared(circle) }
      if column.bounds == .learned, let day = column.type.packedDay { return .declared(day) }
      return column.bounds
    case .gap(let earlier, let later):
      guard let from = schema.column(named: earlier), let to = schema.column(named: later) else {
        return .learned
      }
      if let longest = to.longestGap {
        return .declared(0...OrderScale(from.type, to.type).gap(0, longest))
      }
      guard isAlone(earlier, before: later),
        case .declared(let first) = from.bounds, case .declared(let second) = to.bounds
      else { return .learned }
      let scale = OrderScale(from.type, to.type)
      if scale.isAbove(first.lowerBound, second.upperBound) { return .learned }
      return .declared(0...scale.gap(first.lowerBound, second.upperBound))
    case .bundle: return .learned
    }
  }

  /// Whether the schema wants the bins of a variable even in the logarithm. A gap follows the later
  /// column.
  package func isLogarithmic(_ variable: Variable) -> Bool {
    switch variable.source {
    case .column(let name), .gap(_, let name): schema.column(named: name)?.isLogarithmic == true
    case .bundle: false
    }
  }

  /// Returns the number of a variable's code words, each of which is a value beside the numbers.
  package func codes(of variable: Variable) -> Int {
    guard case .column(let name) = variable.source, variable.isOrdered else { return 0 }
    return schema.column(named: name)?.codes.count ?? 0
  }

  /// Returns the prior knowledge of a variable's labels. Those of a bundle are known if a map says
  /// which partners each label of the deciding column has.
  package func categories(of variable: Variable) -> Knowledge<[String]> {
    switch variable.source {
    case .column(let name): return schema.column(named: name)?.categories ?? .learned
    case .gap: return .learned
    case .bundle(let names):
      guard let maps = maps(of: names) else { return .learned }
      let listed = leaders(of: variable) ?? Set(maps.flatMap(\.keys)).sorted()
      return .declared(listed.map { label in Bundle.join([label] + maps.map { $0[label] }) })
    }
  }

  /// Returns the maps by which the first column of a bundle decides each other one; nil unless all
  /// are declared.
  func maps(of names: [String]) -> [[String: String]]? {
    let maps = names.dropFirst().compactMap {
      schema.maps[.determines(determinant: names[0], dependent: $0)]
    }
    return maps.count == names.count - 1 ? maps : nil
  }

  /// Returns all combinations of labels of a bundle of which every column's labels are declared;
  /// nil if some are not, or if there are too many.
  package func declaredPairs(of variable: Variable) -> [String]? {
    guard case .bundle(let names) = variable.source else { return nil }
    var pairs: [[String]] = [[]]
    for name in names {
      guard case .declared(let labels)? = schema.column(named: name)?.categories,
        pairs.count * labels.count <= Self.mostPairs
      else {
        return nil
      }
      pairs = pairs.flatMap { pair in labels.map { pair + [$0] } }
    }
    return pairs.map { Bundle.join($0) }
  }

  private static let mostPairs = 20_000

  /// Returns the public classification of a variable's labels, or of those of the column that
  /// decides a bundle; nil if the schema names none.
  package func hierarchy(of variable: Variable) -> CodeHierarchy? {
    switch variable.source {
    case .column(let name): schema.column(named: name)?.hierarchy
    case .gap: nil
    case .bundle(let names): schema.column(named: names[0])?.hierarchy
    }
  }

  /// Returns the label that stands for values too rare to be released.
  package func otherLabel(of variable: Variable) -> String {
    switch variable.source {
    case .column(let name): schema.column(named: name)?.otherLabel ?? "other"
    case .gap: ""
    case .bundle(let names):
      Bundle.join(
        names.map { name in
          guard let column = schema.column(named: name) else { return "other" }
          guard case .declared(let labels) = column.categories, !labels.contains(column.otherLabel)
          else { return column.otherLabel }
          // No label of a declared list stands for labels outside it.
          return nil
        })
    }
  }

  /// Returns the text that stands for a group of a variable's labels. In a bundle, its title stands
  /// in the first partner's column, and the label for all others in the rest.
  package func label(_ text: String, title: String?, of variable: Variable) -> String {
    guard case .bundle(let names) = variable.source else { return text }
    let others = names.dropFirst().map { schema.column(named: $0)?.otherLabel }
    return Bundle.join([text] + (title.map { [$0] + others.dropFirst() } ?? others))
  }

  /// Whether a variable's labels are all declared in parts (a bundle of declared columns), so that
  /// no label for all others may appear.
  package func isClosed(_ variable: Variable) -> Bool {
    guard case .bundle(let names) = variable.source else { return false }
    return names.contains { schema.column(named: $0)?.categories != .learned }
  }

  /// Whether the schema says that cells behind the variable may be missing.
  package func saysMissing(_ variable: Variable) -> Bool {
    Blueprint.saysMissing(variable.source, in: schema)
  }

  /// A column of which a rule tells when it is missing is one, whatever else the schema says.
  private static func saysMissing(_ source: Variable.Source, in schema: Schema) -> Bool {
    func isNullable(_ name: String?) -> Bool {
      guard let name else { return false }
      return schema.column(named: name)?.isNullable == true
        || schema.rules.contains { $0.nullable.contains(name) }
    }
    return switch source {
    case .column(let name): isNullable(name)
    case .bundle(let names): isNullable(names.first)
    case .gap(let earlier, let later): isNullable(earlier) || isNullable(later)
    }
  }

  /// Returns the declared labels of the column that decides the others of a bundle; nil if they are
  /// not declared.
  package func leaders(of variable: Variable) -> [String]? {
    guard case .bundle(let names) = variable.source, let first = names.first,
      let column = schema.column(named: first),
      case .declared(let labels) = column.categories
    else { return nil }
    return labels
  }

  private static func variable(for column: ColumnSchema, in schema: Schema, rules: [Rule])
    -> Variable?
  {
    var source = Variable.Source.column(column.name)
    var name = column.name
    // The first of several earlier columns names the gap; it starts at the latest of them.
    for rule in rules.reversed() {
      switch rule {
      case .determines(_, column.name), .sum(_, column.name), .product(_, column.name): return nil
      case .determines(column.name, _):
        let dependents = rules.compactMap { rule -> String? in
          if case .determines(column.name, let dependent) = rule { dependent } else { nil }
        }
        source = .bundle([column.name] + dependents)
      case .ordered(let earlier, column.name):
        source = .gap(earlier: earlier, later: column.name)
        name = "\(column.name) − \(earlier)"
      default: continue
      }
    }
    // A file need not be as its owner declares. Cells that say nothing then have a code until it is
    // known, from counts that are paid for, whether there are any.
    let isNullable = schema.origin == .declared || saysMissing(source, in: schema)
    let isTarget = column.role == .target || targets(column.name, in: schema, rules: rules)
    if case .bundle = source {
      return Variable(
        name: name, source: source, isOrdered: false, isNullable: isNullable, isTarget: isTarget)
    }
    return Variable(
      name: name, source: source, isOrdered: column.type.isOrdered, isNullable: isNullable,
      isTarget: isTarget)
  }

  /// Whether a target is computed from a column.
  private static func targets(_ name: String, in schema: Schema, rules: [Rule]) -> Bool {
    rules.contains { rule in
      guard rule.isComputation, let result = rule.decided, result != name,
        rule.columns.contains(name)
      else { return false }
      return schema.column(named: result)?.role == .target
    }
  }

  /// Refuses rules that contradict each other, and rules on columns that no model sees.
  private static func check(_ schema: Schema) throws(BlueprintError) {
    for rule in schema.rules {
      for name in rule.columns {
        guard let column = schema.column(named: name) else { continue }
        // Fakes can be told apart too, and drawn again.
        if case .unique = rule, column.role != .drop { continue }
        guard isModelled(column, unit: schema.unit) else { throw .notModelled(name, rule) }
      }
    }
    if let fault = schema.ruleFaults().first { throw .contradiction(fault) }
  }
}

/// The reason the rules of a schema cannot be kept.
package enum BlueprintError: Error, Equatable, CustomStringConvertible {
  case notModelled(String, Rule)
  case contradiction(SchemaFault)

  package var description: String {
    switch self {
    case .notModelled(let name, let rule):
      "Schema, rules: column '\(name)' is an identifier, prose or dropped, so the rule `\(rule.text)` cannot be kept on it. "
        + "Remove the rule, or change the column's role."
    case .contradiction(let fault): "Schema, rules: \(fault)"
    }
  }
}

extension BlueprintError {
  /// A stable name for programs that read errors.
  package var id: String {
    switch self {
    case .notModelled: "constraint.not-modelled"
    case .contradiction: "constraint.contradiction"
    }
  }
}
