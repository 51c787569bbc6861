import Accounting

/// The purposes on which budget is spent.
public enum Purpose: String, Sendable, Codable, CaseIterable {
  /// Finding bounds, bins and categories.
  case domain
  /// The distribution of each variable alone.
  case oneWay = "one-way"
  /// Choosing the next measurement.
  case selection
  case measurement
  /// The steps by which a network learns.
  case training
  /// The distance of the finished table from the rows, for the policy's floors.
  case judgement
}

/// A question, the privacy event that answered it, and its purpose.
public struct RecordedEvent: Sendable, Equatable, Codable {
  /// The question, in public terms.
  public let question: Question
  /// The mechanism that answered it, with its parameters.
  public let event: PrivacyEvent
  /// The purpose of the answer.
  public let purpose: Purpose
}
