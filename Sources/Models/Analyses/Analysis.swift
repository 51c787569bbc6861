import Basics

/// A question of a researcher, as an analysis file states it. Two files that ask the same have
/// equal ``canonicalText``.
package struct Analysis: Sendable, Equatable, Codable {
  /// The kinds of analysis.
  package enum Kind: String, Sendable, Codable, CaseIterable {
    case count, table, proportion, mean, difference, quantile, histogram
    case independence = "chi-squared"
    case trend, linear, logistic, poisson
    case survival = "kaplan-meier"
    case logRank = "log-rank"
    case cox, discrimination, calibration

    /// Whether it is a regression on several terms.
    package var isRegression: Bool { [.linear, .logistic, .poisson, .cox].contains(self) }
    /// Whether it follows people over time.
    package var isSurvival: Bool { [.survival, .logRank, .cox].contains(self) }
    /// Whether it judges the scores of a model.
    package var judgesModel: Bool { self == .discrimination || self == .calibration }
  }

  /// The treatment of missing cells in the columns of an analysis.
  package enum Missing: String, Sendable, Codable, CaseIterable {
    /// Rows with a missing cell are left out.
    case drop
    /// Missing is a category of its own.
    case category
  }

  /// A condition that rows meet to count: one of some labels, or a range of values, as written.
  package struct Condition: Sendable, Equatable, Codable {
    package let column: String
    /// Labels, or ranges `low..high`; sorted.
    package let values: [String]

    package init(column: String, values: [String]) {
      self.column = column
      self.values = Set(values).sorted()
    }
  }

  package var kind: Kind
  package var outcome: String?
  /// The label of the outcome, or of the event, that is counted.
  package var value: String?
  /// The columns that divide people into groups.
  package var by: [String] = []
  /// The predictors of a regression.
  package var terms: [String] = []
  /// The column that holds the time of follow-up.
  package var time: String?
  /// The column that says whether the follow-up ended with the event.
  package var event: String?
  /// Sorted by column.
  package var conditions: [Condition] = []
  package var missing = Missing.drop
  /// The label that others are compared with, by column.
  package var references: [String: String] = [:]
  /// The chance that an interval covers the truth, above 0 and below 1.
  package var level = 0.95
  /// The shares of quantiles, or the times of a survival curve; ascending, and empty for the usual.
  package var points: [Double] = []
  /// The model whose scores are judged.
  package var model: JudgedModel?

  package init(kind: Kind) { self.kind = kind }

  /// The analysis on one line, equal for equal questions.
  package var canonicalText: String { (try? CanonicalJSON.line(self)) ?? "" }

  /// The columns that it names beside those of conditions.
  package var roles: [String] { [outcome, time, event].compactMap { $0 } + by + terms }
}
