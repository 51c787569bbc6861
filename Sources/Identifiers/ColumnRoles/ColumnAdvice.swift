import Tables
import Words

/// What a column seems to be for, with the reason, for its owner.
public struct ColumnAdvice: Sendable, Equatable {
  /// The name of the column.
  public let column: String
  /// What to use the column for.
  public let role: ColumnRole
  /// 0 to 1: how sure the advice is. A judgement by rules, not a probability.
  public let confidence: Double
  /// In words, without any cell's value.
  public let reason: String
  /// Whether several rows seem to share a person named by this column, so that it could be the unit of privacy.
  public let isPersonCandidate: Bool

  /// The type of identifier, where the column is one or part of one.
  package let identifier: IdentifierType?

  /// Advice as given.
  public init(column: String, role: ColumnRole, confidence: Double, reason: String, isPersonCandidate: Bool = false) {
    self.init(
      column: column, role: role, confidence: confidence, reason: reason, isPersonCandidate: isPersonCandidate, identifier: nil)
  }

  init(
    column: String, role: ColumnRole, confidence: Double, reason: String, isPersonCandidate: Bool, identifier: IdentifierType?
  ) {
    self.column = column
    self.role = role
    self.confidence = confidence
    self.reason = reason
    self.isPersonCandidate = isPersonCandidate
    self.identifier = identifier
  }
}
