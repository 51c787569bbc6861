/// Where charges go before any noise is drawn: an open session of a ledger.
public protocol BudgetSession {
  /// Records the event durably, or throws where it does not fit into what is left.
  func charge(_ event: PrivacyEvent) throws
  /// What may still be charged.
  func remaining() throws -> PrivacyCost
}

extension BudgetSession {
  /// Without a limit.
  public func remaining() throws -> PrivacyCost {
    PrivacyCost(rho: Rho(checked: .greatestFiniteMagnitude), delta: Delta(checked: 1))
  }
}

/// Counts with noise of known variance.
public struct NoisyCounts: Sendable, Equatable {
  /// A count a cell, in rows, the last attribute's code running fastest; it may be negative.
  public let values: [Int]
  /// Of the noise on each value.
  public let variance: Double

  /// - Parameter variance: of the noise on each value, in rows squared.
  public init(values: [Int], variance: Double) {
    self.values = values
    self.variance = variance
  }
}

/// A marginal that could be measured next.
public struct MarginalCandidate: Sendable {
  /// Ascending.
  public let attributes: [Int]
  /// How much the marginal matters; not negative and public.
  public let weight: Double
  /// Subtracted from the distance: what noise would cost. Public.
  public let penalty: Double
  /// What the model expects of each cell, in rows. Public.
  public let expected: [Double]

  /// - Parameter expected: a cell of the marginal each, the last attribute's code running fastest.
  public init(attributes: [Int], weight: Double, penalty: Double, expected: [Double]) {
    self.attributes = attributes
    self.weight = weight
    self.penalty = penalty
    self.expected = expected
  }
}

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
