/// The finding of an attack under a limit: the one rule of gate, `understudy attack`, pages and
/// documents.
///
/// Only ``met`` passes. An attack that could not have shown anything does not clear a release.
package enum AttackFinding: String, Codable, Sendable {
  /// The upper end of the interval is at most the limit.
  case met
  /// The upper end is above the limit, and a leak is shown: the lower end is above chance.
  case notMet = "not-met"
  /// The upper end is above the limit and no leak is shown: there were too few people, or no
  /// attempts at all, to exclude one.
  case saysNothing = "says-nothing"

  package var words: String {
    switch self {
    case .met: "met"
    case .notMet: "not met"
    case .saysNothing: "says nothing"
    }
  }

  /// The rule in the words that pages and documents use.
  package static let rule =
    "Met: the upper end of the 95 % interval is at most the limit. Not met: it is above the limit, and a leak is shown, since the lower "
    + "end is above what chance gives. Says nothing: it is above the limit and no leak is shown, because too few people, or none, were "
    + "attacked or compared with. Only what is met passes."
}

extension RiskEstimate {
  /// Returns the finding. A limit of 1 asks for nothing.
  /// - Parameter chance: the rate of an attack that has learned nothing: 0 for a risk.
  func finding(under limit: Double, chance: Double, hasAttempts: Bool) -> AttackFinding {
    if limit >= 1 || (hasAttempts && high <= limit) { return .met }
    return hasAttempts && low > chance ? .notMet : .saysNothing
  }
}

extension AttackResult {
  /// Returns the finding under the highest risk allowed.
  package func finding(under highestRisk: Double) -> AttackFinding {
    risk.finding(under: highestRisk, chance: 0, hasAttempts: attempts > 0 && controlAttempts != 0)
  }
}

extension MembershipResult {
  /// Returns the finding under the highest share of people that may be named. Chance names as many
  /// people as strangers.
  package func finding(under highestRate: Double) -> AttackFinding {
    truePositiveRateAtThousandth.finding(
      under: highestRate, chance: Membership.falsePositiveRate, hasAttempts: members > 0 && nonMembers > 0)
  }
}

extension AttackReport {
  /// Whether there are people to compare with who were not in the original. Without them nothing is
  /// judged: knowledge about everyone cannot be told from leaks about the release's own people. The
  /// attack on sparse tables makes its own comparison.
  package var hasComparison: Bool {
    controlRows ?? 0 > 0 || attacks.map(\.name) == [LinkageAttack.name]
  }
}
