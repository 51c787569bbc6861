import Foundation
import LinkedTables
import Tables

/// Comments for the owner's eyes in a schema of linked tables; a release never reads them.
package struct LinkedAnnotations: Sendable, Equatable {
  /// Lines at the head of the file.
  package var header: [String] = []
  /// The comments of each table's columns and rules, by the table's name.
  package var tables: [String: SchemaAnnotations] = [:]
  /// Lines behind the links of a table: candidates, references that lead nowhere.
  package var links: [String: [String]] = [:]
  /// Lines beside the rules over tables, such as those that fail in some rows.
  package var rules: [String] = []
  /// Lines beside single rules over tables.
  package var evidence: [LinkRule: String] = [:]

  package init() {}
}

extension SchemaFile {
  /// Writes a commented file that reads back as the same schema.
  package static func write(
    _ schema: LinkedSchema, annotations: LinkedAnnotations = LinkedAnnotations(), to url: URL
  ) throws {
    try Data(text(schema, annotations: annotations).utf8).write(to: url, options: .atomic)
  }

  /// Returns the text of a schema of linked tables. It reads back unchanged.
  package static func text(
    _ schema: LinkedSchema, annotations: LinkedAnnotations = LinkedAnnotations()
  ) -> String {
    var lines = SchemaText()
    lines.comments(
      introduction(hasComments: annotations != LinkedAnnotations()) + linkedIntroduction
        + annotations.header)
    lines.line("version: \(LinkedSchema.currentVersion)")
    write(TableProvenance(facts: schema.facts, review: schema.review), to: &lines)
    lines.line("name: \(SchemaText.quoted(schema.name))")
    if let people = schema.people {
      lines.line(
        "people: \(SchemaText.quoted(people))  # tables of one population share one budget")
    }
    lines.line(
      "person: \(SchemaText.quoted(schema.person))  # the table of persons; all that belongs to one is protected together"
    )
    lines.line("")
    lines.line("tables:")
    for table in schema.tables { write(table, annotations: annotations, to: &lines) }
    write(linkRules: schema, annotations: annotations, to: &lines)
    return lines.text
  }

  private static let linkedIntroduction = [
    "Several tables of the same people. `key` names a row of a table, `parents` says which row of another it belongs to: the first",
    "parent that is a table of people owns the row, and a row belongs to one person. `time` puts the rows of a person in order, `end`",
    "says when an event ended. `public: yes` is for tables that are about no person, such as dictionaries: a release copies them.",
  ]

  private static func write(
    _ table: LinkedTable, annotations: LinkedAnnotations, to lines: inout SchemaText
  ) {
    lines.line("  - table: \(SchemaText.quoted(table.name))")
    lines.line("    file: \(SchemaText.quoted(table.file))")
    if table.isPublic { lines.line("    public: yes  # copied; nothing in it is about a person") }
    if !table.key.isEmpty {
      let key = table.key.count == 1 ? SchemaText.quoted(table.key[0]) : SchemaText.list(table.key)
      lines.line("    key: \(key)")
    }
    if !table.parents.isEmpty {
      let links = table.parents.map { link in
        link.columns.count == 1
          ? SchemaText.mapping([(link.columns[0], link.table)])
          : "{columns: \(SchemaText.list(link.columns)), table: \(SchemaText.quoted(link.table))}"
      }
      lines.line("    parents: [\(links.joined(separator: ", "))]")
    }
    if let time = table.time { lines.line("    time: \(SchemaText.quoted(time))") }
    if let end = table.end { lines.line("    end: \(SchemaText.quoted(end))") }
    lines.comments(annotations.links[table.name] ?? [], indentation: 4)
    var own = SchemaText()
    writeParts(
      of: table.schema, annotations: annotations.tables[table.name] ?? SchemaAnnotations(),
      to: &own)
    for line in own.text.split(separator: "\n", omittingEmptySubsequences: true) {
      lines.line("    \(line)")
    }
    lines.line("")
  }

  private static func write(
    linkRules schema: LinkedSchema, annotations: LinkedAnnotations, to lines: inout SchemaText
  ) {
    lines.comments(
      [
        "Rules over tables, kept by every row of a release at no cost. For a row and the row it belongs to: T.A <= T.B, T.CODE -> T.TEXT,",
        "T.A: {only if: {T.B: VALUES}}. For the rows of a person in order: T.END before next T.START. For the number of rows:",
        "at most one: {of: T, for each: T, if: {T.A: VALUES}}.",
      ] + annotations.rules)
    lines.line(schema.rules.isEmpty ? "rules: []" : "rules:")
    for rule in schema.rules {
      let own = schema.ruleProvenance[rule]
      let evidence = annotations.evidence[rule].map { "  # \($0)" } ?? ""
      lines.line("  - \(linkRuleText(rule, isAlone: own == nil))\(evidence)")
      if let own { lines.line("    provenance: \(own.rawValue)") }
    }
  }

  private static func linkRuleText(_ rule: LinkRule, isAlone: Bool) -> String {
    switch rule {
    case .ordered, .beforeNext, .determines:
      let line = SchemaText.quoted(rule.text)
      return isAlone ? line : "rule: \(line)"
    case .onlyIf(let present, let conditions):
      return "\(SchemaText.quoted(present.text)): {only if: \(text(conditions))}"
    case .atMostOne(let table, let ancestor, let conditions):
      let test = conditions.isEmpty ? "" : ", if: \(text(conditions))"
      return
        "at most one: {of: \(SchemaText.quoted(table)), for each: \(SchemaText.quoted(ancestor))\(test)}"
    }
  }

  private static func text(_ conditions: [LinkRule.Condition]) -> String {
    text(conditions.map { Rule.Condition($0.place.text, $0.values) })
  }
}
