/// One way in which a table does not fit its schema. For the owner: the counts in it come from the rows.
public struct SchemaMismatch: Sendable, Equatable, CustomStringConvertible {
  /// The ways there are.
  public enum Kind: Sendable, Equatable {
    /// The schema contradicts itself.
    case schema
    case missingColumn, extraColumn, personColumnAbsent
    case wrongType, unexpectedMissing, personMissing
    /// Numbers with more digits than declared, or written in another way.
    case fittedNumber
    /// Missing tokens inside quotes, read as text as the schema says.
    case quotedToken
    case orderBroken, dependencyBroken
    /// Values outside declared bounds.
    case outsideBounds
    /// Labels outside declared categories.
    case outsideCategories

    /// Whether it lies in the schema and the header alone, whatever the rows hold: such a table cannot be used.
    public var isStructural: Bool {
      switch self {
      case .schema, .missingColumn, .extraColumn, .personColumnAbsent: true
      default: false
      }
    }

    /// Whether a table is refused for it by an owner who wants rows to be as the schema says. Values outside a declared range are not: that
    /// they count as the nearest is what bounds are for.
    public var isRefusedStrictly: Bool {
      switch self {
      case .outsideBounds, .outsideCategories, .quotedToken: false
      default: true
      }
    }
  }

  /// Which way.
  public let kind: Kind
  /// The column, or the first of two.
  public let column: String?
  /// What is found and where, without any cell's value: a sentence, without its full stop where more follows.
  public let finding: String
  /// What such cells or rows count as, as the rest of the sentence; empty where the table cannot be used.
  public let treatment: String
  /// How to mend it: whole sentences; may be empty.
  public let remedy: String

  /// A mismatch as found.
  public init(kind: Kind, column: String?, finding: String, treatment: String = "", remedy: String = "") {
    self.kind = kind
    self.column = column
    self.finding = finding
    self.treatment = treatment
    self.remedy = remedy
  }

  /// Whether the table is refused where rows must be as the schema says; else this is a note.
  public var isRefusal: Bool { kind.isRefusedStrictly }

  /// As it is told where the table is refused: what, where, and how to mend it.
  public var message: String { told(finding) }

  /// As it is told where the table is used: what, where, and what was made of it.
  public var note: String { told(treatment.isEmpty ? finding : "\(finding); \(treatment)") }

  private func told(_ text: String) -> String {
    let sentence = text.hasSuffix(".") || text.hasSuffix("?") ? text : text + "."
    return remedy.isEmpty ? sentence : "\(sentence) \(remedy)"
  }

  public var description: String { message }
}
