import Tables

/// Reads the rules of a schema file.
extension SchemaReader {
  /// The rules with the line of each, and the maps of those that have one.
  typealias ReadRules = (rules: [Rule], lines: [Int], maps: [Rule: [String: String]])

  private static let kinds = [
    "ordered", "determines", "never", "together", "unique", "circular", "rule",
  ]
  private static let oldKinds = ["ordered", "determines"]
  private static let allowed =
    "`a <= b`, `a + b = c`, `a * b = c`, `never: {COLUMN: VALUES}`, `COLUMN: {only if: {COLUMN: VALUES}}`, `together: [A, B]`, "
    + "`unique: [A, B]`, `determines: [CODE, DESCRIPTION]` or `circular: COLUMN`"
  private static let oldAllowed =
    "`- ordered: [EARLIER, LATER]` or `- determines: [CODE, DESCRIPTION]`"

  /// Reads `rules:`, which until version 4 is called `constraints:` and has two kinds.
  mutating func rules(_ keys: [String: SchemaNode], _ provenance: inout TableProvenance)
    -> ReadRules
  {
    if let node = keys["rules"], version < 5 {
      report(
        node.line, "`rules` is new in version 5", allowed: "`constraints` in version \(version)",
        remedy: "write `version: 5` at the top, or call the list `constraints`")
      return ([], [], [:])
    }
    if let node = keys["constraints"], keys["rules"] != nil {
      report(
        node.line, "both `rules` and `constraints` are there", allowed: "one list",
        remedy: "move what `constraints` says to `rules`")
      return ([], [], [:])
    }
    guard
      let (key, node) = ["rules", "constraints"].lazy.compactMap({ key in
        keys[key].map { (key, $0) }
      }).first
    else {
      return ([], [], [:])
    }
    guard let items = node.items else {
      if !node.isNull {
        report(
          node.line, "`\(key)` is \(node.shape)",
          allowed: "a list of \(version < 5 ? Self.oldAllowed : Self.allowed)",
          remedy: "begin each with `- `")
      }
      return ([], [], [:])
    }
    var found: ReadRules = ([], [], [:])
    for item in items {
      guard let (rule, own) = rule(item) else { continue }
      found.rules.append(rule)
      found.lines.append(item.line)
      if let own { provenance.rules[rule] = own }
      if case .determines = rule, let node = item["map"] { found.maps[rule] = map(node) }
    }
    return found
  }

  private mutating func rule(_ item: SchemaNode) -> (Rule, Provenance?)? {
    if let text = item.text, version >= 5 { return line(text, at: item.line).map { ($0, nil) } }
    if version >= 5, let entry = item.entries?.first(where: { isPresenceRule($0) }) {
      let others = (item.entries ?? []).filter { $0.key != entry.key }
      let keys = mapping(
        .map(others, line: item.line), keys: [], newKeys: ["provenance"], what: "a rule on presence"
      )
      let own = ownProvenance(keys["provenance"], inherited: facts)
      return conditions(entry.value["only if"], of: "only if").map {
        (.onlyIf(present: entry.key, conditions: $0), own)
      }
    }
    let allowed = version < 5 ? Self.oldAllowed : Self.allowed
    let name = version < 5 ? "a constraint" : "a rule"
    var keys = mapping(
      item, keys: version < 5 ? Self.oldKinds : Self.kinds + ["map"], newKeys: ["provenance"],
      what: name)
    let own = ownProvenance(keys.removeValue(forKey: "provenance"), inherited: facts)
    if let map = keys.removeValue(forKey: "map"), keys["determines"] == nil {
      report(
        map.line, "`map` stands without `determines`",
        allowed: "`map: {CODE: LABEL}` below `determines: [CODES, LABELS]`",
        remedy: "remove `map`, or write `determines`")
    }
    if item.entries != nil, keys.count != 1 {
      report(
        item.line, "\(name) has \(keys.count) kinds", allowed: allowed,
        remedy: "write one kind for each `- `")
    }
    guard let (key, value) = keys.min(by: { $0.key < $1.key }),
      let rule = rule(key, value, allowed: allowed)
    else { return nil }
    return (rule, own)
  }

  private func isPresenceRule(_ entry: SchemaNode.Entry) -> Bool { entry.value["only if"] != nil }

  private mutating func rule(_ key: String, _ value: SchemaNode, allowed: String) -> Rule? {
    switch key {
    case "never": return conditions(value, of: key).map { .never($0) }
    case "circular": return circular(value)
    case "rule": return text(value, key: key).flatMap { line($0, at: value.line) }
    default: break
    }
    guard let names = texts(value, key: key) else { return nil }
    switch key {
    case "together": return .together(names)
    case "unique": return .unique(names)
    default: break
    }
    guard names.count == 2 else {
      report(
        value.line, "`\(key)` names \(names.count) columns", allowed: allowed,
        remedy: "name two columns; write several rules for more")
      return nil
    }
    return key == "ordered"
      ? .ordered(earlier: names[0], later: names[1])
      : .determines(determinant: names[0], dependent: names[1])
  }

  /// Reads `{NO1: North, HB1: Harbour}`.
  private mutating func map(_ node: SchemaNode) -> [String: String]? {
    guard let entries = node.entries, !entries.isEmpty else {
      report(
        node.line, "`map` is \(node.shape)",
        allowed: "`map: {CODE: LABEL, CODE: LABEL}`, or in a schema file `map: FILE.csv`",
        remedy: "write each code and its label")
      return nil
    }
    var map: [String: String] = [:]
    for entry in entries {
      guard let label = text(entry.value, key: entry.key) else { return nil }
      if let known = map.updateValue(label, forKey: entry.key), known != label {
        report(
          entry.line, "`map` names a code twice, with different labels",
          allowed: "one label for each code", remedy: "keep one of them")
      }
    }
    return map
  }

  private mutating func line(_ text: String, at line: Int) -> Rule? {
    if let rule = Rule(text: text) { return rule }
    report(
      line, "the rule is not understood", allowed: Self.allowed,
      remedy:
        "write the operator between spaces, and a name that holds one in double quotes, inside single ones"
    )
    return nil
  }

  /// Reads `{COLUMN: VALUE, COLUMN: [VALUE, VALUE]}`.
  private mutating func conditions(_ node: SchemaNode?, of key: String) -> [Rule.Condition]? {
    guard let node, let entries = node.entries else {
      report(
        node?.line ?? 0, "`\(key)` has no conditions",
        allowed: "`\(key): {COLUMN: VALUES}`, such as {ward: paediatrics, age: 18..}",
        remedy: "write columns and their values in braces")
      return nil
    }
    var found: [Rule.Condition] = []
    for entry in entries {
      guard let values = texts(entry.value, key: entry.key) else { return nil }
      found.append(Rule.Condition(entry.key, values))
    }
    return found
  }

  /// Reads `circular: hour` or `circular: {column: hour, period: 24}`.
  private mutating func circular(_ node: SchemaNode) -> Rule? {
    if let name = node.text { return .circular(name, period: nil) }
    let keys = mapping(node, keys: ["column", "period"], what: "`circular`")
    guard let name = keys["column"].flatMap({ text($0, key: "column") }) else {
      if node.entries != nil {
        report(
          node.line, "`circular` names no column", allowed: "circular: {column: hour, period: 24}",
          remedy: "add `column`")
      }
      return nil
    }
    return .circular(
      name,
      period: keys["period"].flatMap { integer($0, key: "period", in: 2...1_000_000_000) }.map(
        Int64.init))
  }
}

extension SchemaFile {
  /// Writes the rules, each on a line of its own, behind the given comments.
  static func write(rules schema: Schema, annotations: [String], to lines: inout SchemaText) {
    lines.comments(annotations)
    lines.line(schema.rules.isEmpty ? "rules: []" : "rules:")
    for rule in schema.rules {
      let own = schema.provenance.rules[rule]
      lines.line("  - \(ruleText(rule, isAlone: own == nil))")
      if let own { lines.line("    provenance: \(own.rawValue)") }
      if let map = schema.maps[rule] {
        lines.line("    map: \(SchemaText.mapping(map.sorted { $0.key < $1.key }))")
      }
    }
  }

  static let ruleComments = [
    "Rules that every row of a release keeps, at no cost: a <= b, a + b = c, a * b = c, never: {COLUMN: VALUES},",
    "COLUMN: {only if: {COLUMN: VALUES}}, together: [A, B], unique: [A, B], determines: [CODE, DESCRIPTION], circular: COLUMN.",
    "Values are labels, single values, or ranges such as 18.. and ..17 and 5..9. Below `determines` may stand",
    "map: {CODE: LABEL} or map: FILE.csv with both columns, which is never learned.",
  ]

  /// Returns a rule as an item of the list.
  package static func ruleText(_ rule: Rule, isAlone: Bool = true) -> String {
    if let line = rule.line {
      return isAlone ? SchemaText.quoted(line) : "rule: \(SchemaText.quoted(line))"
    }
    switch rule {
    case .ordered, .sum, .product: return ""
    case .determines(let determinant, let dependent):
      return "determines: \(SchemaText.list([determinant, dependent]))"
    case .never(let conditions): return "never: \(text(conditions))"
    case .onlyIf(let present, let conditions):
      return "\(SchemaText.quoted(present)): {only if: \(text(conditions))}"
    case .together(let names): return "together: \(SchemaText.list(names))"
    case .unique(let names): return "unique: \(SchemaText.list(names))"
    case .circular(let name, let period):
      let column = SchemaText.quoted(name)
      return period.map { "circular: {column: \(column), period: \($0)}" } ?? "circular: \(column)"
    }
  }

  static func text(_ conditions: [Rule.Condition]) -> String {
    let parts = conditions.map { condition in
      let values = condition.values.map { isRange($0) ? $0 : SchemaText.quoted($0) }
      return
        "\(SchemaText.quoted(condition.column)): \(values.count == 1 ? values[0] : "[\(values.joined(separator: ", "))]")"
    }
    return "{\(parts.joined(separator: ", "))}"
  }

  /// Whether a text is a range of numbers or dates that needs no quotes.
  private static func isRange(_ text: String) -> Bool {
    text.contains("..") && text.contains(where: \.isNumber)
      && text.utf8.allSatisfy { "0123456789.-".utf8.contains($0) }
  }
}
