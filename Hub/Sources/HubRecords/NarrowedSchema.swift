/// A reviewed schema narrowed to some of the columns that a stand-in models: the others get the
/// role `drop`, and rules that name one of them are left out, since nothing could keep them.
package struct NarrowedSchema: Sendable, Equatable {
  package let text: String
  /// The first lines of the rules that were left out.
  package let leftOut: [String]

  /// The columns that can be chosen, in the order of the table; none if the schema's layout is not
  /// understood.
  package static func choices(in schema: String) -> [String] {
    SchemaLines(schema)?.columns.filter(\.isModelled).map(\.name) ?? []
  }

  /// Nil unless `columns` names one column or more, all of them from ``choices(in:)``.
  package init?(_ schema: String, keeping columns: [String]) {
    let kept = Set(columns)
    guard let schema = SchemaLines(schema), !kept.isEmpty,
      kept.isSubset(of: schema.columns.filter(\.isModelled).map(\.name))
    else { return nil }
    let dropped = schema.columns.filter { $0.isModelled && !kept.contains($0.name) }
    var lines: [String?] = schema.lines
    for column in dropped {
      let indent = String(repeating: " ", count: column.indent + 2)
      if let role = column.keys["role"] {
        lines[role.line] = "\(indent)role: drop"
      } else {
        lines[column.lines.lowerBound]? += "\n\(indent)role: drop"
      }
      // A gap stands behind a rule, and that rule goes.
      if let gap = column.keys["gap"] { lines[gap.line] = nil }
    }
    let gone = schema.rules.filter { rule in
      dropped.contains { Self.names($0.name, schema.lines[rule]) }
    }
    for rule in gone { for line in rule { lines[line] = nil } }
    if gone.count == schema.rules.count, let head = schema.rulesHead { lines[head] = nil }
    Self.removeGaps(behind: gone, schema, &lines)
    leftOut = gone.map { rule in String(schema.lines[rule.lowerBound].drop { " -".contains($0) }) }
    text = lines.compactMap(\.self).joined(separator: "\n")
  }

  /// A bound of the gap between two times has no meaning without the rule that orders them.
  private static func removeGaps(
    behind gone: [Range<Int>], _ schema: SchemaLines, _ lines: inout [String?]
  ) {
    for column in schema.columns {
      guard let gap = column.keys["gap"],
        gone.contains(where: { names(column.name, schema.lines[$0]) })
      else { continue }
      lines[gap.line] = nil
      if let transform = column.keys["transform"],
        ["date", "timestamp"].contains(column.keys["type"]?.value)
      {
        lines[transform.line] = nil
      }
    }
  }

  /// Whether a rule names a column. The values of a map are not looked at.
  private static func names(_ column: String, _ rule: ArraySlice<String>) -> Bool {
    let isPartOfName: (Character) -> Bool = { $0.isLetter || $0.isNumber || $0 == "_" }
    return rule.contains { line in
      if line.drop(while: { $0 == " " }).hasPrefix("map:") { return false }
      return line.ranges(of: column).contains { range in
        let before = line[..<range.lowerBound].last
        let after = line[range.upperBound...].first
        return !(before.map(isPartOfName) ?? false) && !(after.map(isPartOfName) ?? false)
      }
    }
  }
}

extension Dataset {
  /// The schema of a stand-in of some columns; nil for all. If it cannot be narrowed, it is empty,
  /// which is refused before anything is read or charged, and never the whole.
  package func schema(ofColumns columns: [String]?) -> String {
    guard let columns else { return schema }
    return NarrowedSchema(schema, keeping: columns)?.text ?? ""
  }
}
