/// The rules that are written as a line of text: `a <= b`, `a + b = c` and `a * b = c`.
extension Rule {
  /// Reads such a line. Operators stand between spaces; a name that holds an operator's sign stands
  /// in double quotes, in which a quote is doubled. Nil for any other text.
  package init?(text: String) {
    guard let (names, signs) = Rule.parts(of: text) else { return nil }
    switch signs {
    case ["<="]: self = .ordered(earlier: names[0], later: names[1])
    case [">="]: self = .ordered(earlier: names[1], later: names[0])
    default:
      let isReversed = signs.first == "="
      let inner = isReversed ? signs.dropFirst() : signs.dropLast()
      guard isReversed || signs.last == "=", let sign = inner.first,
        inner.allSatisfy({ $0 == sign })
      else { return nil }
      let terms = Array(isReversed ? names.dropFirst() : names.dropLast())
      let result = isReversed ? names[0] : names[names.count - 1]
      switch sign {
      case "+": self = .sum(terms: terms, total: result)
      case "*": self = .product(factors: terms, result: result)
      default: return nil
      }
    }
  }

  /// The line of text, for rules that have one.
  package var line: String? {
    switch self {
    case .ordered(let earlier, let later): "\(Rule.quoted(earlier)) <= \(Rule.quoted(later))"
    case .sum(let terms, let total):
      "\(terms.map(Rule.quoted).joined(separator: " + ")) = \(Rule.quoted(total))"
    case .product(let factors, let result):
      "\(factors.map(Rule.quoted).joined(separator: " * ")) = \(Rule.quoted(result))"
    case .determines, .never, .onlyIf, .together, .unique, .circular: nil
    }
  }

  /// The rule in the words of a schema file, for messages.
  package var text: String {
    func list(_ names: [String]) -> String { "[\(names.joined(separator: ", "))]" }
    return switch self {
    case .ordered, .sum, .product: line ?? ""
    case .determines(let determinant, let dependent):
      "determines: \(list([determinant, dependent]))"
    case .never(let conditions): "never: \(Rule.text(conditions))"
    case .onlyIf(let present, let conditions): "\(present): {only if: \(Rule.text(conditions))}"
    case .together(let names): "together: \(list(names))"
    case .unique(let names): "unique: \(list(names))"
    case .circular(let name, let period):
      period.map { "circular: {column: \(name), period: \($0)}" } ?? "circular: \(name)"
    }
  }

  private static func text(_ conditions: [Condition]) -> String {
    let parts = conditions.map { condition in
      let values = condition.values.joined(separator: ", ")
      return "\(condition.column): \(condition.values.count == 1 ? values : "[\(values)]")"
    }
    return "{\(parts.joined(separator: ", "))}"
  }

  private static let signs = ["<=", ">=", "=", "+", "*"]

  private static func quoted(_ name: String) -> String {
    let isPlain =
      !name.isEmpty && !name.contains { "<>=+*\"".contains($0) } && name.first != " "
      && name.last != " "
    return isPlain ? name : "\"\(name.replacing("\"", with: "\"\""))\""
  }

  /// Returns the names and the signs between them; nil unless they alternate.
  private static func parts(of text: String) -> (names: [String], signs: [String])? {
    var (names, found): ([String], [String]) = ([], [])
    var rest = text[...]
    while true {
      rest = rest.drop { $0 == " " }
      guard let (name, left) = rest.first == "\"" ? quotedName(rest) : plainName(rest),
        !name.isEmpty || rest.first == "\""
      else {
        return nil
      }
      names.append(name)
      rest = left.drop { $0 == " " }
      guard !rest.isEmpty else { return found.isEmpty ? nil : (names, found) }
      guard let sign = signs.first(where: { rest.hasPrefix("\($0) ") }) else { return nil }
      found.append(sign)
      rest = rest.dropFirst(sign.count)
    }
  }

  private static func quotedName(_ text: Substring) -> (String, Substring)? {
    var name = ""
    var rest = text.dropFirst()
    while let quote = rest.firstIndex(of: "\"") {
      name += rest[..<quote]
      rest = rest[rest.index(after: quote)...]
      guard rest.first == "\"" else { return (name, rest) }
      name += "\""
      rest = rest.dropFirst()
    }
    return nil
  }

  private static func plainName(_ text: Substring) -> (String, Substring)? {
    let ends = signs.compactMap { text.range(of: " \($0) ")?.lowerBound }
    let end = ends.min() ?? text.endIndex
    let name = text[..<end]
    let last = name.lastIndex { $0 != " " }
    return (last.map { String(name[...$0]) } ?? "", text[end...])
  }
}

extension StringProtocol {
  /// Returns the first place of a text, without Foundation.
  fileprivate func range(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
