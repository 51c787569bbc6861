import Tables

/// Reads the replacement of an identifier: `treatment`, `pattern` and `locale`.
extension SchemaReader {
  mutating func readFilling(_ keys: [String: SchemaNode], into column: inout ColumnSchema) {
    if column.role.isModelled, let node = keys["treatment"] {
      report(
        node.line, "`treatment` stands at a column that is no identifier, and is released",
        allowed: "`treatment` beside `role: identifier(KIND)`",
        remedy:
          "write `role: identifier(other)`, or `role: drop` to leave the column out, or remove `treatment`"
      )
      return
    }
    if let node = keys["treatment"],
      let word = word(node, key: "treatment", of: IdentifierTreatment.allCases.map(\.rawValue))
    {
      column.treatment = IdentifierTreatment(rawValue: word) ?? .fake
    }
    if let node = keys["pattern"], let pattern = text(node, key: "pattern") {
      if pattern.isEmpty || pattern.utf8.count > 200 {
        report(
          node.line, "`pattern` has \(pattern.utf8.count) bytes", allowed: "1 to 200",
          remedy: "write the form of the values, such as \"AA999999\"")
      } else {
        column.pattern = FakePattern(pattern)
      }
    }
    if let node = keys["locale"],
      let word = word(node, key: "locale", of: FakeLocale.allCases.map(\.rawValue))
    {
      column.locale = FakeLocale(rawValue: word) ?? .english
    }
  }

  mutating func word(_ node: SchemaNode, key: String, of known: [String]) -> String? {
    if let word = node.text?.lowercased(), known.contains(word) { return word }
    let nearest = node.text.flatMap { SchemaWords.nearest(to: $0.lowercased(), in: known) }
    report(
      node.line, "`\(key)` is not known", allowed: known.joined(separator: ", "),
      remedy: nearest.map { "did you mean `\($0)`?" } ?? "write one of these words")
    return nil
  }
}
