/// Comments for the owner's eyes, each beside the key that it could be promoted to.
///
/// They are facts observed in the table; a release never reads them.
public struct SchemaAnnotations: Sendable, Equatable {
  /// Lines at the head of the file.
  public var header: [String]
  /// Lines beside `rows:`.
  public var rows: [String]
  /// Lines beside `unit:`.
  public var unit: [String]
  /// Comments of columns, by column name.
  public var columns: [String: ColumnAnnotation]
  /// Lines beside `constraints:`.
  public var constraints: [String]

  /// Creates annotations from lines without the comment sign; all are optional.
  public init(
    header: [String] = [], rows: [String] = [], unit: [String] = [], columns: [String: ColumnAnnotation] = [:],
    constraints: [String] = []
  ) {
    self.header = header
    self.rows = rows
    self.unit = unit
    self.columns = columns
    self.constraints = constraints
  }
}

/// The comments of one column.
public struct ColumnAnnotation: Sendable, Equatable {
  /// Lines after the name: the appearance of the column.
  public var about: [String]
  /// Lines after `role:`, such as the reason for it.
  public var role: [String]
  /// Lines after `treatment:`, such as the form of the values.
  public var filling: [String] = []
  /// Lines after `missing:`.
  public var missing: [String]
  /// Lines after `repeats:`.
  public var repeats: [String] = []
  /// Lines after `bounds:`.
  public var bounds: [String]
  /// Lines after `categories:`.
  public var categories: [String]

  /// Creates annotations from lines without the comment sign; all are optional.
  public init(about: [String] = [], role: [String] = [], missing: [String] = [], bounds: [String] = [], categories: [String] = []) {
    self.about = about
    self.role = role
    self.missing = missing
    self.bounds = bounds
    self.categories = categories
  }
}
