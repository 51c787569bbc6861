/// What a release must show under an attack.
package enum AttackJudgement: String, Codable, Sendable {
  /// The upper bound of the risk must be under the threshold: the leak must be shown to be small.
  case upperBound
  /// A leak that is shown (a lower bound above zero) must not reach the threshold. For the worst of a search, whose upper bound is high by
  /// chance alone, and where the release itself offers too few queries for a narrow interval.
  case shownLeak
  /// Reported only: without a control, what the release teaches about everyone is not told apart from what it betrays of its people.
  case none
}
