import Tables

/// Turns the tree of a schema file into a ``Schema``, collecting every fault on the way.
struct SchemaReader {
  private(set) var faults: [SchemaFault] = []
  /// The version of the file's format; the newest if the file names none.
  private(set) var version = Schema.currentVersion
  /// The provenance of facts that state none.
  private(set) var facts = Provenance.declared
  private var eachRowIsAPerson = false
  /// The line of each rule.
  private var ruleLines: [Int] = []
  /// The latest day of a review, in days since 1970; nil if the file was checked before.
  var latestDay: Int64?
  /// The column being read, for messages.
  var column: String?

  static let tableKeys = ["version", "table", "format", "rows", "unit", "columns", "constraints"]
  static let newTableKeys = ["facts", "reviewed", "learned", "people", "place"]

  /// Returns the schema, or throws every fault of form and of meaning at once.
  static func schema(from root: SchemaNode, file: String, latestDay: Int64? = nil)
    throws(SchemaError) -> Schema
  {
    var reader = SchemaReader()
    reader.latestDay = latestDay
    let (schema, lines) = reader.schema(root)
    var faults = reader.faults
    let broken = Set(faults.compactMap(\.column))
    for var fault in schema.inconsistencies()
    where fault.column.map({ !broken.contains($0) }) ?? faults.isEmpty {
      fault.line =
        fault.line ?? fault.column.flatMap { lines[$0] }
        ?? fault.rule.flatMap { reader.line(ofRule: $0) }
      faults.append(fault)
    }
    guard faults.isEmpty else { throw SchemaError(file: file, faults: faults) }
    return schema
  }

  private mutating func schema(_ root: SchemaNode) -> (schema: Schema, lines: [String: Int]) {
    readVersion(
      root.entries?.first { SchemaWords.normal($0.key) == "version" }?.value, line: root.line)
    let hasRules = version >= 5 || root["rules"] != nil
    let keys = mapping(
      root, keys: Self.tableKeys + (hasRules ? ["rules"] : []), newKeys: Self.newTableKeys,
      what: "a schema file")
    var provenance = TableProvenance()
    provenance.review = keys["reviewed"].flatMap { review($0) }
    provenance.cost = keys["learned"].flatMap { learningCost($0) }
    if keys["version"] != nil {
      facts = facts(keys["facts"], isReviewed: keys["reviewed"] != nil, line: root.line)
    }
    provenance.facts = facts
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
    let read = rules(keys, &provenance)
    ruleLines = read.lines
    var schema = Schema(
      name: keys["table"].flatMap { text($0, key: "table") } ?? "table",
      format: keys["format"].map { format($0, &provenance) } ?? TableFormat(),
      approximateRows: keys["rows"].flatMap { rows($0, &provenance) },
      unit: keys["unit"].map { unit($0, &provenance) } ?? .row,
      columns: columns, rules: read.rules, origin: .declared)
    schema.eachRowIsAPerson = eachRowIsAPerson
    schema.provenance = provenance
    schema.maps = read.maps
    schema.people = keys["people"].flatMap { population($0) }
    schema.place = keys["place"].flatMap { place($0) }
    return (schema, lines)
  }

  /// Reads `people: ward-7`.
  mutating func population(_ node: SchemaNode) -> String? {
    guard let name = text(node, key: "people") else { return nil }
    if Schema.isPopulationName(name) { return name }
    report(
      node.line, "`people` is not a name",
      allowed: "1 to 100 characters on one line, without a space at either end",
      remedy: "write `people: NAME`, such as `people: ward-7`")
    return nil
  }

  private mutating func readVersion(_ node: SchemaNode?, line: Int) {
    let current = Schema.currentVersion
    guard let node else {
      report(
        line, "`version` is missing", allowed: "version: 1 to \(current)",
        remedy: "add the line `version: \(current)` at the top")
      return
    }
    guard let found = integer(node, key: "version", in: 1...Int.max) else { return }
    version = min(found, current)
    guard found > current else { return }
    report(
      node.line, "the file has version \(found)", allowed: "version 1 to \(current)",
      remedy: "use the version of understudy that wrote it, or a newer one")
  }

  private mutating func format(_ node: SchemaNode, _ provenance: inout TableProvenance)
    -> TableFormat
  {
    var format = TableFormat()
    let keys = mapping(
      node, keys: ["delimiter", "header", "missing"],
      newKeys: ["skip", "decimal", "quoted", "provenance"], what: "`format`")
    provenance.format = ownProvenance(keys["provenance"], inherited: facts)
    if let node = keys["delimiter"], let text = text(node, key: "delimiter") {
      if let byte = SchemaWords.delimiter(text) {
        format.delimiter = byte
      } else {
        report(
          node.line, "`delimiter` is not known",
          allowed: "comma, semicolon, tab, pipe or one of ^ ~ : ! & *", remedy: "write one of these"
        )
      }
    }
    if let node = keys["header"], let flag = flag(node, key: "header") { format.hasHeader = flag }
    if let node = keys["skip"], let count = integer(node, key: "skip", in: 0...1000) {
      format.skippedLines = count
    }
    if let node = keys["decimal"], let mark = word(node, key: "decimal", of: DecimalMark.self) {
      format.decimalMark = mark
    }
    if let node = keys["missing"], let tokens = texts(node, key: "missing") {
      format.missingTokens = tokens
    }
    if let node = keys["quoted"], let meaning = word(node, key: "quoted", of: QuotedTokens.self) {
      format.quotedTokens = meaning
    }
    return format
  }

  /// Reads `rows: 20000` or `rows: {about: 20000, public: yes}`. Only a public number is used.
  private mutating func rows(_ node: SchemaNode, _ provenance: inout TableProvenance) -> Int? {
    if node.text != nil { return integer(node, key: "rows", in: 0...Int.max) }
    let keys = mapping(node, keys: ["about", "public"], what: "`rows`")
    guard let about = keys["about"] else {
      if node.entries != nil {
        report(
          node.line, "`rows` has no `about`", allowed: "rows: {about: 20000, public: yes}",
          remedy: "add `about`, or remove `rows`")
      }
      return nil
    }
    let isPublic = keys["public"].map { flag($0, key: "public") ?? false } ?? true
    // Calling a number public means answering for it.
    if keys["public"] != nil, isPublic, facts != .declared { provenance.rows = .declared }
    let count = integer(about, key: "about", in: 0...Int.max)
    return isPublic ? count : nil
  }

  /// Reads `unit: row` or `unit: {person: column, at most: k}`; a site, such as a base, counts as a
  /// person does, with all that is seen there. Without `at most`: one row per
  /// person.
  private mutating func unit(_ node: SchemaNode, _ provenance: inout TableProvenance) -> PrivacyUnit
  {
    let allowed =
      "unit: row, unit: {row: person}, unit: {person: COLUMN, at most: ROWS}, or `site` for `person`"
    if let text = node.text {
      if SchemaWords.normal(text) != "row" {
        report(
          node.line, "`unit` is not understood", allowed: allowed,
          remedy: "name the column that says who a row is about, or write `row`")
      }
      return .row
    }
    let keys = mapping(
      node, keys: ["person", "at most"], newKeys: ["row", "site", "provenance"], what: "`unit`")
    provenance.unit = ownProvenance(keys["provenance"], inherited: facts)
    if let row = keys["row"] {
      let word = row.text.map(SchemaWords.normal)
      eachRowIsAPerson = word == "person"
      if !["person", "row"].contains(word) || keys["person"] != nil || keys["at most"] != nil {
        report(
          row.line, "`unit` is not understood", allowed: allowed,
          remedy: "write `unit: {row: person}` and nothing else if each row is a person of its own")
      }
      return .row
    }
    if let site = keys["site"], keys["person"] != nil {
      report(
        site.line, "`unit` names a person and a site", allowed: allowed,
        remedy: "keep the one that the guarantee is for")
    }
    guard let person = keys["person"] ?? keys["site"] else {
      if node.entries != nil {
        report(
          node.line, "`unit` names no person column", allowed: allowed,
          remedy: "add `person: COLUMN`")
      }
      return .row
    }
    let rows = keys["at most"].flatMap { integer($0, key: "at most", in: 1...1_000_000) } ?? 1
    return text(person, key: "person").map { .person(column: $0, maximumRows: rows) } ?? .row
  }

  private func line(ofRule index: Int) -> Int? {
    ruleLines.indices.contains(index) ? ruleLines[index] : nil
  }

  mutating func report(_ line: Int, _ problem: String, allowed: String, remedy: String) {
    faults.append(
      SchemaFault(
        line: line > 0 ? line : nil, column: column, problem: problem, allowed: allowed,
        remedy: remedy))
  }
}
