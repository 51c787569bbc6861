import Tables
import Words

/// The likely role of a column, with the reason, for its owner.
package struct ColumnAdvice: Sendable, Equatable {
  /// The name of the column.
  package let column: String
  /// The advised role of the column.
  package let role: ColumnRole
  /// The confidence of the advice, 0 to 1. A judgement by rules, not a probability.
  package let confidence: Double
  /// The reason in words, without any cell's value.
  package let reason: String
  /// Whether several rows seem to share a person named by this column, so that it could be the unit
  /// of privacy.
  package let isPersonCandidate: Bool

  /// The type of identifier, if the column is one or part of one.
  package let identifier: IdentifierType?

  /// Creates advice with the given values.
  package init(
    column: String, role: ColumnRole, confidence: Double, reason: String,
    isPersonCandidate: Bool = false
  ) {
    self.init(
      column: column, role: role, confidence: confidence, reason: reason,
      isPersonCandidate: isPersonCandidate, identifier: nil)
  }

  init(
    column: String, role: ColumnRole, confidence: Double, reason: String, isPersonCandidate: Bool,
    identifier: IdentifierType?
  ) {
    self.column = column
    self.role = role
    self.confidence = confidence
    self.reason = reason
    self.isPersonCandidate = isPersonCandidate
    self.identifier = identifier
  }
}
