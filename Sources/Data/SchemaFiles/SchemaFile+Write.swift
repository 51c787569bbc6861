import Tables

/// Writes commented YAML, one key per line.
extension SchemaFile {
  /// Returns the text of the file. It reads back unchanged, except for a byte order mark that
  /// begins a text, which Yams drops.
  package static func text(_ schema: Schema, annotations: SchemaAnnotations = SchemaAnnotations())
    -> String
  {
    var lines = SchemaText()
    lines.comments(
      introduction(hasComments: annotations != SchemaAnnotations()) + annotations.header)
    lines.line("version: \(Schema.currentVersion)")
    write(schema.provenance, to: &lines)
    lines.line("table: \(SchemaText.quoted(schema.name))")
    if let people = schema.people {
      lines.line(
        "people: \(SchemaText.quoted(people))  # tables of one population share one budget")
    }
    writeForm(of: schema, annotations: annotations, to: &lines)
    write(unit: schema, annotations: annotations.unit, to: &lines)
    if let place = schema.place {
      lines.line("place: \(place.text { SchemaText.quoted($0) })  # where and when, for maps")
    }
    lines.line("")
    writeColumns(of: schema, annotations: annotations, to: &lines)
    lines.line("")
    write(rules: schema, annotations: ruleComments + annotations.ruleLines, to: &lines)
    return lines.text
  }

  /// Writes what a table of several has too: its format, its columns and the rules within a row.
  static func writeParts(
    of schema: Schema, annotations: SchemaAnnotations, to lines: inout SchemaText
  ) {
    writeForm(of: schema, annotations: annotations, to: &lines)
    writeColumns(of: schema, annotations: annotations, to: &lines)
    write(rules: schema, annotations: annotations.ruleLines, to: &lines)
  }

  private static func writeForm(
    of schema: Schema, annotations: SchemaAnnotations, to lines: inout SchemaText
  ) {
    write(schema.format, provenance: schema.provenance.format, to: &lines)
    write(rows: schema, annotations: annotations.rows, to: &lines)
  }

  private static func writeColumns(
    of schema: Schema, annotations: SchemaAnnotations, to lines: inout SchemaText
  ) {
    lines.line(schema.columns.isEmpty ? "columns: []" : "columns:")
    for column in schema.columns {
      write(
        column, of: schema, annotation: annotations.columns[column.name] ?? ColumnAnnotation(),
        to: &lines)
    }
  }

  /// - Parameter hasComments: Whether comments from the rows follow; a schema that travels has
  ///   none.
  static func introduction(hasComments: Bool) -> [String] {
    [
      "The schema of a table, as Understudy reads it. Edit it, then pass it with --schema.",
      "What a key says is public knowledge, for which you answer. `learn` has it learned privately, at a share of the budget.",
    ]
      + (hasComments
        ? [
          "Comments marked \"observed\" come from the rows. They are for your eyes only, and a release never reads them."
        ] : [])
      + roles
  }

  private static let roles = [
    "Roles: ordinary, quasi-identifier, sensitive and target are modelled; identifier(KIND) is replaced, as `treatment` says (fake, mask,",
    "pseudonym, encrypt or drop); prose becomes a placeholder; drop leaves the column out.",
  ]

  static func write(_ provenance: TableProvenance, to lines: inout SchemaText) {
    if provenance.facts == .observed, provenance.review == nil { lines.comments(unsigned) }
    lines.line("facts: \(provenance.facts.rawValue)")
    if let cost = provenance.cost {
      lines.line("learned: {epsilon: \(cost.epsilon), delta: \(cost.delta)}  # what that cost")
    }
    if let review = provenance.review {
      lines.line("reviewed: {by: \(SchemaText.quoted(review.by)), on: \(review.on)}")
    } else if provenance.facts == .observed {
      lines.line("# reviewed: {by: NAME, on: YYYY-MM-DD}")
    }
  }

  private static let unsigned = [
    "`facts: observed`: what stands below was seen in the rows, and nobody has answered for it. A release made "
      + "under it says so as a hazard.",
    "When you have read and corrected the file and answer for it, take the # away from the line `reviewed` and "
      + "fill in your name and the day:",
    "what was observed is then declared, by you. (`provenance: declared` does the same for a single format, unit, column or rule.)",
  ]

  /// Writes one more line if a fact states its own provenance.
  private static func own(
    _ provenance: Provenance?, indentation: String, to lines: inout SchemaText
  ) {
    if let provenance { lines.line("\(indentation)provenance: \(provenance.rawValue)") }
  }

  private static func write(
    _ format: TableFormat, provenance: Provenance?, to lines: inout SchemaText
  ) {
    let delimiter = SchemaWords.word(ofDelimiter: format.delimiter)
    lines.line("format:")
    lines.line("  delimiter: \(delimiter)  # comma, semicolon, tab or pipe")
    lines.line("  header: \(format.hasHeader ? "yes" : "no")")
    if format.skippedLines > 0 {
      lines.line("  skip: \(format.skippedLines)  # lines above the header, or above the first row")
    }
    if format.decimalMark != .point {
      lines.line("  decimal: \(format.decimalMark.rawValue)  # the sign before decimals: 1,5")
    }
    lines.line("  missing: \(SchemaText.list(format.missingTokens))  # cells that mean: not known")
    if format.quotedTokens != .text {
      lines.line(
        "  quoted: \(format.quotedTokens.rawValue)  # such words inside quotes mean the same")
    }
    own(provenance, indentation: "  ", to: &lines)
  }

  private static func write(rows schema: Schema, annotations: [String], to lines: inout SchemaText)
  {
    lines.comments(annotations)
    if let rows = schema.approximateRows {
      switch schema.origin {
      case .declared:
        let isPublic = schema.stated(.rows) == .declared ? ", public: yes" : ""
        lines.line(
          "rows: {about: \(rows)\(isPublic)}  # for plans, and a limit: a release has at most ten times as many"
        )
      case .inferred:
        lines.comments([
          "observed, for your eyes only: about \(rows) rows. If that is public knowledge: rows: {about: \(rows), public: yes}"
        ])
      }
    }
  }

  private static func write(unit schema: Schema, annotations: [String], to lines: inout SchemaText)
  {
    lines.comments(
      [
        "Whom the guarantee protects: `row`, or all rows of a person: {person: COLUMN, at most: ROWS}.",
        "{row: person} declares that each row is a person of its own.",
      ] + annotations)
    var keys: [String] = []
    switch schema.unit {
    case .row: if schema.eachRowIsAPerson { keys.append("row: person") }
    case .person(let column, let rows):
      keys += ["person: \(SchemaText.quoted(column))", "at most: \(rows)"]
    }
    if let own = schema.provenance.unit {
      if keys.isEmpty { keys.append("row: row") }
      keys.append("provenance: \(own.rawValue)")
    }
    lines.line(keys.isEmpty ? "unit: row" : "unit: {\(keys.joined(separator: ", "))}")
  }

  private static func write(
    _ column: ColumnSchema, of schema: Schema, annotation: ColumnAnnotation,
    to lines: inout SchemaText
  ) {
    lines.line("  - name: \(SchemaText.quoted(column.name))")
    if let header = column.header {
      lines.line("    header: \(SchemaText.quoted(header))  # what the file's header line has")
    }
    if let meaning = column.meaning { lines.line("    meaning: \(SchemaText.quoted(meaning))") }
    lines.comments(annotation.about, indentation: 4)
    own(column.provenance.facts, indentation: "    ", to: &lines)
    for line in typeLines(column.type) { lines.line("    \(line)") }
    if !column.numberFormat.isPlain {
      lines.line(
        "    format: \(SchemaText.quoted(column.numberFormat.text(isDecimal: column.type.isDecimal)))"
      )
    }
    if !column.codes.isEmpty {
      lines.line(
        "    codes: \(SchemaText.list(column.codes))  # words among the values, each a value of its own"
      )
    }
    if column.minimumFractionDigits > 0 {
      lines.line("    fewest digits: \(column.minimumFractionDigits)")
    }
    lines.line("    role: \(roleText(column.role))")
    lines.comments(annotation.role, indentation: 4)
    writeFilling(column, annotation: annotation.filling, to: &lines)
    lines.line("    missing: \(column.isNullable ? "yes" : "no")")
    if !column.missingToken.isEmpty {
      lines.line("    missing token: \(SchemaText.quoted(column.missingToken))")
    }
    lines.comments(annotation.missing, indentation: 4)
    if let repeats = column.repeats { lines.line("    repeats: \(repeats ? "yes" : "no")") }
    lines.comments(annotation.repeats, indentation: 4)
    if let bounds = boundsText(column, of: schema) { lines.line("    bounds: \(bounds)") }
    lines.comments(annotation.bounds, indentation: 4)
    if column.isLogarithmic { lines.line("    transform: log  # bins even in the logarithm") }
    if let gap = column.longestGap {
      lines.line("    gap: \(column.type.gapText(gap))  # since the column before it, by the rules")
    }
    if let categories = categoriesText(column, of: schema) {
      lines.line("    categories: \(categories)")
    }
    lines.comments(annotation.categories, indentation: 4)
    if !column.labels.isEmpty {
      let pairs = column.labels.sorted { $0.key < $1.key }.map { (key: $0.key, value: $0.value) }
      lines.line("    labels: \(SchemaText.mapping(pairs))  # what the codes mean, for people")
    }
    if let hierarchy = column.hierarchy {
      lines.line(
        "    hierarchy: \(hierarchy.name ?? hierarchyText(hierarchy.nodes))  # rare codes become the group they belong to"
      )
    }
    if column.type == .category || column.otherLabel != ColumnSchema.defaultOtherLabel {
      lines.line("    other: \(SchemaText.quoted(column.otherLabel))")
    }
  }

  /// Returns `[A, B]` for codes without groups, else `{GROUP: [A, B]}`.
  private static func hierarchyText(_ nodes: [CodeHierarchy.Node]) -> String {
    if nodes.allSatisfy(\.inner.isEmpty) { return SchemaText.list(nodes.map(\.code)) }
    return
      "{\(nodes.map { "\(SchemaText.quoted($0.code)): \(hierarchyText($0.inner))" }.joined(separator: ", "))}"
  }

  private static func writeFilling(
    _ column: ColumnSchema, annotation: [String], to lines: inout SchemaText
  ) {
    if case .identifier = column.role {
      lines.line("    treatment: \(column.treatment.rawValue)")
    }
    if let pattern = column.pattern {
      lines.line("    pattern: \(SchemaText.quoted(pattern.text))")
    }
    if column.locale != .english { lines.line("    locale: \(column.locale.rawValue)") }
    lines.comments(annotation, indentation: 4)
  }

  private static func typeLines(_ type: ColumnType) -> [String] {
    let first = "type: \(type.schemaWord)"
    switch type {
    case .decimal(let digits): return [first, "digits: \(digits)"]
    case .scientific(let format):
      return [first, "digits: \(format.digits)"]
        + (format.alwaysExponent ? ["exponents: always"] : [])
    case .boolean(let words):
      if words.isTruth {
        return [
          first,
          "words: {no: \(SchemaText.quoted(words.whenFalse)), yes: \(SchemaText.quoted(words.whenTrue))}",
        ]
      }
      return [first, "words: \(SchemaText.list([words.whenFalse, words.whenTrue]))"]
    case .date(let format): return [first, "format: \(SchemaText.quoted(format.pattern))"]
    case .timestamp(let format): return [first, "format: \(SchemaText.quoted(format.pattern))"]
    case .integer, .category, .identifier, .text: return [first]
    }
  }

  private static func roleText(_ role: ColumnRole) -> String {
    switch role {
    case .ordinary: "ordinary"
    case .quasiIdentifier: "quasi-identifier"
    case .sensitive: "sensitive"
    case .target: "target"
    case .identifier(let kind): "identifier(\(kind.rawValue))"
    case .prose: "prose"
    case .drop: "drop"
    }
  }

  /// Returns the value of `bounds:`, for the types that have bounds.
  private static func boundsText(_ column: ColumnSchema, of schema: Schema) -> String? {
    switch column.bounds {
    case .declared(let range):
      let low = SchemaText.quoted(column.type.format(tick: range.lowerBound))
      let high = SchemaText.quoted(column.type.format(tick: range.upperBound))
      return
        "{low: \(low), high: \(high), provenance: \(schema.stated(.bounds(column.name)).rawValue)}"
    case .learned:
      if case .boolean = column.type { return nil }
      return column.type.isOrdered && column.isModelled ? "learn" : nil
    }
  }

  private static func categoriesText(_ column: ColumnSchema, of schema: Schema) -> String? {
    switch column.categories {
    case .declared(let labels):
      "{values: \(SchemaText.list(labels)), provenance: \(schema.stated(.categories(column.name)).rawValue)}"
    case .learned: column.type == .category && column.isModelled ? "learn" : nil
    }
  }
}

extension BooleanLabels {
  /// Whether the words say no and yes, not female and male or alive and dead.
  fileprivate var isTruth: Bool {
    [("false", "true"), ("no", "yes"), ("n", "y"), ("f", "t"), ("0", "1")]
      .contains { $0 == (whenFalse.lowercased(), whenTrue.lowercased()) }
  }
}

extension ColumnSchema {
  static let defaultOtherLabel = "other"
}

/// Lines of YAML, with texts quoted so that they read back unchanged.
package struct SchemaText {
  private(set) var text = ""

  mutating func line(_ line: String) { text += line + "\n" }

  /// Writes comment lines, escaping anything that could end one early.
  mutating func comments(_ comments: [String], indentation: Int = 0) {
    let space = String(repeating: " ", count: indentation)
    for comment in comments { line("\(space)# \(Self.escaped(comment, quotes: false))") }
  }

  static func mapping(_ pairs: [(key: String, value: String)]) -> String {
    "{\(pairs.map { "\(quoted($0.key)): \(quoted($0.value))" }.joined(separator: ", "))}"
  }

  static func list(_ texts: [String]) -> String { "[\(texts.map(quoted).joined(separator: ", "))]" }

  /// Returns the text as it is if no YAML reader could mistake it, else in double quotes.
  package static func quoted(_ text: String) -> String {
    isPlain(text) ? text : "\"\(escaped(text, quotes: true))\""
  }

  private static let reserved: Set<String> = [
    "y", "n", "yes", "no", "true", "false", "on", "off", "null", "learn", "learned", "nan", "inf",
  ]

  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last,
      !reserved.contains(text.lowercased())
    else { return false }
    if isNumber(text) { return true }
    let isLetter = { (byte: UInt8) in (65...90).contains(byte) || (97...122).contains(byte) }
    let isInside = { (byte: UInt8) in
      isLetter(byte) || (48...57).contains(byte) || " _-./+()<=>*".utf8.contains(byte)
    }
    return (isLetter(first) || first == UInt8(ascii: "_")) && last != UInt8(ascii: " ")
      && text.utf8.allSatisfy(isInside)
  }

  private static func isNumber(_ text: String) -> Bool {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    return (1...2).contains(parts.count)
      && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }
  }

  private static func escaped(_ text: String, quotes: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"" where quotes: result += "\\\""
      case "\\" where quotes: result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case " "..."~", "\u{A0}"..."\u{2027}", "\u{202A}"..."\u{D7FF}", "\u{E000}"..."\u{FEFE}",
        "\u{FF00}"..."\u{FFFD}":
        result.unicodeScalars.append(scalar)
      case "\u{10000}"...: result.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
    return result
  }
}
