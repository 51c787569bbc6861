/// A schema file as an owner might write it.
package struct FuzzedSchema: Sendable, Equatable {
  package var version = 2
  /// The source of the facts, which files state since version 3: `declared`, `observed` or
  /// `learned`.
  package var facts = "declared"
  /// Whether somebody signed for the observed facts.
  package var isReviewed = false
  /// Whether each row is declared to be a person, since version 3.
  package var rowIsPerson = false
  /// The population that the people belong to, since version 3.
  package var population: String?
  /// How words for missing values are read inside quotation marks, since version 3: `missing` or
  /// `text`; nil if the file does not say.
  package var quotedTokens: String?
  /// The approximate number of rows; nil if the file does not say.
  package var rowsAbout: Int?
  package var columns: [FuzzedColumn]
  /// The largest number of a person's rows that count; nil if each row is a unit.
  package var mostRowsOfAPerson: Int?
  package var missingTokens = ["", "NA"]
  package var delimiter: Character = ","

  package init(columns: [FuzzedColumn]) { self.columns = columns }

  package var isByPerson: Bool { mostRowsOfAPerson != nil }

  package var text: String {
    let missing = missingTokens.map(Self.quoted).joined(separator: ", ")
    let unit =
      mostRowsOfAPerson.map { "{person: who, at most: \($0)}" }
      ?? (version > 2 && rowIsPerson ? "{row: person}" : "row")
    let quoted = version > 2 ? quotedTokens.map { ", quoted: \($0)" } ?? "" : ""
    return """
      version: \(version)
      table: fuzzed
      \(head)format: {delimiter: \(delimiter == ";" ? "semicolon" : "comma"), header: yes, missing: [\(missing)]\(quoted)}
      unit: \(unit)
      columns:
      \(columns.map { "  - {\(Self.line($0).joined(separator: ", "))}" }.joined(separator: "\n"))
      \(version < 5 ? "constraints" : "rules"):\(rules.isEmpty ? " []" : "\n" + rules.map { "  - \($0)" }.joined(separator: "\n"))

      """
  }

  /// The lines at the top that not every file has.
  private var head: String {
    var lines: [String] = []
    if version > 2 {
      lines += ["facts: \(facts)"]
      if isReviewed { lines += ["reviewed: {by: An Officer, on: 2024-01-31}"] }
      if let population { lines += ["people: \(population)"] }
    }
    if let rowsAbout { lines += ["rows: {about: \(rowsAbout), public: yes}"] }
    return lines.map { $0 + "\n" }.joined()
  }

  private var rules: [String] {
    var found: [String] = []
    if has(.code), has(.meaning) { found.append("determines: [code, meaning]") }
    if has(.admitted), has(.discharged) { found.append("ordered: [admitted, discharged]") }
    return version < 5 ? found : found + newRules
  }

  /// Rules of version 5 on the columns there are. Ordinary rows keep some and break others.
  private var newRules: [String] {
    func names(_ isMeant: (FuzzedColumn.Kind) -> Bool) -> [String] {
      columns.filter { isMeant($0.kind) }.map(\.name)
    }
    let labels = names { $0 == .label }
    let integers = names { $0 == .integer }
    let decimals = names { if case .decimal = $0 { true } else { false } }
    var found: [String] = []
    if let label = labels.first, let integer = integers.first {
      found.append("never: {\(label): [Bern, Thun], \(integer): 60..}")
    }
    if let label = labels.first, let decimal = decimals.first {
      found.append("\(decimal): {only if: {\(label): [Bern, Basel, Chur]}}")
    }
    if integers.count > 1 { found.append("together: [\(integers[0]), \(integers[1])]") }
    if integers.count > 2 { found.append("\(integers[0]) + \(integers[1]) = \(integers[2])") }
    if let integer = integers.last, let decimal = decimals.last {
      found.append("\(integer) <= \(decimal)")
    }
    return found
  }

  private func has(_ kind: FuzzedColumn.Kind) -> Bool { columns.contains { $0.kind == kind } }

  private static func line(_ column: FuzzedColumn) -> [String] {
    let missing = "missing: \(column.isNullable ? "yes" : "no")"
    let head = ["name: \(column.name)"]
    func bounds(_ low: String, _ high: String) -> String {
      column.isDeclared
        ? "bounds: {low: \(low), high: \(high), provenance: declared}" : "bounds: learn"
    }
    func categories(_ values: [String]) -> String {
      column.isDeclared
        ? "categories: {values: [\(values.map(quoted).joined(separator: ", "))], provenance: declared}"
        : "categories: learn, other: other"
    }
    let role = "role: \(column.role)"
    switch column.kind {
    case .person: return head + ["type: identifier", "role: identifier(code)", missing]
    case .name: return head + ["type: identifier", "role: identifier(person-name)", missing]
    case .prose: return head + ["type: text", "role: prose", missing]
    case .integer:
      return head + [
        "type: integer", role, missing, column.isSole ? bounds("30", "30") : bounds("0", "120"),
      ]
    case .decimal(let digits):
      return head + ["type: decimal", "digits: \(digits)", role, missing, bounds("0", "100")]
    case .label:
      return head + [
        "type: category", role, missing, categories(Array(FuzzedColumn.towns.prefix(4))),
      ]
    case .code:
      return head + ["type: category", role, missing, categories((0..<4).map { "K\($0)" })]
    case .meaning:
      return head + ["type: category", role, missing, categories(FuzzedColumn.meanings)]
    case .flag(let no, let yes):
      return head + ["type: boolean", "words: [\(quoted(no)), \(quoted(yes))]", role, missing]
    case .date(let pattern):
      return head + [
        "type: date", "format: \(quoted(pattern))", role, missing,
        bounds(
          quoted(FuzzedColumn.day(pattern, 1, 1, 2020)),
          quoted(FuzzedColumn.day(pattern, 31, 12, 2024))),
      ]
    case .admitted, .discharged:
      return head + [
        "type: date", "format: \"yyyy-MM-dd\"", role, missing, bounds("2020-01-01", "2024-12-31"),
      ]
    case .time:
      return head + [
        "type: timestamp", "format: \"yyyy-MM-dd HH:mm\"", role, missing,
        bounds("\"2020-01-01 00:00\"", "\"2024-12-31 23:59\""),
      ]
    }
  }

  private static func quoted(_ text: String) -> String { "\"\(text)\"" }
}
