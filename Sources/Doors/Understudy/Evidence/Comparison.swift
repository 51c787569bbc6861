import Foundation

/// Two tables to compare: a synthetic one, made by any tool, and its original.
public struct Comparison: Sendable, Codable {
  /// The original.
  public var original: TableSource
  /// The synthetic table. Columns are matched by name.
  public var synthetic: TableSource
  /// The schema of the original; nil to judge columns by their appearance.
  public var schema: TableSchema?
  /// People of the same kind from whom the synthetic table was not made. Attacks need them to be
  /// judged; models are tested on them.
  public var others: TableSource?
  /// A column to predict: models are trained on each table and tested on real rows.
  public var target: String?
  /// Columns to leave out, beside identifiers and prose.
  public var ignoring: [String] = []
  /// The policy whose lines on attacks decide, by the name of a preset or the path of its file; nil
  /// for the usual limits.
  public var policy: String?

  /// Creates a comparison of two tables.
  public init(of synthetic: TableSource, with original: TableSource, schema: TableSchema? = nil) {
    (self.original, self.synthetic, self.schema) = (original, synthetic, schema)
  }
}
