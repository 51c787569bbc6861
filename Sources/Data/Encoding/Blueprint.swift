import Tables

/// The conversion of a schema's columns into the variables of a model, and back. Pure: it is made
/// from the schema alone.
package struct Blueprint: Sendable, Equatable {
  /// The schema that the blueprint was made from.
  package let schema: Schema
  /// The variables, in the order of the schema's columns. Columns that another decides or that stay
  /// out of the model have none.
  package let variables: [Variable]

  /// - Throws: ``BlueprintError`` if the constraints of the schema contradict each other.
  package init(schema: Schema) throws(BlueprintError) {
    try Blueprint.check(schema.constraints, against: schema)
    self.schema = schema
    self.variables = schema.columns.compactMap { column in
      Blueprint.isModelled(column, unit: schema.unit) ? Blueprint.variable(for: column, in: schema) : nil
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
      if column.bounds == .learned, let day = column.type.packedDay { return .declared(day) }
      return column.bounds
    case .gap(let earlier, let later):
      guard case .declared(let first)? = schema.column(named: earlier)?.bounds,
        case .declared(let second)? = schema.column(named: later)?.bounds, second.upperBound >= first.lowerBound
      else { return .learned }
      return .declared(0...(second.upperBound - first.lowerBound))
    case .bundle: return .learned
    }
  }

  /// Returns the number of a variable's code words, each of which is a value beside the numbers.
  package func codes(of variable: Variable) -> Int {
    guard case .column(let name) = variable.source, variable.isOrdered else { return 0 }
    return schema.column(named: name)?.codes.count ?? 0
  }

  /// Returns the prior knowledge of a variable's labels.
  package func categories(of variable: Variable) -> Knowledge<[String]> {
    guard case .column(let name) = variable.source else { return .learned }
    return schema.column(named: name)?.categories ?? .learned
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
          guard case .declared(let labels) = column.categories, !labels.contains(column.otherLabel) else { return column.otherLabel }
          // No label of a declared list stands for labels outside it.
          return nil
        })
    }
  }

  /// Whether a variable's labels are all declared in parts (a bundle of declared columns), so that
  /// no label for all others may appear.
  package func isClosed(_ variable: Variable) -> Bool {
    guard case .bundle(let names) = variable.source else { return false }
    return names.contains { schema.column(named: $0)?.categories != .learned }
  }

  /// Whether the schema says that cells behind the variable may be missing.
  package func saysMissing(_ variable: Variable) -> Bool { Blueprint.saysMissing(variable.source, in: schema) }

  private static func saysMissing(_ source: Variable.Source, in schema: Schema) -> Bool {
    func isNullable(_ name: String?) -> Bool { name.flatMap { schema.column(named: $0) }?.isNullable == true }
    return switch source {
    case .column(let name): isNullable(name)
    case .bundle(let names): isNullable(names.first)
    case .gap(let earlier, let later): isNullable(earlier) || isNullable(later)
    }
  }

  /// Returns the declared labels of the column that decides the others of a bundle; nil if they are
  /// not declared.
  package func leaders(of variable: Variable) -> [String]? {
    guard case .bundle(let names) = variable.source, let first = names.first, let column = schema.column(named: first),
      case .declared(let labels) = column.categories
    else { return nil }
    return labels
  }

  private static func variable(for column: ColumnSchema, in schema: Schema) -> Variable? {
    var source = Variable.Source.column(column.name)
    var name = column.name
    for constraint in schema.constraints {
      switch constraint {
      case .determines(_, column.name): return nil
      case .determines(column.name, _):
        let dependents = schema.constraints.compactMap { constraint -> String? in
          if case .determines(column.name, let dependent) = constraint { dependent } else { nil }
        }
        source = .bundle([column.name] + dependents)
      case .ordered(let earlier, column.name):
        source = .gap(earlier: earlier, later: column.name)
        name = "\(column.name) − \(earlier)"
      case .ordered, .determines: continue
      }
    }
    // A file need not be as its owner declares. Cells that say nothing then have a code until it is
    // known, from counts that are paid for, whether there are any.
    let isNullable = schema.origin == .declared || saysMissing(source, in: schema)
    if case .bundle = source {
      return Variable(name: name, source: source, isOrdered: false, isNullable: isNullable, isTarget: column.role == .target)
    }
    return Variable(
      name: name, source: source, isOrdered: column.type.isOrdered, isNullable: isNullable, isTarget: column.role == .target)
  }

  /// Checks that each column follows at most one other and is not tied twice.
  private static func check(_ constraints: [Constraint], against schema: Schema) throws(BlueprintError) {
    var tied: Set<String> = []
    for constraint in constraints {
      let (leader, follower) =
        switch constraint {
        case .ordered(let earlier, let later): (earlier, later)
        case .determines(let determinant, let dependent): (determinant, dependent)
        }
      for name in [leader, follower] {
        guard let column = schema.column(named: name) else { throw .unknownColumn(name) }
        guard isModelled(column, unit: schema.unit) else { throw .notModelled(name) }
        if case .ordered = constraint, !column.type.isOrdered { throw .notOrdered(name) }
      }
      guard tied.insert(follower).inserted, leader != follower else { throw .tiedTwice(follower) }
    }
    for case .ordered(let earlier, let later) in constraints {
      guard schema.column(named: earlier)?.type.tickUnit == schema.column(named: later)?.type.tickUnit else {
        throw .unitsDiffer(earlier, later)
      }
    }
    for case .determines(let determinant, _) in constraints where tied.contains(determinant) {
      throw .tiedTwice(determinant)
    }
    try checkChains(constraints)
  }

  /// Refuses order constraints that go round in a circle.
  private static func checkChains(_ constraints: [Constraint]) throws(BlueprintError) {
    var before: [String: String] = [:]
    for case .ordered(let earlier, let later) in constraints { before[later] = earlier }
    for start in before.keys.sorted() {
      var name = start
      for _ in 0...before.count {
        guard let earlier = before[name] else { break }
        guard earlier != start else { throw .circular(start) }
        name = earlier
      }
    }
  }
}

extension ColumnType {
  /// The unit of one tick, to decide whether ticks of two columns may be subtracted.
  fileprivate var tickUnit: String? {
    switch self {
    case .integer: "1"
    case .decimal(let fractionDigits): "1e-\(fractionDigits)"
    case .scientific: nil
    case .date: "day"
    case .timestamp(let format): "\(format.secondsPerTick)s e-\(format.fractionDigits)"
    case .boolean, .category, .identifier, .text: nil
    }
  }
}

/// The reason the constraints of a schema cannot be kept.
package enum BlueprintError: Error, Equatable, CustomStringConvertible {
  case unknownColumn(String)
  case notModelled(String)
  case notOrdered(String)
  case unitsDiffer(String, String)
  case tiedTwice(String)
  case circular(String)

  package var description: String {
    switch self {
    case .unknownColumn(let name):
      "Schema, constraints: there is no column '\(name)'. Name a column of the schema, or remove the constraint."
    case .notModelled(let name):
      "Schema, constraints: column '\(name)' is an identifier, prose or dropped, so no constraint can be kept on it. "
        + "Remove the constraint, or change the column's role."
    case .notOrdered(let name):
      "Schema, constraints: column '\(name)' is not a number, date or timestamp, so it has no order. Use 'determines' for labels."
    case .unitsDiffer(let first, let second):
      "Schema, constraints: columns '\(first)' and '\(second)' differ in type or precision, so their order cannot be kept. "
        + "Give both the same type in the schema."
    case .circular(let name):
      "Schema, constraints: the order constraints that start at column '\(name)' go round in a circle. Remove one of them."
    case .tiedTwice(let name):
      "Schema, constraints: column '\(name)' follows more than one other column. Keep one of its constraints."
    }
  }
}

extension BlueprintError {
  /// A stable name for programs that read errors.
  package var id: String {
    switch self {
    case .unknownColumn: "constraint.unknown-column"
    case .notModelled: "constraint.not-modelled"
    case .notOrdered: "constraint.not-ordered"
    case .unitsDiffer: "constraint.units-differ"
    case .tiedTwice: "constraint.tied-twice"
    case .circular: "constraint.circular"
    }
  }
}
