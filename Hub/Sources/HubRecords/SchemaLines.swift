/// The columns and rules of a reviewed schema with the lines in which they stand, so that a schema
/// can be narrowed without being written anew.
///
/// It reads the layout that `understudy inspect` writes and people edit: a list of columns that
/// each begin with `- name:`. It knows no other layout, and says so.
package struct SchemaLines: Sendable, Equatable {
  package struct Column: Sendable, Equatable {
    package let name: String
    /// The line of `- name:`, and the one after the column's last.
    package internal(set) var lines: Range<Int>
    /// The column's keys, with their values as written and the lines in which they stand.
    package internal(set) var keys: [String: (value: String, line: Int)] = [:]
    let indent: Int

    /// Whether a stand-in models it: identifiers and prose are replaced.
    package var isModelled: Bool {
      let role = keys["role"]?.value ?? ""
      let type = keys["type"]?.value ?? ""
      if role.isEmpty { return type != "identifier" && type != "text" }
      return !role.hasPrefix("identifier") && role != "prose" && role != "drop"
    }

    package static func == (one: Self, other: Self) -> Bool {
      one.name == other.name && one.lines == other.lines
    }
  }

  package let lines: [String]
  package private(set) var columns: [Column] = []
  /// The lines of each rule.
  package private(set) var rules: [Range<Int>] = []
  /// The line `rules:`.
  package private(set) var rulesHead: Int?

  /// Nil if the columns are not laid out as a list of which each line is understood.
  package init?(_ text: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var section = ""
    for (place, line) in lines.enumerated() {
      let body = line.drop { $0 == " " }
      if body.isEmpty || body.hasPrefix("#") { continue }
      if line.contains("\t") { return nil }
      let indent = line.count - body.count
      if indent == 0, !body.hasPrefix("- ") {
        guard let head = body.firstMatch(of: /^([a-z ]+):/) else { return nil }
        section = String(head.output.1)
        if section == "rules" { rulesHead = place }
        continue
      }
      switch section {
      case "columns": guard take(body, indent: indent, place) else { return nil }
      case "rules": takeRule(body, indent: indent, place)
      default: break
      }
    }
    guard !columns.isEmpty, Set(columns.map(\.name)).count == columns.count else { return nil }
  }

  private mutating func take(_ body: Substring, indent: Int, _ place: Int) -> Bool {
    if body.hasPrefix("- ") {
      guard columns.last.map({ indent <= $0.indent }) ?? true else { return true }
      guard let entry = body.wholeMatch(of: /- name: *(.+)/),
        let name = Self.unquoted(entry.output.1)
      else { return false }
      columns.append(Column(name: name, lines: place..<place + 1, indent: indent))
      return true
    }
    guard !columns.isEmpty else { return false }
    let last = columns.count - 1
    columns[last].lines = columns[last].lines.lowerBound..<place + 1
    guard indent == columns[last].indent + 2 else { return true }
    guard let entry = body.wholeMatch(of: /([a-z ]+): *(.*)/) else { return false }
    let key = String(entry.output.1)
    guard columns[last].keys[key] == nil else { return false }
    columns[last].keys[key] = (Self.unquoted(entry.output.2) ?? String(entry.output.2), place)
    return true
  }

  private mutating func takeRule(_ body: Substring, indent: Int, _ place: Int) {
    let starts = body.hasPrefix("- ")
    if starts, ruleIndent.map({ indent <= $0 }) ?? true {
      ruleIndent = indent
      rules.append(place..<place + 1)
    } else if let last = rules.last {
      rules[rules.count - 1] = last.lowerBound..<place + 1
    }
  }

  private var ruleIndent: Int?

  /// The text of a value without its comment and quotes; nil if it has an escape.
  private static func unquoted(_ value: Substring) -> String? {
    if let quoted = value.firstMatch(of: /^"([^"\\]*)" *(#.*)?$/) {
      return String(quoted.output.1)
    }
    if let quoted = value.firstMatch(of: /^'([^']*)' *(#.*)?$/) { return String(quoted.output.1) }
    if value.hasPrefix("\"") || value.hasPrefix("'") { return nil }
    return value.replacing(/\ +#.*$/, with: "").trimmedAtEnd
  }
}

extension StringProtocol {
  /// The text without spaces at its end.
  fileprivate var trimmedAtEnd: String {
    guard let last = lastIndex(where: { $0 != " " }) else { return "" }
    return String(self[...last])
  }
}
