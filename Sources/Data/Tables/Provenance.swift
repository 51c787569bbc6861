/// Where a fact of a schema comes from, which decides what a guarantee is worth.
public enum Provenance: String, Sendable, Codable, CaseIterable {
  /// Known from elsewhere than the rows, for which the owner answers.
  case declared
  /// Seen in the rows, which nobody paid for and nobody has answered for yet: a hazard of every release made under it.
  case observed
  /// Learned through the curator, and paid for.
  case learned
}

/// Who read a schema and answers for what was observed in the rows, which counts as declared from then on.
public struct SchemaReview: Sendable, Codable, Equatable {
  /// The name as its bearer wrote it; never empty.
  public let by: String
  /// The day, as `2026-01-31`.
  public let on: String

  /// - Parameters:
  ///   - by: not empty.
  ///   - on: a day as `2026-01-31`.
  public init(by: String, on: String) {
    self.by = by
    self.on = on
  }
}

/// What the facts of a schema cost that were learned through the curator, by one look before any release.
public struct LearningCost: Sendable, Codable, Equatable {
  /// The ε of the look, positive.
  public let epsilon: Double
  /// Its δ, from 0 to below 1.
  public let delta: Double

  /// - Precondition: `epsilon` is positive and finite; `delta` is from 0 to below 1.
  public init(epsilon: Double, delta: Double) {
    precondition(epsilon > 0 && epsilon.isFinite && (0..<1).contains(delta), "a cost")
    self.epsilon = epsilon
    self.delta = delta
  }
}

/// Where the facts of a table come from.
public struct TableProvenance: Sendable, Equatable {
  /// Of every fact that has no provenance of its own.
  public var facts = Provenance.declared
  /// Of the delimiter, the header and the missing tokens; nil as ``facts``, here and below.
  public var format: Provenance?
  /// Of the number of rows.
  public var rows: Provenance?
  /// Of the unit of privacy.
  public var unit: Provenance?
  /// Of single constraints.
  public var constraints: [Constraint: Provenance] = [:]
  /// Who answers for what was observed; nil as long as nobody does.
  public var review: SchemaReview?
  /// What was paid for the facts that were learned; nil where nothing was, or nobody says.
  public var cost: LearningCost?

  /// Everything declared.
  public init(facts: Provenance = .declared, review: SchemaReview? = nil) {
    self.facts = facts
    self.review = review
  }
}

/// Where the facts of one column come from; nil as the table's facts.
public struct ColumnProvenance: Sendable, Equatable {
  /// Of type, digits, words, formats, role, missing cells and repetition.
  public var facts: Provenance?
  /// Of the bounds that are written out; nil as ``facts``.
  public var bounds: Provenance?
  /// Of the categories that are written out; nil as ``facts``.
  public var categories: Provenance?

  /// As the table's facts.
  public init() {}
}
