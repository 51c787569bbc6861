import Foundation
import LinkedTables
import Tables

/// Schemas of several linked tables: one file, with the columns of each table as in a schema of its
/// own.
extension SchemaFile {
  /// Whether a file describes several tables, by its content; false if it cannot be read.
  package static func describesSeveralTables(_ url: URL) -> Bool {
    guard let data = try? Data(contentsOf: url), let text = String(data: data, encoding: .utf8),
      let document = try? node(text, file: url.lastPathComponent)
    else { return false }
    return document.root["tables"]?.items != nil
      || (document.root["tables"]?.entries?.count ?? 0) > 1
  }

  /// Reads a schema of linked tables: Understudy's YAML with `tables:`, or SDV's metadata of
  /// several tables, which names no files.
  ///
  /// - Throws: ``SchemaError`` listing every fault, or the system's error if the file cannot be
  ///   read.
  package static func openLinked(_ url: URL) throws -> (schema: LinkedSchema, notes: [String]) {
    let name = url.lastPathComponent
    let text = try text(of: url)
    var document = try node(text, file: name)
    document.root = try document.root.readingLookUps(beside: url)
    let schema = try linked(from: document, file: name, latestDay: latestDay())
    return (schema, document.imported == nil ? [] : [ProvenanceNote.imported])
  }

  /// Reads a schema of linked tables from text, without checking the day of a review.
  package static func parseLinked(_ text: String, file: String = "schema.yaml")
    throws(SchemaError) -> LinkedSchema
  {
    try linked(from: try node(text, file: file), file: file, latestDay: nil)
  }

  private static func linked(
    from document: (root: SchemaNode, imported: SchemaImport.Kind?), file: String, latestDay: Int64?
  ) throws(SchemaError) -> LinkedSchema {
    if document.imported == .sdv, document.root["tables"]?.entries != nil {
      return try SchemaImport.linked(document.root, file: file)
    }
    return try LinkedSchemaReader.schema(from: document.root, file: file, latestDay: latestDay)
  }
}

/// Turns the tree of a schema file with `tables:` into a ``LinkedSchema``, collecting every fault.
struct LinkedSchemaReader {
  private var base = SchemaReader()
  private var faults: [SchemaFault] = []
  private let file: String
  private let latestDay: Int64?
  /// What every table inherits: the entries `facts` and `reviewed` of the file.
  private var inherited: [SchemaNode.Entry] = []
  private var ruleLines: [Int] = []

  private static let linkKeys = ["table", "file", "public", "key", "parents", "time", "end"]
  private static let tableKeys = ["format", "rows", "columns", "rules"]

  static func schema(from root: SchemaNode, file: String, latestDay: Int64?) throws(SchemaError)
    -> LinkedSchema
  {
    var reader = LinkedSchemaReader(file: file, latestDay: latestDay)
    let schema = reader.schema(root)
    var faults = reader.faults + reader.base.faults
    if faults.isEmpty {
      faults = schema.inconsistencies().map { fault in
        var fault = fault
        if let rule = fault.rule, reader.ruleLines.indices.contains(rule) {
          fault.line = reader.ruleLines[rule]
        }
        return fault
      }
    }
    guard faults.isEmpty else { throw SchemaError(file: file, faults: faults) }
    return schema
  }

  private init(file: String, latestDay: Int64?) {
    (self.file, self.latestDay) = (file, latestDay)
    base.latestDay = latestDay
  }

  private mutating func schema(_ root: SchemaNode) -> LinkedSchema {
    let keys = base.mapping(
      root,
      keys: [
        "version", "facts", "reviewed", "name", "people", "person", "tables", "rules",
      ], what: "a schema of several tables")
    checkVersion(keys["version"], line: root.line)
    inherited = ["facts", "reviewed"].compactMap { key in
      keys[key].map { SchemaNode.Entry(key: key, line: $0.line, value: $0) }
    }
    let facts = base.facts(keys["facts"], isReviewed: keys["reviewed"] != nil, line: root.line)
    let tables = (keys["tables"]?.items ?? []).compactMap { table($0) }
    if tables.isEmpty, base.faults.isEmpty, faults.isEmpty {
      base.report(
        keys["tables"]?.line ?? root.line, "`tables` names no table", allowed: "a list of tables",
        remedy: "let `inspect` write a schema of the folder to start from")
    }
    let roots = tables.filter { !$0.isPublic && $0.parents.isEmpty }
    var schema = LinkedSchema(
      name: keys["name"].flatMap { base.text($0, key: "name") } ?? "data", tables: tables,
      person: keys["person"].flatMap { base.text($0, key: "person") }
        ?? (roots.count == 1 ? roots[0].name : ""))
    if schema.person.isEmpty, faults.isEmpty, base.faults.isEmpty {
      base.report(
        root.line, "`person` is missing, and \(roots.count) tables could say who a person is",
        allowed: "person: TABLE, the table with a row for each person",
        remedy: "add `person:`; a second such table belongs to it (`parents`) or is public")
    }
    schema.people = keys["people"].flatMap { base.population($0) }
    schema.facts = facts
    schema.review = keys["reviewed"].flatMap { base.review($0) }
    // A table with a fault is not there: rules about it would only repeat that.
    for item in faults.isEmpty ? rules(keys["rules"]) : [] {
      guard let (rule, own) = rule(item, in: schema) else { continue }
      keep(rule, provenance: own, line: item.line, in: &schema)
    }
    return schema
  }

  private mutating func checkVersion(_ node: SchemaNode?, line: Int) {
    let current = LinkedSchema.currentVersion
    guard node?.text.flatMap({ Int($0) }) != current else { return }
    base.report(
      node?.line ?? line, "`version` is not that of a schema with `tables`",
      allowed: "version: \(current)", remedy: "write `version: \(current)` at the top")
  }

  /// A rule within one row of one table belongs to the table, as in a schema of its own.
  private mutating func keep(
    _ rule: LinkRule, provenance: Provenance?, line: Int, in schema: inout LinkedSchema
  ) {
    if let own = rule.withinRow, let index = schema.index(of: rule.places[0].table),
      schema.tables[index].schema.ruleFits(own)
    {
      schema.tables[index].schema.rules.append(own)
      if let provenance { schema.tables[index].schema.provenance.rules[own] = provenance }
      return
    }
    schema.rules.append(rule)
    ruleLines.append(line)
    if let provenance { schema.ruleProvenance[rule] = provenance }
  }
}

/// Single tables.
extension LinkedSchemaReader {
  private mutating func table(_ node: SchemaNode) -> LinkedTable? {
    let keys = base.mapping(node, keys: Self.linkKeys + Self.tableKeys, what: "a table")
    guard node.entries != nil else { return nil }
    guard let nameNode = keys["table"], let name = base.text(nameNode, key: "table") else {
      base.report(
        node.line, "a table has no name", allowed: "- table: NAME", remedy: "add `table:`")
      return nil
    }
    var entries = inherited
    entries.append(
      SchemaNode.Entry(
        key: "version", line: node.line,
        value: .scalar("\(Schema.currentVersion)", isQuoted: false, line: node.line)))
    entries.append(SchemaNode.Entry(key: "table", line: node.line, value: nameNode))
    for key in Self.tableKeys {
      if let value = keys[key] {
        entries.append(SchemaNode.Entry(key: key, line: value.line, value: value))
      }
    }
    let own: Schema
    do {
      own = try SchemaReader.schema(
        from: .map(entries, line: node.line), file: file, latestDay: latestDay)
    } catch {
      faults += error.faults.map { $0.inTable(name) }
      return nil
    }
    return LinkedTable(
      schema: own, file: keys["file"].flatMap { base.text($0, key: "file") } ?? "\(name).csv",
      key: keys["key"].flatMap { base.texts($0, key: "key") } ?? [],
      parents: keys["parents"].map { links($0) } ?? [],
      time: keys["time"].flatMap { base.text($0, key: "time") },
      end: keys["end"].flatMap { base.text($0, key: "end") },
      isPublic: keys["public"].flatMap { base.flag($0, key: "public") } ?? false)
  }

  /// Reads `[{pid: patients}, {columns: [site, bed], table: beds}]`, or `{pid: patients}`.
  private mutating func links(_ node: SchemaNode) -> [ParentLink] {
    let allowed =
      "parents: [{COLUMN: TABLE}], or [{columns: [A, B], table: TABLE}] for a key of several columns"
    if let items = node.items { return items.flatMap { links($0) } }
    guard let entries = node.entries else {
      if !node.isNull {
        base.report(
          node.line, "`parents` is \(node.shape)", allowed: allowed,
          remedy: "name a column and the table that it refers to")
      }
      return []
    }
    if let columns = node["columns"], let table = node["table"], entries.count == 2 {
      guard let names = base.texts(columns, key: "columns"),
        let name = base.text(table, key: "table")
      else { return [] }
      return [ParentLink(names, to: name)]
    }
    return entries.compactMap { entry in
      base.text(entry.value, key: entry.key).map { ParentLink([entry.key], to: $0) }
    }
  }
}

/// Rules over tables.
extension LinkedSchemaReader {
  private static let allowed =
    "`TABLE.A <= TABLE.B`, `TABLE.END before next TABLE.START`, `TABLE.CODE -> TABLE.TEXT`, "
    + "`TABLE.A: {only if: {TABLE.B: VALUES}}` or `at most one: {of: TABLE, for each: TABLE, if: {TABLE.A: VALUES}}`"

  private mutating func rules(_ node: SchemaNode?) -> [SchemaNode] {
    guard let node, !node.isNull else { return [] }
    if let items = node.items { return items }
    base.report(
      node.line, "`rules` is \(node.shape)", allowed: "a list of \(Self.allowed)",
      remedy: "begin each with `- `")
    return []
  }

  private mutating func rule(_ item: SchemaNode, in schema: LinkedSchema) -> (
    LinkRule, Provenance?
  )? {
    var (own, entry): (Provenance?, SchemaNode.Entry?) = (nil, nil)
    if let text = item.text {
      return line(text, at: item.line, in: schema).map { ($0, nil) }
    }
    for one in item.entries ?? [] {
      if SchemaWords.normal(one.key) == "provenance" {
        own = base.ownProvenance(one.value, inherited: schema.facts)
      } else if entry == nil {
        entry = one
      } else {
        refuse(one.line, "a rule has two kinds")
        return nil
      }
    }
    guard let entry else {
      refuse(item.line, "a rule is \(item.shape)")
      return nil
    }
    switch SchemaWords.normal(entry.key) {
    case "rule":
      guard let text = entry.value.text else { break }
      return line(text, at: entry.line, in: schema).map { ($0, own) }
    case "at most one":
      return atMostOne(entry.value, in: schema).map { ($0, own) }
    default:
      guard let present = place(entry.key, in: schema), let node = entry.value["only if"] else {
        break
      }
      return conditions(node, in: schema).map { (.onlyIf(present: present, conditions: $0), own) }
    }
    refuse(entry.line, "the rule is not understood")
    return nil
  }

  private mutating func line(_ text: String, at line: Int, in schema: LinkedSchema) -> LinkRule? {
    for (word, make) in LinkRule.infixes {
      guard let range = text.range(of: " \(word) ") else { continue }
      let names = [text[..<range.lowerBound], text[range.upperBound...]].map {
        String($0).trimmingSpaces
      }
      let places = names.map { place($0, in: schema) }
      guard let first = places[0], let second = places[1] else {
        let unknown = places[0] == nil ? names[0] : names[1]
        let known = schema.tables.flatMap { table in
          table.schema.columns.map { "\(table.name).\($0.name)" }
        }
        base.report(
          line, "the rule names '\(unknown)', which is not described", allowed: "TABLE.COLUMN",
          remedy: SchemaWords.nearest(to: unknown, in: known).map { "did you mean '\($0)'?" }
            ?? "correct the name or remove the rule")
        return nil
      }
      return make(first, second)
    }
    refuse(line, "the rule is not understood")
    return nil
  }

  /// Reads `admissions.admit`. The names of tables are known, so a dot within a name does no harm.
  private func place(_ text: String, in schema: LinkedSchema) -> ColumnPlace? {
    for table in schema.tables where text.hasPrefix("\(table.name).") {
      let column = String(text.dropFirst(table.name.count + 1))
      if table.schema.column(named: column) != nil { return ColumnPlace(table.name, column) }
    }
    return nil
  }

  private mutating func conditions(_ node: SchemaNode, in schema: LinkedSchema)
    -> [LinkRule.Condition]?
  {
    guard let entries = node.entries, !entries.isEmpty else {
      refuse(node.line, "a rule has no conditions")
      return nil
    }
    var found: [LinkRule.Condition] = []
    for entry in entries {
      guard let place = place(entry.key, in: schema) else {
        refuse(entry.line, "a condition names '\(entry.key)', which is not described")
        return nil
      }
      guard let values = base.texts(entry.value, key: entry.key) else { return nil }
      found.append(LinkRule.Condition(place, values))
    }
    return found
  }

  private mutating func atMostOne(_ node: SchemaNode, in schema: LinkedSchema) -> LinkRule? {
    let keys = base.mapping(node, keys: ["of", "for each", "if"], what: "`at most one`")
    guard let table = keys["of"].flatMap({ base.text($0, key: "of") }),
      let ancestor = keys["for each"].flatMap({ base.text($0, key: "for each") })
    else {
      refuse(node.line, "`at most one` does not say of what, and for each of what")
      return nil
    }
    guard let test = keys["if"] else {
      return .atMostOne(table: table, ancestor: ancestor, conditions: [])
    }
    return conditions(test, in: schema).map {
      .atMostOne(table: table, ancestor: ancestor, conditions: $0)
    }
  }

  private mutating func refuse(_ line: Int, _ problem: String) {
    base.report(line, problem, allowed: Self.allowed, remedy: "correct the rule, or remove it")
  }
}

extension LinkRule {
  /// The kinds that are written as a line of text.
  static let infixes: [(word: String, make: @Sendable (ColumnPlace, ColumnPlace) -> LinkRule)] = [
    ("before next", { .beforeNext(end: $0, start: $1) }),
    ("->", { .determines(determinant: $0, dependent: $1) }),
    ("<=", { .ordered(earlier: $0, later: $1) }),
    (">=", { .ordered(earlier: $1, later: $0) }),
  ]

  /// The same as a rule of one table, if all columns stand in one row.
  var withinRow: Rule? {
    let tables = Set(places.map(\.table))
    guard tables.count == 1 else { return nil }
    return switch self {
    case .ordered(let earlier, let later):
      .ordered(earlier: earlier.column, later: later.column)
    case .determines(let determinant, let dependent):
      .determines(determinant: determinant.column, dependent: dependent.column)
    case .onlyIf(let present, let conditions):
      .onlyIf(
        present: present.column,
        conditions: conditions.map { Rule.Condition($0.place.column, $0.values) })
    case .beforeNext, .atMostOne: nil
    }
  }
}

extension Schema {
  /// Whether a rule contradicts nothing in the schema. A date and a time of one row can only be
  /// compared by a rule over tables.
  func ruleFits(_ rule: Rule) -> Bool {
    var schema = self
    schema.rules.append(rule)
    return schema.inconsistencies().isEmpty
  }
}
