/// Two files that differ by one unit, a schema, and how the program runs on them.
package struct NeighbourPair: Sendable {
  /// The number of the pair, counted from 1.
  package let number: Int
  /// The file without the unit, and the file with it.
  package let without: FuzzedTable
  package let with: FuzzedTable
  package let schema: FuzzedSchema
  package internal(set) var run: FuzzedRun
  /// The contents of the unit, in words.
  package let change: String
  /// Letters and digits that occur in the unit's cells and nowhere else.
  package let marks: [String]

  package init(
    number: Int, without: FuzzedTable, with: FuzzedTable, schema: FuzzedSchema, run: FuzzedRun, change: String, marks: [String]
  ) {
    (self.number, self.without, self.with) = (number, without, with)
    (self.schema, self.run, self.change, self.marks) = (schema, run, change, marks)
  }

  /// The pair in one line, for people.
  package var description: String {
    var parts = [change, "\(without.rows.count) rows", "\(run.engine) at epsilon \(run.epsilon)"]
    if run.origin != .declared { parts.append("schema \(run.origin.rawValue)") }
    if schema.version > 2, run.origin == .declared { parts.append("facts \(schema.facts)\(schema.isReviewed ? " and signed for" : "")") }
    if let policy = run.policy {
      parts.append("policy with " + (policy.attacks ? "attacks" : policy.judgesLater ? "attacks after publication" : "floors"))
    }
    if run.isStrict { parts.append("strict") }
    return parts.joined(separator: "; ")
  }
}
