import Accounting

/// What budget is spent on.
public enum Purpose: String, Sendable, Codable, CaseIterable {
  /// Finding bounds, bins and categories.
  case domain
  /// The distribution of each variable alone.
  case oneWay = "one-way"
  /// Choosing what to measure.
  case selection
  case measurement
  /// The steps by which a network learns.
  case training
  /// How far the finished table is from the rows, for the policy's floors.
  case judgement
}

/// A question, the privacy event that answered it, and what for.
public struct RecordedEvent: Sendable, Equatable, Codable {
  /// What was asked, in public terms.
  public let question: Question
  /// The mechanism that answered it, with its parameters.
  public let event: PrivacyEvent
  /// What the answer was for.
  public let purpose: Purpose
}
