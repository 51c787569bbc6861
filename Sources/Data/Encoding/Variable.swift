/// One thing that the model knows about a row: a column, or the tie between two columns.
package struct Variable: Sendable, Equatable, Codable {
  /// The name of its column; for a gap, the names of both columns.
  package let name: String
  /// The columns that the variable is made of.
  package let source: Source
  /// Whether the values are ticks (numbers, dates, booleans) rather than labels.
  package let isOrdered: Bool
  /// Whether cells may be missing in the file, whatever its schema says.
  package let isNullable: Bool
  /// Whether researchers will predict it, so that its relations matter more.
  package let isTarget: Bool

  /// The columns behind a variable.
  package enum Source: Sendable, Equatable, Codable {
    case column(String)
    /// `later` minus `earlier`, in ticks: never negative, so that the order of the two survives.
    case gap(earlier: String, later: String)
    /// The labels of several columns as one label; the first column decides the others.
    case bundle([String])

    /// The columns that are restored from the variable.
    package var names: [String] {
      switch self {
      case .column(let name): [name]
      case .gap(_, let later): [later]
      case .bundle(let names): names
      }
    }

    /// Whether the value can change with the column's, all else being the same.
    package func depends(on column: String) -> Bool {
      switch self {
      case .column(let name): name == column
      case .gap(let earlier, let later): earlier == column || later == column
      case .bundle(let names): names.contains(column)
      }
    }
  }

  /// Creates a variable as given; ``Blueprint`` makes those of a schema.
  package init(name: String, source: Source, isOrdered: Bool, isNullable: Bool, isTarget: Bool) {
    self.name = name
    self.source = source
    self.isOrdered = isOrdered
    self.isNullable = isNullable
    self.isTarget = isTarget
  }
}
