extension Schema {
  /// The schema in a fixed form for hashing: equal schemas give equal text, whatever their files.
  ///
  /// One key and value per line, in a fixed order, UTF-8, texts in JSON quotes. The first line
  /// carries the version of this form, whose meaning never changes. ``origin`` is left out, and so
  /// is an inferred row count: the way a schema came about is recorded beside its hash.
  package var canonicalText: String {
    var lines = ["understudy-schema-canonical 1", "table \(Self.json(name))"]
    lines.append("delimiter \(format.delimiter)")
    lines.append("header \(format.hasHeader)")
    if format.skippedLines > 0 { lines.append("skip \(format.skippedLines)") }
    if format.decimalMark != .point { lines.append("decimal \(format.decimalMark.rawValue)") }
    lines.append("missing \(Self.json(format.missingTokens))")
    if format.quotedTokens != .text { lines.append("quoted \(format.quotedTokens.rawValue)") }
    lines.append("rows \(publicRows.map(String.init) ?? "-")")
    switch unit {
    case .row: lines.append(eachRowIsAPerson ? "unit row person" : "unit row")
    case .person(let column, let rows): lines.append("unit person \(Self.json(column)) \(rows)")
    }
    if let people { lines.append("people \(Self.json(people))") }
    if let place { lines.append("place \(place.text { Self.json($0) })") }
    lines += columns.flatMap(\.canonicalLines)
    for rule in rules {
      let parts = rule.canonicalParts
      lines.append("\(parts[0]) \(Self.json(Array(parts.dropFirst())))")
      if let map = maps[rule] {
        lines.append(
          "map \(Self.json(map.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }))")
      }
    }
    return (lines + provenanceLines).joined(separator: "\n") + "\n"
  }

  /// Only facts that are not plainly declared, so that schemas of earlier versions keep their form.
  private var provenanceLines: [String] {
    var lines = facts.compactMap { fact in
      let stated = stated(fact)
      return stated == .declared
        ? nil : "provenance \(Self.json(fact.canonicalName)) \(stated.rawValue)"
    }
    if provenance.facts != .declared { lines.append("facts \(provenance.facts.rawValue)") }
    if let review = provenance.review {
      lines.append("reviewed \(Self.json([review.by, review.on]))")
    }
    if let cost = provenance.cost { lines.append("learned \(cost.epsilon) \(cost.delta)") }
    return lines
  }

  /// The row count if the owner stated it; a count seen in the rows is nobody else's business.
  package var publicRows: Int? { origin == .declared ? approximateRows : nil }

  package static func json(_ texts: [String]) -> String {
    "[\(texts.map(json).joined(separator: ","))]"
  }

  /// Returns a JSON text that escapes only the characters that must be escaped.
  package static func json(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\u{0}"..."\u{1F}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

extension Schema.Fact {
  /// The same name for the same fact, whatever messages call it.
  fileprivate var canonicalName: [String] {
    switch self {
    case .format: ["format"]
    case .rows: ["rows"]
    case .unit: ["unit"]
    case .column(let name): ["column", name]
    case .bounds(let name): ["bounds", name]
    case .categories(let name): ["categories", name]
    case .rule(let rule): rule.canonicalParts
    }
  }
}

extension Rule {
  /// The kind and all that the rule says, in a fixed order. Lists are preceded by their length.
  fileprivate var canonicalParts: [String] {
    switch self {
    case .ordered(let earlier, let later): ["ordered", earlier, later]
    case .determines(let determinant, let dependent): ["determines", determinant, dependent]
    case .sum(let terms, let total): ["sum"] + terms + [total]
    case .product(let factors, let result): ["product"] + factors + [result]
    case .never(let conditions): ["never"] + conditions.flatMap(\.canonicalParts)
    case .onlyIf(let present, let conditions):
      ["only-if", present] + conditions.flatMap(\.canonicalParts)
    case .together(let names): ["together"] + names
    case .unique(let names): ["unique"] + names
    case .circular(let name, let period): ["circular", name] + (period.map { ["\($0)"] } ?? [])
    }
  }
}

extension [CodeHierarchy.Group] {
  /// The number of groups of a level, then the name of each and what belongs to it.
  fileprivate var canonicalParts: [String] {
    ["\(count)"] + flatMap { [$0.code, "\($0.beginnings.count)"] + $0.beginnings }
  }
}

extension Rule.Condition {
  fileprivate var canonicalParts: [String] { [column, "\(values.count)"] + values }
}

extension ColumnSchema {
  fileprivate var canonicalLines: [String] {
    [
      "column \(Schema.json(name))", "type \(typeText)", "role \(roleText)",
      "nullable \(isNullable)",
      "token \(Schema.json(missingToken))", "bounds \(boundsText)", "categories \(categoriesText)",
      "other \(Schema.json(otherLabel))",
    ] + writingLines
  }

  /// Only deviations from the usual, so that schemas without any keep their form.
  private var writingLines: [String] {
    var lines: [String] = []
    if let header { lines.append("header \(Schema.json(header))") }
    if minimumFractionDigits > 0 { lines.append("fewest digits \(minimumFractionDigits)") }
    if !numberFormat.isPlain {
      lines.append("number format \(Schema.json(numberFormat.text(isDecimal: type != .integer)))")
    }
    if !codes.isEmpty { lines.append("codes \(Schema.json(codes))") }
    if treatment != .fake { lines.append("treatment \(treatment.rawValue)") }
    if let pattern { lines.append("pattern \(Schema.json(pattern.text))") }
    if locale != .english { lines.append("locale \(locale.rawValue)") }
    if let repeats { lines.append("repeats \(repeats)") }
    if let meaning { lines.append("meaning \(Schema.json(meaning))") }
    if !labels.isEmpty {
      let pairs = labels.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
      lines.append("labels \(Schema.json(pairs))")
    }
    if isLogarithmic { lines.append("transform log") }
    if let longestGap { lines.append("gap \(longestGap)") }
    if let hierarchy {
      lines.append(
        "hierarchy \(hierarchy.name ?? Schema.json(hierarchy.levels.flatMap(\.canonicalParts)))")
    }
    return lines
  }

  private var typeText: String {
    switch type {
    case .decimal(let digits): "decimal \(digits)"
    case .scientific(let format):
      "scientific \(format.digits)\(format.alwaysExponent ? " exponents" : "")"
    case .boolean(let words): "boolean \(Schema.json([words.whenFalse, words.whenTrue]))"
    case .date(let format): "date \(Schema.json(format.pattern))"
    case .timestamp(let format):
      "timestamp \(Schema.json(format.pattern)) \(format.fractionDigits) \(format.secondsPerTick)"
    case .integer, .category, .identifier, .text: type.schemaWord
    }
  }

  private var roleText: String {
    switch role {
    case .ordinary: "ordinary"
    case .quasiIdentifier: "quasi-identifier"
    case .sensitive: "sensitive"
    case .target: "target"
    case .identifier(let kind): "identifier \(kind.rawValue)"
    case .prose: "prose"
    case .drop: "drop"
    }
  }

  private var boundsText: String {
    switch bounds {
    case .learned: "learned"
    case .declared(let range): "declared \(range.lowerBound) \(range.upperBound)"
    }
  }

  private var categoriesText: String {
    switch categories {
    case .learned: "learned"
    case .declared(let labels): "declared \(Schema.json(labels))"
    }
  }
}
