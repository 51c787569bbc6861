import Encoding

/// A domain that is public or was paid for, and what was measured on the way.
public struct LearnedDomain: Sendable {
  public let domain: Domain
  /// The distribution of each variable alone, by code; once or more a variable.
  public let oneWay: [OneWayMeasurement]
  /// About how many rows there are; at least 1.
  public let total: Double
  public let notes: [DomainNote]
}

/// Noisy counts of one variable's codes.
public struct OneWayMeasurement: Sendable, Equatable {
  public let attribute: Int
  public let values: [Double]
  /// Of the noise on each value.
  public let variances: [Double]
}

/// What the owner should know about how a variable was treated.
public struct DomainNote: Sendable, Equatable, Codable {
  public let variable: String
  public let kind: Kind

  public enum Kind: String, Sendable, Codable {
    /// It has one code only.
    case constant
    /// At this budget nothing could be told about its values: a public range, or the label for all others, stands in.
    case notLearned = "not-learned"
    /// Rare labels share one code.
    case rareLabelsPooled = "rare-labels-pooled"
  }
}
