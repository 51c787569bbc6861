/// Comments for the owner's eyes, each beside the key that it could be promoted to.
///
/// They are facts observed in the table; a release never reads them.
package struct SchemaAnnotations: Sendable, Equatable {
  /// Lines at the head of the file.
  package var header: [String]
  /// Lines beside `rows:`.
  package var rows: [String]
  /// Lines beside `unit:`.
  package var unit: [String]
  /// Comments of columns, by column name.
  package var columns: [String: ColumnAnnotation]
  /// Lines beside `rules:` of the file, at its end.
  package var ruleLines: [String]

  /// Creates annotations from lines without the comment sign; all are optional.
  package init(
    header: [String] = [], rows: [String] = [], unit: [String] = [],
    columns: [String: ColumnAnnotation] = [:],
    ruleLines: [String] = []
  ) {
    self.header = header
    self.rows = rows
    self.unit = unit
    self.columns = columns
    self.ruleLines = ruleLines
  }
}

/// The comments of one column.
package struct ColumnAnnotation: Sendable, Equatable {
  /// Lines after the name: the appearance of the column.
  package var about: [String]
  /// Lines after `role:`, such as the reason for it.
  package var role: [String]
  /// Lines after `treatment:`, such as the form of the values.
  package var filling: [String] = []
  /// Lines after `missing:`.
  package var missing: [String]
  /// Lines after `repeats:`.
  package var repeats: [String] = []
  /// Lines after `bounds:`.
  package var bounds: [String]
  /// Lines after `categories:`.
  package var categories: [String]

  /// Creates annotations from lines without the comment sign; all are optional.
  package init(
    about: [String] = [], role: [String] = [], missing: [String] = [], bounds: [String] = [],
    categories: [String] = []
  ) {
    self.about = about
    self.role = role
    self.missing = missing
    self.bounds = bounds
    self.categories = categories
  }
}
