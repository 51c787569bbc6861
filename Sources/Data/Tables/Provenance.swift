/// The origin of a schema fact, which decides how much a guarantee is worth.
package enum Provenance: String, Sendable, Codable, CaseIterable {
  /// Known from a source other than the rows; the owner answers for it.
  case declared
  /// Seen in the rows, and neither paid nor yet answered for: a hazard of every release made under
  /// it.
  case observed
  /// Learned through the curator and paid for.
  case learned
}

/// The person who read a schema and answers for the facts observed in the rows, which count as
/// declared from then on.
package struct SchemaReview: Sendable, Codable, Equatable {
  /// The name as its bearer wrote it; never empty.
  package let by: String
  /// The day, such as `2026-01-31`.
  package let on: String

  /// - Parameters:
  ///   - by: The name; not empty.
  ///   - on: A day such as `2026-01-31`.
  package init(by: String, on: String) {
    self.by = by
    self.on = on
  }
}

/// The cost of the facts that were learned through the curator, by one look before any release.
package struct LearningCost: Sendable, Codable, Equatable {
  /// The ε of the look; positive.
  package let epsilon: Double
  /// The δ of the look, from 0 to below 1.
  package let delta: Double

  /// - Precondition: `epsilon` is positive and finite; `delta` is from 0 to below 1.
  package init(epsilon: Double, delta: Double) {
    precondition(epsilon > 0 && epsilon.isFinite && (0..<1).contains(delta), "a cost")
    self.epsilon = epsilon
    self.delta = delta
  }
}

/// The provenance of a table's facts.
package struct TableProvenance: Sendable, Equatable {
  /// Provenance of every fact without its own.
  package var facts = Provenance.declared
  /// Provenance of the delimiter, the header and the missing tokens. Here and below, nil means the
  /// same as ``facts``.
  package var format: Provenance?
  /// Provenance of the number of rows.
  package var rows: Provenance?
  /// Provenance of the unit of privacy.
  package var unit: Provenance?
  /// Provenance of single rules.
  package var rules: [Rule: Provenance] = [:]
  /// The person who answers for the observed facts; nil as long as nobody does.
  package var review: SchemaReview?
  /// The cost of the learned facts; nil if nothing was paid, or nobody says.
  package var cost: LearningCost?

  /// Creates a provenance; by default, everything is declared.
  package init(facts: Provenance = .declared, review: SchemaReview? = nil) {
    self.facts = facts
    self.review = review
  }
}

/// The provenance of one column's facts; nil means the same as the table's facts.
package struct ColumnProvenance: Sendable, Equatable {
  /// Provenance of type, digits, words, formats, role, missing cells and repetition.
  package var facts: Provenance?
  /// Provenance of explicit bounds; nil means the same as ``facts``.
  package var bounds: Provenance?
  /// Provenance of explicit categories; nil means the same as ``facts``.
  package var categories: Provenance?

  /// Creates a provenance that follows the table's facts.
  package init() {}
}
