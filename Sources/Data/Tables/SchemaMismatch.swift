/// One way in which a table does not fit its schema. For the owner: its counts come from the rows.
package struct SchemaMismatch: Sendable, Equatable, CustomStringConvertible {
  /// The possible kinds of mismatch.
  package enum Kind: String, Sendable, Equatable {
    /// The schema contradicts itself.
    case schema
    case missingColumn = "missing-column"
    case extraColumn = "extra-column"
    case personColumnAbsent = "person-column-absent"
    case wrongType = "wrong-type"
    case unexpectedMissing = "unexpected-missing"
    case personMissing = "person-missing"
    /// Numbers with more digits than declared, or in another notation.
    case fittedNumber = "fitted-number"
    /// Missing tokens inside quotes, read as text because the schema says so.
    case quotedToken = "quoted-token"
    case orderBroken = "order-broken"
    case dependencyBroken = "dependency-broken"
    /// Rows that break another rule.
    case ruleBroken = "rule-broken"
    /// Values outside declared bounds.
    case outsideBounds = "outside-bounds"
    /// Gaps between two columns beyond the declared longest one.
    case outsideGap = "outside-gap"
    /// Labels outside declared categories.
    case outsideCategories = "outside-categories"

    /// Whether it lies in the schema and the header alone, whatever the rows hold. Such a table
    /// cannot be used.
    package var isStructural: Bool {
      switch self {
      case .schema, .missingColumn, .extraColumn, .personColumnAbsent: true
      default: false
      }
    }

    /// Whether an owner who wants rows to match the schema refuses a table for it. Values outside a
    /// declared range are not refused: bounds exist so that such values count as the nearest one.
    package var isRefusedStrictly: Bool {
      switch self {
      case .outsideBounds, .outsideGap, .outsideCategories, .quotedToken: false
      default: true
      }
    }
  }

  /// The kind of mismatch.
  package let kind: Kind
  /// The column, or the first of two.
  package let column: String?
  /// The finding and its place, without any cell's value: a sentence, without a full stop if more
  /// follows.
  package let finding: String
  /// The treatment of such cells or rows, as the end of the sentence; empty if the table cannot be
  /// used.
  package let treatment: String
  /// The remedy in whole sentences; may be empty.
  package let remedy: String

  /// Creates a mismatch as found.
  package init(
    kind: Kind, column: String?, finding: String, treatment: String = "", remedy: String = ""
  ) {
    self.kind = kind
    self.column = column
    self.finding = finding
    self.treatment = treatment
    self.remedy = remedy
  }

  /// Whether the table is refused if rows must match the schema; else this is a note.
  package var isRefusal: Bool { kind.isRefusedStrictly }

  /// The text for a table that is refused: the finding, its place and the remedy.
  package var message: String { told(finding) }

  /// The text for a table that is used: the finding, its place and the treatment.
  package var note: String { told(treatment.isEmpty ? finding : "\(finding); \(treatment)") }

  private func told(_ text: String) -> String {
    let sentence = text.hasSuffix(".") || text.hasSuffix("?") ? text : text + "."
    return remedy.isEmpty ? sentence : "\(sentence) \(remedy)"
  }

  package var description: String { message }
}
