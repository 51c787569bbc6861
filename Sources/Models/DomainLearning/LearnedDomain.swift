import Encoding

/// A domain that is public or was paid for, and what was measured on the way.
public struct LearnedDomain: Sendable {
  /// What codes each variable can take, in the order of the blueprint's variables.
  public let domain: Domain
  /// The distribution of each variable alone, by code; once or more a variable.
  public let oneWay: [OneWayMeasurement]
  /// About how many rows there are; at least 1.
  public let total: Double
  /// One for each variable that was treated in a way its owner may not expect.
  public let notes: [DomainNote]
}

/// Noisy counts of one variable's codes.
public struct OneWayMeasurement: Sendable, Equatable {
  /// The variable's index in the domain.
  public let attribute: Int
  /// A noisy count for each code, in rows; it may be negative.
  public let values: [Double]
  /// Of the noise on each value.
  public let variances: [Double]
}

/// What the owner should know about how a variable was treated.
public struct DomainNote: Sendable, Equatable, Codable {
  /// The variable's name.
  public let variable: String
  /// What happened to it.
  public let kind: Kind

  /// How a variable was treated.
  public enum Kind: String, Sendable, Codable {
    /// It has one code only.
    case constant
    /// At this budget nothing could be told about its values: a public range, or the label for all others, stands in.
    case notLearned = "not-learned"
    /// Rare labels share one code.
    case rareLabelsPooled = "rare-labels-pooled"
    /// Codes too rare to be named were put together by their first characters.
    case rareLabelsGrouped = "rare-labels-grouped"
  }
}
