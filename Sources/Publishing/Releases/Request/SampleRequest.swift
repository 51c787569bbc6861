import Foundation

/// A request for more rows from a fitted model, at no privacy cost.
package struct SampleRequest: Sendable {
  /// A release folder, or its `model.json`.
  package var release: URL
  /// The number of rows to draw; at least 1.
  package var rows: Int
  /// Conditions that every row meets: a column and its value as written, or `low..high` for ordered
  /// columns.
  package var conditions: [(column: String, value: String)]
  /// The output file, compressed if its name ends in `.gz`. It must not exist, unless
  /// ``replacesOutput``.
  package var output: URL
  /// Whether ``output`` is a file of Parquet.
  package var writesParquet = false
  /// Whether an existing ``output`` is replaced.
  package var replacesOutput = false
  /// A seed that repeats the same rows. Sampling is post-processing, so this costs no privacy.
  package var seed: UInt64?

  /// Creates a request whose rows meet every condition. The other settings have their defaults.
  package init(
    release: URL, rows: Int, conditions: [(column: String, value: String)] = [], output: URL
  ) {
    self.release = release
    self.rows = rows
    self.conditions = conditions
    self.output = output
  }
}
