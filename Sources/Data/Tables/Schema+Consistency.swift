extension Schema {
  /// Returns the contradictions in the schema, whether it came from a file or from code.
  package func inconsistencies() -> [SchemaFault] {
    var faults: [SchemaFault] = []
    if columns.isEmpty {
      faults.append(
        SchemaFault(
          problem: "the schema has no columns", allowed: "at least one",
          remedy: "let `understudy inspect` write a schema"))
    }
    var seen: Set<String> = []
    for column in columns where !seen.insert(column.name).inserted {
      faults.append(
        SchemaFault(
          column: column.name, problem: "the column is described twice",
          allowed: "each column once", remedy: "keep one of them"))
    }
    faults += columns.flatMap { $0.inconsistencies(missingTokens: format.missingTokens) }
    return faults + unitFaults() + placeFaults() + gapFaults() + ruleFaults()
  }

  private func unitFaults() -> [SchemaFault] {
    guard case .person(let name, let rows) = unit else { return [] }
    var faults: [SchemaFault] = []
    if column(named: name) == nil {
      faults.append(
        SchemaFault(
          problem: "`unit` names the person column '\(name)', which is not described",
          allowed: "a column of `columns`",
          remedy: nearestColumn(to: name) ?? "add the column, or write `unit: row`"))
    }
    if rows < 1 {
      faults.append(
        SchemaFault(
          problem: "`unit` allows \(rows) rows for a person", allowed: "1 or more",
          remedy: "write `at most: 1`"))
    }
    return faults
  }

  /// A gap has a start: a column that a rule puts before the one with the gap.
  private func gapFaults() -> [SchemaFault] {
    columns.compactMap { column in
      let hasStart = rules.contains { rule in
        if case .ordered(_, column.name) = rule { true } else { false }
      }
      guard column.longestGap != nil, !hasStart else { return nil }
      return SchemaFault(
        column: column.name, problem: "`gap` stands at a column that no rule puts behind another",
        allowed: "`gap` beside a rule such as `admitted <= \(column.name)`",
        remedy: "add the rule, or remove `gap`")
    }
  }

  func nearestColumn(to name: String) -> String? {
    SchemaWords.nearest(to: name, in: columns.map(\.name)).map { "did you mean '\($0)'?" }
  }
}

extension ColumnSchema {
  /// Returns the contradictions in the description of the column.
  package func inconsistencies(missingTokens: [String]) -> [SchemaFault] {
    var faults: [SchemaFault] = []
    let add = { (problem: String, allowed: String, remedy: String) in
      faults.append(SchemaFault(column: name, problem: problem, allowed: allowed, remedy: remedy))
    }
    let isLabelType = type == .category || type == .identifier || type == .text
    switch role {
    case .ordinary, .quasiIdentifier, .sensitive, .target:
      if type == .identifier || type == .text {
        add(
          "the type \(type.schemaWord) is never modelled, but the role says so",
          "the roles identifier, prose and drop with this type",
          "correct `role`, or make it a category")
      }
    case .prose where !isLabelType:
      add(
        "the role prose stands at the type \(type.schemaWord)",
        "prose with text, category or identifier", "write `type: text`")
    case .identifier, .prose, .drop: break
    }
    faults += fillingInconsistencies()
    if case .declared = bounds {
      switch type {
      case .integer, .decimal, .scientific, .date, .timestamp: break
      default:
        add(
          "`bounds` stand at the type \(type.schemaWord)",
          "bounds for integer, decimal, date and timestamp", "remove `bounds`")
      }
    }
    if !codes.isEmpty {
      switch type {
      case .integer, .decimal, .scientific, .date, .timestamp: break
      default:
        add(
          "`codes` stand at the type \(type.schemaWord)", "codes beside numbers, dates and times",
          "remove `codes`")
      }
      if Set(codes).count < codes.count || codes.count > Cells.mostCodes || codes.contains("") {
        add(
          "`codes` names a word twice, an empty word or too many",
          "up to \(Cells.mostCodes) different words", "keep each word once")
      }
      if !Set(codes).isDisjoint(with: missingTokens) {
        add(
          "`codes` names a word that `format: missing:` reads as missing",
          "words that are no missing tokens",
          "take the word out of one of the two lists")
      }
    }
    return faults + categoryInconsistencies(missingTokens: missingTokens)
  }

  private func categoryInconsistencies(missingTokens: [String]) -> [SchemaFault] {
    var faults: [SchemaFault] = []
    let add = { (problem: String, allowed: String, remedy: String) in
      faults.append(SchemaFault(column: name, problem: problem, allowed: allowed, remedy: remedy))
    }
    if case .declared(let labels) = categories {
      if type != .category {
        add(
          "`categories` stand at the type \(type.schemaWord)", "categories for the type category",
          "remove them")
      }
      if labels.isEmpty {
        add(
          "`categories` is an empty list", "at least one label, or `learn`",
          "write `categories: learn`")
      }
      if Set(labels).count < labels.count {
        add("`categories` names a label twice", "each label once", "remove the repetition")
      }
      if !Set(labels).isDisjoint(with: missingTokens) {
        add(
          "`categories` names a label that `format: missing:` reads as missing",
          "labels that are no missing tokens",
          "take the word out of one of the two lists")
      }
    }
    return faults
  }
}

extension ColumnType {
  /// Whether ticks of the two types can be compared: the same type and resolution, in any format.
  package func sharesTicks(with other: ColumnType) -> Bool {
    switch (self, other) {
    case (.date, .date), (.integer, .integer): true
    case (.timestamp(let first), .timestamp(let second)):
      first.fractionDigits == second.fractionDigits && first.secondsPerTick == second.secondsPerTick
        && TimePattern(first)?.isClock == TimePattern(second)?.isClock
    case (.decimal(let first), .decimal(let second)): first == second
    case (.scientific(let first), .scientific(let second)): first.digits == second.digits
    default: false
    }
  }
}
