/// One fault in a schema file: the place, the problem, the allowed values and the remedy.
///
/// The texts quote the owner's words in the schema, never a cell of the table.
package struct SchemaFault: Sendable, Equatable, CustomStringConvertible {
  /// The line of the file, from 1, if known.
  package var line: Int?
  /// The column of the table that the fault concerns.
  package var column: String?
  /// The index of the rule that the fault concerns.
  package var rule: Int?
  /// The problem.
  package var problem: String
  /// The allowed values.
  package var allowed: String
  /// The remedy, as an instruction.
  package var remedy: String

  /// Creates a fault, with its place if known.
  package init(
    line: Int? = nil, column: String? = nil, rule: Int? = nil, problem: String, allowed: String,
    remedy: String
  ) {
    self.line = line
    self.column = column
    self.rule = rule
    self.problem = problem
    self.allowed = allowed
    self.remedy = remedy
  }

  /// One sentence per part: "line 12, column 'age': … Allowed: … To mend it: …".
  package var description: String {
    var place: [String] = []
    if let line { place.append("line \(line)") }
    if let column { place.append("column '\(column)'") }
    let prefix = place.isEmpty ? "" : place.joined(separator: ", ") + ": "
    let end = remedy.hasSuffix("?") ? "" : "."
    return "\(prefix)\(problem). Allowed: \(allowed). To mend it: \(remedy)\(end)"
  }
}

/// A schema file that cannot be used, with all its faults at once.
package struct SchemaError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The name of the file, without its folder.
  package let file: String
  /// The faults, at least one, in the order of the lines.
  package let faults: [SchemaFault]

  /// Creates the error, with the faults sorted by line.
  package init(file: String, faults: [SchemaFault]) {
    self.file = file
    self.faults = faults.enumerated()
      .sorted { ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset) }.map(
        \.element)
  }

  /// A headline and one line per fault.
  package var description: String {
    let count = faults.count == 1 ? "1 fault" : "\(faults.count) faults"
    return (["The schema \(file) cannot be used: \(count)."] + faults.map { "  - \($0)" }).joined(
      separator: "\n")
  }
}
