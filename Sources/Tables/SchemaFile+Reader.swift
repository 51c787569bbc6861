/// Turns the tree of a schema file into a ``Schema``, collecting every fault on the way.
struct SchemaReader {
  private(set) var faults: [SchemaFault] = []
  /// The column that is being read, for messages.
  var column: String?

  static let tableKeys = ["version", "table", "format", "rows", "unit", "columns", "constraints"]

  /// Throws everything that is wrong, of form and of meaning, at once.
  static func schema(from root: SchemaNode, file: String) throws(SchemaError) -> Schema {
    var reader = SchemaReader()
    let (schema, lines) = reader.schema(root)
    var faults = reader.faults
    let broken = Set(faults.compactMap(\.column))
    for var fault in schema.inconsistencies() where fault.column.map({ !broken.contains($0) }) ?? faults.isEmpty {
      fault.line = fault.line ?? fault.column.flatMap { lines[$0] }
      faults.append(fault)
    }
    guard faults.isEmpty else { throw SchemaError(file: file, faults: faults) }
    return schema
  }

  private mutating func schema(_ root: SchemaNode) -> (schema: Schema, lines: [String: Int]) {
    let keys = mapping(root, keys: Self.tableKeys, what: "a schema file")
    version(keys["version"], line: root.line)
    var lines: [String: Int] = [:]
    var columns: [ColumnSchema] = []
    if let node = keys["columns"] {
      for (column, line) in self.columns(node) {
        columns.append(column)
        if lines[column.name] == nil { lines[column.name] = line }
      }
    } else if root.entries != nil {
      report(
        root.line, "`columns` is missing", allowed: "a list of columns",
        remedy: "add `columns:`; `understudy inspect` writes a complete file")
    }
    let schema = Schema(
      name: keys["table"].flatMap { text($0, key: "table") } ?? "table",
      format: keys["format"].map { format($0) } ?? TableFormat(), approximateRows: keys["rows"].flatMap { rows($0) },
      unit: keys["unit"].map { unit($0) } ?? .row, columns: columns,
      constraints: keys["constraints"].map { constraints($0) } ?? [], origin: .declared)
    return (schema, lines)
  }

  private mutating func version(_ node: SchemaNode?, line: Int) {
    let current = Schema.currentVersion
    guard let node else {
      report(line, "`version` is missing", allowed: "version: 1 to \(current)", remedy: "add the line `version: \(current)` at the top")
      return
    }
    guard let version = integer(node, key: "version", in: 1...Int.max), version > current else { return }
    report(
      node.line, "the file has version \(version)", allowed: "version 1 to \(current)",
      remedy: "use the version of understudy that wrote it, or a newer one")
  }

  private mutating func format(_ node: SchemaNode) -> TableFormat {
    var format = TableFormat()
    let keys = mapping(node, keys: ["delimiter", "header", "missing"], what: "`format`")
    if let node = keys["delimiter"], let text = text(node, key: "delimiter") {
      if let byte = SchemaWords.delimiters.first(where: { $0.names.contains(text) })?.byte {
        format.delimiter = byte
      } else {
        report(node.line, "`delimiter` is not known", allowed: "comma, semicolon, tab or pipe", remedy: "write one of these words")
      }
    }
    if let node = keys["header"], let flag = flag(node, key: "header") { format.hasHeader = flag }
    if let node = keys["missing"], let tokens = texts(node, key: "missing") { format.missingTokens = tokens }
    return format
  }

  /// `rows: 20000` or `rows: {about: 20000, public: yes}`; a number that is not public is not used.
  private mutating func rows(_ node: SchemaNode) -> Int? {
    if node.text != nil { return integer(node, key: "rows", in: 0...Int.max) }
    let keys = mapping(node, keys: ["about", "public"], what: "`rows`")
    guard let about = keys["about"] else {
      if node.entries != nil {
        report(node.line, "`rows` has no `about`", allowed: "rows: {about: 20000, public: yes}", remedy: "add `about`, or remove `rows`")
      }
      return nil
    }
    let isPublic = keys["public"].map { flag($0, key: "public") ?? false } ?? true
    let count = integer(about, key: "about", in: 0...Int.max)
    return isPublic ? count : nil
  }

  /// `unit: row` or `unit: {person: column, at most: k}`; one row for a person where `at most` is not written.
  private mutating func unit(_ node: SchemaNode) -> PrivacyUnit {
    let allowed = "unit: row, or unit: {person: COLUMN, at most: ROWS}"
    if let text = node.text {
      if SchemaWords.normal(text) != "row" {
        report(
          node.line, "`unit` is not understood", allowed: allowed, remedy: "name the column that says who a row is about, or write `row`")
      }
      return .row
    }
    let keys = mapping(node, keys: ["person", "at most"], what: "`unit`")
    guard let person = keys["person"] else {
      if node.entries != nil { report(node.line, "`unit` names no person column", allowed: allowed, remedy: "add `person: COLUMN`") }
      return .row
    }
    let rows = keys["at most"].flatMap { integer($0, key: "at most", in: 1...1_000_000) } ?? 1
    return text(person, key: "person").map { .person(column: $0, maximumRows: rows) } ?? .row
  }

  private mutating func constraints(_ node: SchemaNode) -> [Constraint] {
    let allowed = "`- ordered: [EARLIER, LATER]` or `- determines: [CODE, DESCRIPTION]`"
    guard let items = node.items else {
      if !node.isNull {
        report(node.line, "`constraints` is \(node.shape)", allowed: "a list of \(allowed)", remedy: "begin each constraint with `- `")
      }
      return []
    }
    var found: [Constraint] = []
    for item in items {
      let keys = mapping(item, keys: ["ordered", "determines"], what: "a constraint")
      if item.entries != nil, keys.count != 1 {
        report(item.line, "a constraint has \(keys.count) kinds", allowed: allowed, remedy: "write one kind for each `- `")
      }
      for (key, value) in keys.sorted(by: { $0.key < $1.key }) {
        guard let names = texts(value, key: key) else { continue }
        guard names.count == 2 else {
          report(
            value.line, "`\(key)` names \(names.count) columns", allowed: allowed,
            remedy: "name two columns; write several constraints for more")
          continue
        }
        found.append(
          key == "ordered" ? .ordered(earlier: names[0], later: names[1]) : .determines(determinant: names[0], dependent: names[1]))
      }
    }
    return found
  }

  mutating func report(_ line: Int, _ problem: String, allowed: String, remedy: String) {
    faults.append(
      SchemaFault(line: line > 0 ? line : nil, column: column, problem: problem, allowed: allowed, remedy: remedy))
  }
}
