import Foundation

/// More rows from a fitted model, at no privacy cost.
public struct SampleRequest: Sendable {
  /// A release folder, or its `model.json`.
  public var release: URL
  /// How many rows to draw; at least 1.
  public var rows: Int
  /// Conditions that every row keeps: column and the value as it is written, or `low..high` for ordered columns.
  public var conditions: [(column: String, value: String)]
  /// The file to be written; a name that ends in `.gz` is compressed. It must not exist, unless ``replacesOutput``.
  public var output: URL
  /// Whether an ``output`` that exists is replaced.
  public var replacesOutput = false
  /// Repeats the same rows. Sampling is post-processing, so this costs no privacy.
  public var seed: UInt64?

  /// A request that keeps every condition; the other settings have their defaults.
  public init(release: URL, rows: Int, conditions: [(column: String, value: String)] = [], output: URL) {
    self.release = release
    self.rows = rows
    self.conditions = conditions
    self.output = output
  }
}
