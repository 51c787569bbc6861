import Tables

/// Reads the types of a schema file.
extension SchemaReader {
  /// Reads the type, with the keys that belong to it and to no other.
  mutating func type(_ keys: [String: SchemaNode], line: Int) -> ColumnType? {
    guard let node = keys["type"] else {
      report(line, "`type` is missing", allowed: Self.typeNames, remedy: "add `type:`")
      return nil
    }
    guard let word = text(node, key: "type") else { return nil }
    let (base, inside) = Self.parenthesised(word)
    guard
      let name = SchemaWords.types.first(where: {
        $0.name == base || $0.aliases.contains(SchemaWords.normal(base))
      })?.name
    else {
      report(
        node.line, "the type `\(word)` is not known", allowed: Self.typeNames,
        remedy: Self.typeAdvice(base))
      return nil
    }
    refuseForeignKeys(keys, type: name)
    switch name {
    case "integer": return .integer
    case "decimal": return decimal(inside, keys["digits"], line: node.line)
    case "scientific":
      return scientific(keys["digits"], exponents: keys["exponents"], line: node.line)
    case "boolean": return boolean(keys["words"])
    case "date": return date(inside, keys["format"])
    case "timestamp": return timestamp(inside, keys["format"])
    case "time": return time(inside, keys["format"])
    case "identifier": return .identifier
    case "text": return .text
    default: return .category
    }
  }

  static let typeNames = SchemaWords.types.map(\.name).joined(separator: ", ")

  private static func typeAdvice(_ word: String) -> String {
    if ["string", "str", "varchar", "object"].contains(word) {
      return "write `category`, `text` for prose or `identifier` for names and numbers of people"
    }
    let known = SchemaWords.types.flatMap { [$0.name] + $0.aliases }
    let nearest = SchemaWords.nearest(to: word, in: known)
    let name = SchemaWords.types.first { $0.name == nearest || $0.aliases.contains(nearest ?? "") }?
      .name
    return name.map { "did you mean `\($0)`?" } ?? "write one of these words"
  }

  private mutating func refuseForeignKeys(_ keys: [String: SchemaNode], type: String) {
    let owners = [
      ("digits", ["decimal", "scientific"]), ("fewest digits", ["decimal"]),
      ("exponents", ["scientific"]), ("words", ["boolean"]),
      ("format", ["integer", "decimal", "date", "timestamp", "time"]),
    ]
    for (key, types) in owners where !types.contains(type) {
      guard let node = keys[key] else { continue }
      report(
        node.line, "`\(key)` does not belong to the type `\(type)`",
        allowed: "`\(key)` with type \(types.joined(separator: " or "))",
        remedy: "remove `\(key)` or change `type`")
    }
  }

  private mutating func decimal(_ inside: String?, _ digits: SchemaNode?, line: Int) -> ColumnType?
  {
    let node = digits ?? inside.map { .scalar($0, isQuoted: false, line: line) }
    guard let node else {
      report(
        line, "a decimal without `digits`",
        allowed: "digits: 1 to 9, the most digits behind the point", remedy: "add `digits: 2`")
      return nil
    }
    return integer(node, key: "digits", in: 1...9).map { .decimal(fractionDigits: $0) }
  }

  private mutating func scientific(_ digits: SchemaNode?, exponents: SchemaNode?, line: Int)
    -> ColumnType?
  {
    guard let digits else {
      report(
        line, "a scientific number without `digits`",
        allowed: "digits: 1 to 9, the significant digits that are kept",
        remedy: "add `digits: 3`"
      )
      return nil
    }
    let always = exponents.flatMap { word($0, key: "exponents", of: Exponents.self) } == .always
    return integer(digits, key: "digits", in: 1...ScientificTick.mostDigits).map {
      .scientific(ScientificFormat(digits: $0, alwaysExponent: always))
    }
  }

  /// Whether all scientific numbers show an exponent.
  private enum Exponents: String, CaseIterable { case always, outliers }

  /// Reads the format of numbers, as spreadsheets write it.
  mutating func numberFormat(_ node: SchemaNode) -> NumberFormat? {
    guard let text = text(node, key: "format") else { return nil }
    if let format = NumberFormat(text) { return format }
    report(
      node.line, "the number `format` is not one that can be read",
      allowed: "such as $#,##0.0, 0.0%, #.##0,0 €, 0.0;(0.0)",
      remedy:
        "write the signs around and between the digits as a spreadsheet does; `digits` says how many decimals there are"
    )
    return nil
  }

  /// Reads `words: {no: N, yes: Y}` or `words: [N, Y]`, the word for false first. The default is
  /// `false` and `true`.
  private mutating func boolean(_ node: SchemaNode?) -> ColumnType? {
    guard let node else { return .boolean(BooleanLabels(whenFalse: "false", whenTrue: "true")) }
    let allowed =
      "two different words: `words: {no: N, yes: Y}`, or `[N, Y]` with the word for no first"
    var words = node.items?.compactMap(\.text) ?? []
    if node.entries != nil {
      let keys = mapping(node, keys: ["no", "yes"], what: "`words`")
      words = [keys["no"]?.text, keys["yes"]?.text].compactMap { $0 }
    }
    guard words.count == 2, words[0] != words[1], node.items?.count ?? 2 == 2 else {
      report(
        node.line, "`words` does not name two words", allowed: allowed,
        remedy: "name the word for no and the word for yes")
      return nil
    }
    return .boolean(BooleanLabels(whenFalse: words[0], whenTrue: words[1]))
  }

  private mutating func date(_ inside: String?, _ node: SchemaNode?) -> ColumnType? {
    guard let pattern = node.map({ text($0, key: "format") }) ?? inside ?? DateFormat.iso.pattern
    else { return nil }
    let letters = TimePattern.letters(of: pattern)
    guard letters.contains("y"), letters.contains("M"), letters.isSubset(of: ["y", "M", "d"]),
      TimePattern(DateFormat(pattern: pattern)) != nil
    else {
      report(
        node?.line ?? 0,
        "the date `format` has no year and month, or more than a year, month and day",
        allowed:
          "yyyy or yy; MM, M, MMM or MMMM; dd or d; separators; a language in front, such as yyyy-MM-dd, d.M.yyyy or [de]d. MMMM yyyy",
        remedy: "write one cell's form in these letters")
      return nil
    }
    return .date(DateFormat(pattern: pattern))
  }

  private mutating func timestamp(_ inside: String?, _ node: SchemaNode?) -> ColumnType? {
    guard
      let pattern = node.map({ text($0, key: "format") }) ?? inside ?? TimestampFormat.iso.pattern
    else { return nil }
    let letters = TimePattern.letters(of: pattern)
    let hasHour = letters.contains("H") || letters.contains("h")
    guard hasHour, letters.isSuperset(of: ["y", "M", "d"]),
      letters.isSubset(of: ["y", "M", "d", "H", "h", "m", "s", "a", "S", "x", "X"]),
      TimePattern(TimestampFormat(showing: pattern)) != nil
    else {
      report(
        node?.line ?? 0,
        "the timestamp `format` has no year, month, day and hour, or unknown letters",
        allowed:
          "the letters of a date, HH or H (hh or h with a), mm, ss, SSS, xxx (+01:00), such as yyyy-MM-dd HH:mm:ss",
        remedy: "write one cell's form in these letters")
      return nil
    }
    return .timestamp(TimestampFormat(showing: pattern))
  }

  /// Reads a time of day or a duration, whose format has no date.
  private mutating func time(_ inside: String?, _ node: SchemaNode?) -> ColumnType? {
    guard let pattern = node.map({ text($0, key: "format") }) ?? inside ?? "HH:mm:ss" else {
      return nil
    }
    let format = TimestampFormat(showing: pattern)
    guard TimePattern(format)?.isClock == true else {
      report(
        node?.line ?? 0, "the time `format` has no hour, or a date",
        allowed: "HH or H (hh or h with a), mm, ss, SSS, such as HH:mm:ss or H:mm; Hmm for 905",
        remedy: "write one cell's form in these letters"
      )
      return nil
    }
    return .timestamp(format)
  }
}

/// Patterns of dates and times as schema files write them.
enum SchemaPattern {
  /// Turns C's `%Y-%m-%d` into `yyyy-MM-dd`; nil if a part has no counterpart.
  static func fromStrftime(_ format: String) -> String? {
    let parts: [String: String] = [
      "Y": "yyyy", "y": "yy", "m": "MM", "d": "dd", "b": "MMM", "H": "HH", "I": "hh", "M": "mm",
      "S": "ss", "p": "a", "f": "SSSSSS",
      "-m": "M", "-d": "d", "-H": "H", "-I": "h", "F": "yyyy-MM-dd", "T": "HH:mm:ss", "e": "d",
      "Z": "'Z'", "z": "'Z'",
    ]
    var pattern = ""
    var rest = Substring(format)
    while let next = rest.popFirst() {
      guard next == "%" else {
        pattern.append(next)
        continue
      }
      guard var key = rest.popFirst().map(String.init) else { return nil }
      if key == "-" { key += rest.popFirst().map(String.init) ?? "" }
      guard let part = parts[key] else { return nil }
      pattern += part
    }
    return pattern
  }
}
