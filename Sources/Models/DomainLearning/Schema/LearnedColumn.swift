import Tables

/// What was learned of a column whose type nobody declared: paid for, all of it.
package struct LearnedColumn: Sendable, Equatable {
  package let name: String
  package var type: ColumnType
  /// Whether the values are of a form that names a person or record, or hardly any two are the same.
  package var identifier: IdentifierKind?
  package var isNullable = false
  package var missingToken = ""
  package var minimumFractionDigits = 0
  /// Whether values come back in several rows; nil where that was not asked, or where the noise hides it.
  package var repeats: Bool?
  /// Sentences about what could not be told.
  package var doubts: [String] = []

  init(name: String, type: ColumnType = .category) {
    self.name = name
    self.type = type
  }
}

/// What was learned of a table of which only the header was known.
package struct LearnedSchema: Sendable, Equatable {
  /// In the order of the file.
  package let columns: [LearnedColumn]
  /// About how many rows were used; nil where the noise hides it.
  package let rows: Int?
  /// The standard deviation of the noise on the counts by which types were decided, in rows.
  package let sigma: Double
}
