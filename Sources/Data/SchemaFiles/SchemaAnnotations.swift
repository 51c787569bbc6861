/// Comments for the owner's eyes, each to stand beside the key that it could be promoted to.
///
/// They are facts observed in the table: a release never reads them.
public struct SchemaAnnotations: Sendable, Equatable {
  /// Lines at the head of the file.
  public var header: [String]
  /// Lines beside `rows:`.
  public var rows: [String]
  /// Lines beside `unit:`.
  public var unit: [String]
  /// By name of column.
  public var columns: [String: ColumnAnnotation]
  /// Lines beside `constraints:`.
  public var constraints: [String]

  /// Lines without the comment sign; all are optional.
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
  /// Lines behind the name: what the column looks like.
  public var about: [String]
  /// Lines behind `role:`, such as the reason for it.
  public var role: [String]
  /// Lines behind `treatment:`, such as the form that the values have.
  public var filling: [String] = []
  /// Lines behind `missing:`.
  public var missing: [String]
  /// Lines behind `repeats:`.
  public var repeats: [String] = []
  /// Lines behind `bounds:`.
  public var bounds: [String]
  /// Lines behind `categories:`.
  public var categories: [String]

  /// Lines without the comment sign; all are optional.
  public init(about: [String] = [], role: [String] = [], missing: [String] = [], bounds: [String] = [], categories: [String] = []) {
    self.about = about
    self.role = role
    self.missing = missing
    self.bounds = bounds
    self.categories = categories
  }
}
