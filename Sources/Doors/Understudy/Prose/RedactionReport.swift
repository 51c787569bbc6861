import ProseRedaction
import Words

/// The findings and the treatments of a redaction: types, counts and modes, never a text.
package struct RedactionReport: Sendable, Codable {
  package struct Entry: Sendable, Codable {
    package let type: String
    package let found: Int
    package let mode: String
  }

  package struct PolicyLine: Sendable, Codable {
    package let line: String
    package let title: String
    /// `handled`, `absent`, or `needs a person's eye`.
    package let standing: String
    package let found: Int
    package let note: String?
  }

  package let file: String
  package let documents: Int
  package let found: Int
  package let types: [Entry]
  /// By column or field.
  package let fields: [String: [String: Int]]
  /// Findings of values of a row's identifier columns in its prose.
  package let ownValues: Int
  /// Findings of words of the `--always` list.
  package let always: Int
  /// Findings that were left because of the `--never` list, by type.
  package let never: [String: Int]
  /// Words in scripts that no detector reads, by script.
  package let unread: [String: Int]
  /// Findings in column names.
  package let header: Int
  /// Lines above the header, such as titles, which are not in the output.
  package let linesLeftOut: Int
  package let policy: String?
  package let lines: [PolicyLine]?

  package init(
    file: String, tally: FindingTally, plan: RedactionPlan, isSafeHarbor: Bool, linesLeftOut: Int
  ) {
    self.file = file
    (header, self.linesLeftOut) = (tally.inHeader, linesLeftOut)
    documents = tally.documents
    found = tally.total
    types = tally.byCount.map {
      Entry(type: $0.type.rawValue, found: $0.count, mode: plan[$0.type].rawValue)
    }
    fields = Dictionary(uniqueKeysWithValues: tally.fields.keys.map { ($0, tally.named($0)) })
    ownValues = tally.ownValues
    always = tally.always
    never = Dictionary(uniqueKeysWithValues: tally.left.map { ($0.key.rawValue, $0.value) })
    unread = tally.unreadByScript
    policy = isSafeHarbor ? "hipaa-safe-harbor" : nil
    lines =
      !isSafeHarbor
      ? nil
      : SafeHarbor.lines.map { line in
        let (standing, found) = SafeHarbor.standing(line, counts: tally.counts, left: tally.left)
        return PolicyLine(
          line: line.letter, title: line.title, standing: standing.rawValue, found: found,
          note: line.eye(left: tally.left))
      }
  }
}
