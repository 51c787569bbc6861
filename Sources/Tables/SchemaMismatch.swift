/// One way in which a table does not fit its schema. For the owner: the counts in it come from the rows.
public struct SchemaMismatch: Sendable, Equatable, CustomStringConvertible {
  /// The ways there are.
  public enum Kind: Sendable, Equatable {
    /// The schema contradicts itself.
    case schema
    case missingColumn, extraColumn, wrongType, unexpectedMissing
    case personColumnAbsent, personMissing
    case orderBroken, dependencyBroken
    /// Values outside declared bounds: clipped, not refused.
    case outsideBounds
    /// Labels outside declared categories: counted as the column's other label, not refused.
    case outsideCategories
  }

  /// Which way.
  public let kind: Kind
  /// The column, or the first of two.
  public let column: String?
  /// What, where, and how to mend it, without any cell's value.
  public let message: String

  /// Whether the table is refused; else this is a note.
  public var isRefusal: Bool { kind != .outsideBounds && kind != .outsideCategories }

  /// A mismatch as found.
  public init(kind: Kind, column: String?, message: String) {
    self.kind = kind
    self.column = column
    self.message = message
  }

  public var description: String { message }
}
