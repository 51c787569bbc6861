/// A rule on one column, as PostgreSQL writes the definition of a CHECK: a list of values, or
/// bounds. Nothing else is understood.
package enum CheckRule: Equatable {
  case values([String])
  case range(low: String?, high: String?)

  /// Reads a definition such as `CHECK (age >= 0 AND age <= 120)`.
  /// - Parameter column: The column that it must be about.
  package init?(_ definition: String, column: String) {
    guard let tokens = CheckTokens(definition)?.all else { return nil }
    var reader = Reader(tokens: tokens, column: column)
    guard reader.take(.word("CHECK")), let rule = reader.rule(), reader.isAtEnd else { return nil }
    self = rule
  }

  private struct Reader {
    let tokens: [CheckTokens.Token]
    let column: String
    private var place = 0

    init(tokens: [CheckTokens.Token], column: String) {
      (self.tokens, self.column) = (tokens, column)
    }

    var isAtEnd: Bool { place == tokens.count }
    private var next: CheckTokens.Token? { isAtEnd ? nil : tokens[place] }

    mutating func take(_ token: CheckTokens.Token) -> Bool {
      guard next == token else { return false }
      place += 1
      return true
    }

    /// Comparisons between which stands AND, in parentheses or without.
    mutating func rule() -> CheckRule? {
      guard var rule = part() else { return nil }
      while take(.word("AND")) {
        guard let further = part(), case .range(let low, let high) = rule,
          case .range(let other, let another) = further
        else { return nil }
        // Two bounds of the same end would have to be compared.
        guard low == nil || other == nil, high == nil || another == nil else { return nil }
        rule = .range(low: low ?? other, high: high ?? another)
      }
      return rule
    }

    private mutating func part() -> CheckRule? {
      let start = place
      if let rule = comparison() { return rule }
      place = start
      guard take(.sign("(")), let rule = rule(), take(.sign(")")) else { return nil }
      return rule
    }

    private mutating func comparison() -> CheckRule? {
      guard takeColumn(), case .sign(let sign)? = next else { return nil }
      place += 1
      switch sign {
      case ">", ">=": return literal().map { .range(low: $0, high: nil) }
      case "<", "<=": return literal().map { .range(low: nil, high: $0) }
      case "=": return takeWord("ANY") ? values() : literal().map { .values([$0]) }
      default: return nil
      }
    }

    private mutating func takeWord(_ word: String) -> Bool { take(.word(word)) }

    private mutating func takeColumn() -> Bool {
      if take(.sign("(")) { return takeColumn() && take(.sign(")")) }
      switch next {
      case .word(column), .name(column):
        place += 1
        return true
      default: return false
      }
    }

    private mutating func literal() -> String? {
      if take(.sign("(")) {
        guard let value = literal(), take(.sign(")")) else { return nil }
        return value
      }
      let isNegative = take(.sign("-"))
      switch next {
      case .number(let text):
        place += 1
        return isNegative ? "-" + text : text
      case .text(let text) where !isNegative:
        place += 1
        return text
      default: return nil
      }
    }

    private mutating func values() -> CheckRule? {
      var open = 0
      while take(.sign("(")) { open += 1 }
      guard open > 0, take(.word("ARRAY")), take(.sign("[")) else { return nil }
      var values: [String] = []
      repeat {
        guard let value = literal() else { return nil }
        values.append(value)
      } while take(.sign(","))
      guard take(.sign("]")) else { return nil }
      for _ in 0..<open where !take(.sign(")")) { return nil }
      return .values(values)
    }
  }
}

/// The words of a definition, without the types that PostgreSQL casts its literals to.
private struct CheckTokens {
  enum Token: Equatable {
    case word(String)
    case name(String)
    case number(String)
    case text(String)
    case sign(String)
  }

  private(set) var all: [Token] = []

  init?(_ text: String) {
    var rest = Substring(text)
    while let first = rest.first {
      if first.isWhitespace {
        rest.removeFirst()
      } else if rest.hasPrefix("::") {
        rest = rest.dropFirst(2)
        Self.skipType(&rest)
      } else if first == "'" || first == "\"" {
        guard let quoted = Self.quoted(&rest) else { return nil }
        all.append(first == "'" ? .text(quoted) : .name(quoted))
      } else if first.isNumber {
        let number = rest.prefix { $0.isNumber || $0 == "." }
        rest = rest.dropFirst(number.count)
        all.append(.number(String(number)))
      } else if first.isLetter || first == "_" {
        let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" }
        rest = rest.dropFirst(word.count)
        all.append(.word(String(word)))
      } else {
        let sign = [">=", "<=", "<>", "!="].first { rest.hasPrefix($0) } ?? String(first)
        rest = rest.dropFirst(sign.count)
        all.append(.sign(sign))
      }
    }
  }

  /// Skips a type such as `character varying[]`, `numeric(5,1)` or `"Sex"`.
  private static func skipType(_ rest: inout Substring) {
    if rest.first == "\"" {
      _ = quoted(&rest)
    } else {
      let known = [
        "character varying", "double precision", "timestamp without time zone",
        "timestamp with time zone", "time without time zone", "time with time zone", "bit varying",
      ]
      let length =
        known.first { rest.hasPrefix($0) }?.count
        ?? rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }.count
      rest = rest.dropFirst(length)
    }
    if rest.first == "(", let end = rest.firstIndex(of: ")") {
      rest = rest[rest.index(after: end)...]
    }
    while rest.hasPrefix("[]") { rest = rest.dropFirst(2) }
  }

  /// Takes a text or a name in quotation marks, which stand twice within it.
  private static func quoted(_ rest: inout Substring) -> String? {
    let mark = rest.removeFirst()
    var text = ""
    while let next = rest.popFirst() {
      guard next == mark else {
        text.append(next)
        continue
      }
      guard rest.first == mark else { return text }
      text.append(rest.removeFirst())
    }
    return nil
  }
}
