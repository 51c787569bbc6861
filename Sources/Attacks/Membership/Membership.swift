import Quality

/// How well scores, higher for likelier members, tell the original's people from others.
package enum Membership {
  /// The share of non-members that may be named wrongly.
  static let falsePositiveRate = 0.001

  /// - Parameters:
  ///   - members: scores of people of the original; `nonMembers`: of others.
  package static func result(_ name: String, members: [Double], nonMembers: [Double]) -> MembershipResult {
    MembershipResult(
      name: name, members: members.count, nonMembers: nonMembers.count,
      auc: Scores.areaUnderCurve(
        members + nonMembers, isPositive: members.map { _ in true } + nonMembers.map { _ in false }),
      truePositiveRateAtThousandth: rate(members: members, nonMembers: nonMembers, at: falsePositiveRate))
  }

  /// The share of members whose score lies above that of all but the allowed share of non-members.
  ///
  /// Ties are not won. The interval's lower end is Wilson's, less what the threshold itself is unsure of: by as much as the true share of
  /// wrongly named people may exceed the allowed one.
  package static func rate(members: [Double], nonMembers: [Double], at allowed: Double) -> RiskEstimate {
    guard !members.isEmpty, !nonMembers.isEmpty else { return RiskEstimate(value: 0, low: 0, high: 1) }
    let wrong = Int(allowed * Double(nonMembers.count))
    let threshold = nonMembers.sorted(by: >)[min(wrong, nonMembers.count - 1)]
    let named = members.count { $0 > threshold }
    let rate = SuccessRate(successes: named, attempts: members.count)
    let falseRate = SuccessRate(successes: nonMembers.count { $0 > threshold }, attempts: nonMembers.count)
    let slack = max(0, falseRate.centre + falseRate.halfWidth - allowed)
    let value = rate.observed
    return RiskEstimate(
      value: value, low: max(0, min(value, rate.centre - rate.halfWidth - slack)), high: min(1, max(value, rate.centre + rate.halfWidth)))
  }
}
