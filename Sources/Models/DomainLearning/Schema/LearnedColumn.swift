import Tables

/// A learned description of a column with an undeclared type: all of it was paid for.
package struct LearnedColumn: Sendable, Equatable {
  package let name: String
  package var type: ColumnType
  /// The kind of identifier, if values have a form that names a person or record, or hardly any two
  /// are equal.
  package var identifier: IdentifierKind?
  package var isNullable = false
  package var missingToken = ""
  package var minimumFractionDigits = 0
  /// Whether values repeat across rows; nil if that was not asked, or if the noise hides it.
  package var repeats: Bool?
  /// Sentences about undecided questions.
  package var doubts: [String] = []

  init(name: String, type: ColumnType = .category) {
    self.name = name
    self.type = type
  }
}

/// A learned description of a table of which only the header was known.
package struct LearnedSchema: Sendable, Equatable {
  /// The columns, in the order of the file.
  package let columns: [LearnedColumn]
  /// The approximate number of rows used; nil if the noise hides it.
  package let rows: Int?
  /// The standard deviation of the noise on the counts that decide types, in rows.
  package let sigma: Double
}
