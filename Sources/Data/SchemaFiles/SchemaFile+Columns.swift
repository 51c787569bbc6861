import Tables

/// Reads the columns of a schema file.
extension SchemaReader {
  static let columnKeys = [
    "name", "header", "type", "digits", "fewest digits", "words", "format", "role", "kind",
    "treatment", "pattern", "locale", "missing",
    "missing token", "bounds", "categories", "other",
  ]
  static let newColumnKeys = [
    "repeats", "provenance", "codes", "exponents", "hierarchy", "meaning", "labels", "transform",
    "gap",
  ]

  /// Reads a list of mappings with `name`, or a mapping from names to types or mappings.
  mutating func columns(_ node: SchemaNode) -> [(column: ColumnSchema, line: Int)] {
    var found: [(column: ColumnSchema, line: Int)] = []
    if let entries = node.entries {
      for entry in entries {
        column = entry.key
        let value = entry.value
        let keys =
          value.text != nil
          ? ["type": value]
          : mapping(value, keys: Self.columnKeys, newKeys: Self.newColumnKeys, what: "the column")
        if let name = keys["name"] {
          report(
            name.line, "`name` stands inside a column that is already named",
            allowed: "the name once", remedy: "remove `name`")
        }
        found.append((columnSchema(named: entry.key, keys: keys, line: entry.line), entry.line))
      }
    } else if let items = node.items {
      for (index, item) in items.enumerated() {
        column = item["name"]?.text
        let keys = mapping(
          item, keys: Self.columnKeys, newKeys: Self.newColumnKeys, what: "column \(index + 1)")
        guard let name = keys["name"] else {
          if item.entries != nil {
            report(
              item.line, "column \(index + 1) has no `name`",
              allowed: "the name as in the table's header", remedy: "add `name:`")
          }
          continue
        }
        guard let name = text(name, key: "name") else { continue }
        found.append((columnSchema(named: name, keys: keys, line: item.line), item.line))
      }
    } else {
      report(
        node.line, "`columns` is \(node.shape)", allowed: "a list of columns",
        remedy: "begin each column with `- name:`")
    }
    column = nil
    return found
  }

  private mutating func columnSchema(named name: String, keys: [String: SchemaNode], line: Int)
    -> ColumnSchema
  {
    guard let type = type(keys, line: line) else {
      return ColumnSchema(name: name, type: .category)
    }
    var column = ColumnSchema(name: name, type: type)
    column.role = role(keys, type: type)
    if let node = keys["missing"], let flag = flag(node, key: "missing") {
      column.isNullable = flag
    }
    if let node = keys["missing token"], let token = text(node, key: "missing token") {
      column.missingToken = token
    }
    column.provenance.facts = ownProvenance(keys["provenance"], inherited: facts)
    if let node = keys["bounds"] { column.bounds = bounds(node, type: type, &column.provenance) }
    if let node = keys["categories"] {
      column.categories = categories(node, type: type, &column.provenance)
    }
    if let node = keys["transform"] {
      column.isLogarithmic = isLogarithm(node, type: type, hasGap: keys["gap"] != nil)
    }
    if let node = keys["gap"] { column.longestGap = longestGap(node, type: type) }
    if let node = keys["hierarchy"] { column.hierarchy = hierarchy(node, beside: column) }
    if let node = keys["meaning"] { column.meaning = text(node, key: "meaning") }
    if let node = keys["labels"] { column.labels = labels(node) }
    if let node = keys["repeats"] { column.repeats = flag(node, key: "repeats") }
    if let node = keys["other"], let label = text(node, key: "other") { column.otherLabel = label }
    if let node = keys["header"] { column.header = text(node, key: "header") }
    if let node = keys["codes"], let codes = texts(node, key: "codes") { column.codes = codes }
    if let node = keys["format"], type == .integer || type.isDecimal {
      column.numberFormat = numberFormat(node) ?? .plain
    }
    readFilling(keys, into: &column)
    if let node = keys["fewest digits"], case .decimal(let digits) = type,
      let fewest = integer(node, key: "fewest digits", in: 0...digits)
    {
      column.minimumFractionDigits = fewest
    }
    return column
  }

  // MARK: - Roles

  private mutating func role(_ keys: [String: SchemaNode], type: ColumnType) -> ColumnRole {
    guard let node = keys["role"] else {
      if let kind = keys["kind"], type != .identifier {
        report(
          kind.line, "`kind` stands without `role: identifier`",
          allowed: "`kind` beside `role: identifier`",
          remedy: "add the role or remove `kind`")
      }
      return defaultRole(of: type, kind: keys["kind"])
    }
    if let word = node.text {
      let (base, inside) = Self.parenthesised(word)
      switch base {
      case "ordinary": return .ordinary
      case "quasi-identifier", "quasi identifier", "quasi_identifier": return .quasiIdentifier
      case "sensitive": return .sensitive
      case "target": return .target
      case "prose": return .prose
      case "drop": return .drop
      case "identifier", "direct-identifier", "direct identifier", "direct_identifier":
        return .identifier(
          kind(inside, line: node.line) ?? keys["kind"].flatMap { kind($0.text, line: $0.line) }
            ?? .other)
      default: break
      }
      let nearest = SchemaWords.nearest(to: base, in: SchemaWords.roles)
      report(
        node.line, "`role` is not known", allowed: SchemaWords.roles.joined(separator: ", "),
        remedy: nearest.map { "did you mean `\($0)`?" } ?? "write one of these words")
      return .ordinary
    }
    let inner = mapping(node, keys: ["identifier"], what: "`role`")
    guard let kindNode = inner["identifier"] else { return .ordinary }
    return .identifier(kind(kindNode.text, line: kindNode.line) ?? .other)
  }

  private mutating func defaultRole(of type: ColumnType, kind node: SchemaNode?) -> ColumnRole {
    switch type {
    case .identifier: .identifier(node.flatMap { kind($0.text, line: $0.line) } ?? .other)
    case .text: .prose
    default: .ordinary
    }
  }

  private mutating func kind(_ word: String?, line: Int) -> IdentifierKind? {
    guard let word else { return nil }
    let known = IdentifierKind.allCases.map(\.rawValue)
    if let kind = IdentifierKind.allCases.first(where: {
      SchemaWords.normal($0.rawValue) == SchemaWords.normal(word)
    }) {
      return kind
    }
    let nearest = SchemaWords.nearest(to: word.lowercased(), in: known)
    report(
      line, "the kind of identifier is not known", allowed: known.joined(separator: ", "),
      remedy: nearest.map { "did you mean `\($0)`?" } ?? "write one of these words, such as `other`"
    )
    return nil
  }

  // MARK: - Bounds and categories

  private mutating func bounds(
    _ node: SchemaNode, type: ColumnType, _ provenance: inout ColumnProvenance
  ) -> Knowledge<ClosedRange<Int64>> {
    if isLearn(node) { return .learned }
    let allowed = "`learn`, `[LOW, HIGH]` or `{low: LOW, high: HIGH, provenance: declared}`"
    var ends: [SchemaNode] = node.items ?? []
    if node.entries != nil {
      let keys = mapping(node, keys: ["low", "high", "provenance"], what: "`bounds`")
      let inherited = provenance.facts ?? facts
      guard
        let own = self.provenance(
          keys["provenance"], line: node.line, key: "bounds", inherited: inherited)
      else { return .learned }
      provenance.bounds = own == inherited ? nil : own
      ends = ["low", "high"].compactMap { keys[$0] }
    }
    guard ends.count == 2, let lowText = ends[0].text, let highText = ends[1].text else {
      report(
        node.line, "`bounds` is not understood", allowed: allowed,
        remedy: "give both ends, or write `bounds: learn`")
      return .learned
    }
    guard type.isOrdered else {
      report(
        node.line, "`bounds` stand at a column that has no order",
        allowed: "bounds for integer, decimal, date and timestamp",
        remedy: "remove `bounds`, or change `type`")
      return .learned
    }
    guard let low = type.parse(lowText), let high = type.parse(highText) else {
      report(
        node.line, "`bounds` cannot be read as \(type.schemaWord)",
        allowed: "two values of the column's type, written as in the table",
        remedy: "write them like the cells of the column, or correct `type`, `digits` or `format`")
      return .learned
    }
    guard low <= high else {
      report(
        node.line, "`bounds` are inverted", allowed: "low at most high", remedy: "swap the two")
      return .learned
    }
    return .declared(low...high)
  }

  private mutating func categories(
    _ node: SchemaNode, type: ColumnType, _ provenance: inout ColumnProvenance
  ) -> Knowledge<[String]> {
    if isLearn(node) { return .learned }
    var list = node
    if node.entries != nil {
      let keys = mapping(node, keys: ["values", "provenance"], what: "`categories`")
      let inherited = provenance.facts ?? facts
      guard
        let own = self.provenance(
          keys["provenance"], line: node.line, key: "categories", inherited: inherited)
      else { return .learned }
      provenance.categories = own == inherited ? nil : own
      guard let values = keys["values"] else {
        report(
          node.line, "`categories` has no `values`",
          allowed: "`learn`, `[A, B]` or `{values: [A, B], provenance: declared}`",
          remedy: "add `values`, or write `categories: learn`")
        return .learned
      }
      list = values
    }
    guard let labels = texts(list, key: "categories") else { return .learned }
    return .declared(labels)
  }

  /// Reads `labels: {1: male, 2: female}`.
  private mutating func labels(_ node: SchemaNode) -> [String: String] {
    let pairs = (node.entries ?? []).compactMap { entry in
      entry.value.text.map { (entry.key, $0) }
    }
    guard let entries = node.entries, pairs.count == entries.count,
      Set(pairs.map(\.0)).count == pairs.count
    else {
      report(
        node.line, "`labels` is not understood", allowed: "labels: {CODE: MEANING, CODE: MEANING}",
        remedy: "write each code once, with its meaning behind a colon")
      return [:]
    }
    return Dictionary(uniqueKeysWithValues: pairs)
  }

  // MARK: - Classifications

  /// Reads the name of a classification that the program knows, or `{GROUP: [CODE, CODE]}`.
  private mutating func hierarchy(_ node: SchemaNode, beside column: ColumnSchema) -> CodeHierarchy?
  {
    let shipped = CodeHierarchy.shipped
    let allowed =
      "\(shipped.compactMap(\.name).joined(separator: ", ")), or `{GROUP: [CODE, CODE]}`"
    guard column.type == .category, column.categories == .learned else {
      report(
        node.line, "`hierarchy` stands at a column whose labels are not learned",
        allowed: "`hierarchy` beside `categories: learn`",
        remedy: "remove `hierarchy`: declared labels are all kept")
      return nil
    }
    if let word = node.text {
      if let known = shipped.first(where: { $0.name == word.lowercased() }) { return known }
      let nearest = SchemaWords.nearest(to: word.lowercased(), in: shipped.compactMap(\.name))
      report(
        node.line, "`hierarchy` is not known", allowed: allowed,
        remedy: nearest.map { "did you mean `\($0)`?" } ?? "write the groups out")
      return nil
    }
    guard node.entries != nil, let nodes = groups(node),
      Set(nodes.flatMap(\.codes)).count == nodes.flatMap(\.codes).count
    else {
      report(
        node.line, "`hierarchy` is not understood", allowed: allowed,
        remedy: "write each group with its codes in square brackets, each code and group once")
      return nil
    }
    return CodeHierarchy(nodes)
  }

  private func groups(_ node: SchemaNode) -> [CodeHierarchy.Node]? {
    var found: [CodeHierarchy.Node] = []
    for entry in node.entries ?? [] {
      guard !entry.key.isEmpty, let inner = groups(entry.value) else { return nil }
      found.append(CodeHierarchy.Node(entry.key, inner: inner))
    }
    if node.entries != nil { return found }
    let texts = node.items?.compactMap(\.text).filter { !$0.isEmpty } ?? []
    return texts.isEmpty || texts.count != node.items?.count
      ? nil : texts.map { CodeHierarchy.Node($0) }
  }

  private func isLearn(_ node: SchemaNode) -> Bool {
    node.isNull || ["learn", "learned"].contains(node.text?.lowercased())
  }

  /// Splits `word(inside)`.
  static func parenthesised(_ text: String) -> (base: String, inside: String?) {
    guard text.hasSuffix(")"), let open = text.firstIndex(of: "(") else {
      return (text.lowercased(), nil)
    }
    let inside = text[text.index(after: open)..<text.index(before: text.endIndex)]
    return (text[..<open].trimmingSpaces.lowercased(), inside.trimmingSpaces)
  }
}

extension CodeHierarchy.Node {
  /// The codes of the group and of all inside it.
  fileprivate var codes: [String] { [code] + inner.flatMap(\.codes) }
}

extension StringProtocol {
  /// The text without spaces at either end.
  var trimmingSpaces: String {
    let tail = drop { $0 == " " }
    guard let last = tail.lastIndex(where: { $0 != " " }) else { return "" }
    return String(tail[...last])
  }
}
