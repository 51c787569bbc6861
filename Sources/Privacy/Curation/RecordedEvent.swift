import Accounting

/// The purposes on which budget is spent.
package enum Purpose: String, Sendable, Codable, CaseIterable {
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
package struct RecordedEvent: Sendable, Equatable, Codable {
  /// The question, in public terms.
  package let question: Question
  /// The mechanism that answered it, with its parameters.
  package let event: PrivacyEvent
  /// The purpose of the answer.
  package let purpose: Purpose
}
