/// One thing that is wrong in a schema file: where, what, what is allowed, and how to mend it.
///
/// The texts quote what the owner wrote in the schema, never a cell of the table.
public struct SchemaFault: Sendable, Equatable, CustomStringConvertible {
  /// The line of the file, from 1, where it is known.
  public var line: Int?
  /// The column of the table that the fault is about.
  public var column: String?
  /// What is wrong.
  public var problem: String
  /// What may stand there.
  public var allowed: String
  /// What to do, as an instruction.
  public var remedy: String

  /// A fault, with its place where that is known.
  public init(line: Int? = nil, column: String? = nil, problem: String, allowed: String, remedy: String) {
    self.line = line
    self.column = column
    self.problem = problem
    self.allowed = allowed
    self.remedy = remedy
  }

  /// One sentence each: "line 12, column 'age': … Allowed: … To mend it: …".
  public var description: String {
    var place: [String] = []
    if let line { place.append("line \(line)") }
    if let column { place.append("column '\(column)'") }
    let prefix = place.isEmpty ? "" : place.joined(separator: ", ") + ": "
    let end = remedy.hasSuffix("?") ? "" : "."
    return "\(prefix)\(problem). Allowed: \(allowed). To mend it: \(remedy)\(end)"
  }
}

/// A schema file that cannot be used, with everything that is wrong in it at once.
public struct SchemaError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The name of the file, without its folder.
  public let file: String
  /// At least one, in the order of the lines.
  public let faults: [SchemaFault]

  /// Sorts the faults by line.
  public init(file: String, faults: [SchemaFault]) {
    self.file = file
    self.faults = faults.enumerated()
      .sorted { ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset) }.map(\.element)
  }

  /// A headline and one line for each fault.
  public var description: String {
    let count = faults.count == 1 ? "1 fault" : "\(faults.count) faults"
    return (["The schema \(file) cannot be used: \(count)."] + faults.map { "  - \($0)" }).joined(separator: "\n")
  }
}
