import Tables

/// One thing that the model knows about a row: a column, or what ties two columns together.
public struct Variable: Sendable, Equatable, Codable {
  public let name: String
  public let source: Source
  /// Whether the values are ticks (numbers, dates, booleans) rather than labels.
  public let isOrdered: Bool
  public let isNullable: Bool
  public let isTarget: Bool

  public enum Source: Sendable, Equatable, Codable {
    case column(String)
    /// `later` minus `earlier`, in ticks: never negative, so that the order of the two survives.
    case gap(earlier: String, later: String)
    /// The labels of several columns, of which the first decides the others, as one label.
    case bundle([String])
  }

  public init(name: String, source: Source, isOrdered: Bool, isNullable: Bool, isTarget: Bool) {
    self.name = name
    self.source = source
    self.isOrdered = isOrdered
    self.isNullable = isNullable
    self.isTarget = isTarget
  }
}
