import Tables

/// A question put to the curator, in public terms only: what is in here is the same for neighbouring tables wherever the answers
/// so far are the same.
public enum Question: Sendable, Equatable, Codable {
  /// How many rows are used.
  case rowCount
  /// How many rows fall into each of these runs of ticks, and how many are missing.
  case histogram(variable: String, cells: [ClosedRange<Int64>])
  /// Which labels occur often enough to be named.
  case labels(variable: String)
  /// How many rows there are for each combination of codes.
  case marginal(variables: [String])
  /// Which of these candidates is approximated worst.
  case worst(candidates: Int)
  /// What the sums of a network's gradients over random samples of the units are, step after step.
  case gradients(steps: Int, coordinates: Int)

  /// In words, for the ledger.
  public var summary: String {
    switch self {
    case .rowCount: "number of rows"
    case .histogram(let variable, let cells): "histogram of \(variable) in \(cells.count) runs"
    case .labels(let variable): "frequent labels of \(variable)"
    case .marginal(let variables): "marginal of \(variables.joined(separator: ", "))"
    case .worst(let candidates): "worst approximated of \(candidates) marginals"
    case .gradients(let steps, let coordinates): "\(steps) sums of gradients of \(coordinates) parameters"
    }
  }
}

/// An answer of the curator.
public enum Answer: Sendable, Equatable, Codable {
  case counts([Int])
  case labels(DiscoveredLabels)
  case choice(Int)
  /// Exact scores of candidates; only ever seen by tests.
  case scores([Double])
}

/// A label and its noisy count.
public struct LabelCount: Sendable, Equatable, Codable {
  /// A label as the cells write it.
  public let label: String
  /// Its noisy count, in rows.
  public let count: Int

  /// A label and its noisy count, in rows.
  public init(label: String, count: Int) {
    self.label = label
    self.count = count
  }
}

/// What label discovery tells of a variable.
public struct DiscoveredLabels: Sendable, Equatable, Codable {
  /// Most frequent first.
  public let labels: [LabelCount]
  /// The noisy number of missing cells.
  public let missing: Int
  /// Of the noise on each count.
  public let variance: Double

  /// - Parameter variance: of the noise on each count, in rows squared.
  public init(labels: [LabelCount], missing: Int, variance: Double) {
    self.labels = labels
    self.missing = missing
    self.variance = variance
  }
}

/// Watches, and may replace, the answers of a curator: for tests of the curator itself. A curator with a probe is not private.
package protocol CuratorProbe: AnyObject {
  func answer(to question: Question, exact: Answer, noisy: Answer) -> Answer
}
