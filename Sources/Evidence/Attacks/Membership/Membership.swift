import Foundation
import Quality

/// How well scores, which are higher for likelier members, tell the original's people from others.
package enum Membership {
  /// The share of non-members that may be named wrongly.
  package static let falsePositiveRate = 0.001

  /// - Parameters:
  ///   - members: scores of people of the original; `nonMembers`: those of others.
  package static func result(_ name: String, members: [Double], nonMembers: [Double])
    -> MembershipResult
  {
    MembershipResult(
      name: name, members: members.count, nonMembers: nonMembers.count,
      auc: Scores.areaUnderCurve(
        members + nonMembers,
        isPositive: members.map { _ in true } + nonMembers.map { _ in false }),
      truePositiveRateAtThousandth: rate(
        members: members, nonMembers: nonMembers, at: falsePositiveRate))
  }

  /// Returns the share of members whose score exceeds that of all but the allowed share of
  /// non-members.
  ///
  /// Ties do not win. A limited number of non-members sets the threshold only roughly, and both
  /// ends allow for it. The lower end is Wilson's, minus the amount by which the true share of
  /// wrongly named people may exceed the allowed one. The upper end is Wilson's for the people
  /// named by a lower threshold, above which the allowed share of non-members lies for certain (at
  /// 97.5 %). With few non-members, that threshold names many people, and nothing is shown.
  package static func rate(members: [Double], nonMembers: [Double], at allowed: Double)
    -> RiskEstimate
  {
    guard !members.isEmpty, !nonMembers.isEmpty else {
      return RiskEstimate(value: 0, low: 0, high: 1)
    }
    let wrong = Int(allowed * Double(nonMembers.count))
    let ranked = nonMembers.sorted(by: >)
    let threshold = ranked[min(wrong, ranked.count - 1)]
    let named = members.count { $0 > threshold }
    let rate = SuccessRate(successes: named, attempts: members.count)
    let falseRate = SuccessRate(
      successes: nonMembers.count { $0 > threshold }, attempts: nonMembers.count)
    let slack = max(0, falseRate.centre + falseRate.halfWidth - allowed)
    let value = rate.observed
    let most = SuccessRate(
      successes: lenientPlace(of: ranked.count, at: allowed).map { place in
        members.count { $0 > ranked[place] }
      } ?? members.count,
      attempts: members.count)
    return RiskEstimate(
      value: value, low: max(0, min(value, rate.centre - rate.halfWidth - slack)),
      high: min(1, max(value, most.centre + most.halfWidth)))
  }

  /// Returns the place j, counted from 0 and from the highest, such that with a chance of 97.5 %
  /// (binomial) no more than j of this many strangers lie among the highest `allowed` of all
  /// possible ones. The score there is a threshold that names at least the allowed share. Nil if
  /// there are too few strangers to tell.
  private static func lenientPlace(of count: Int, at allowed: Double) -> Int? {
    var (chance, below, place) = (exp(Double(count) * log1p(-allowed)), 0.0, 0)
    while place < count {
      below += chance
      if below >= 0.975 { return place }
      chance *= Double(count - place) / Double(place + 1) * allowed / (1 - allowed)
      place += 1
    }
    return nil
  }

  /// Returns the chance that a release that betrays nobody is found to betray nobody when compared
  /// with this many strangers. It tells whether an attempt is worth its cost before it is made.
  ///
  /// The share of all strangers above the threshold of place j is about Gamma(j + 1) / count. Three
  /// tenths of the limit are left for the interval of the members, who are taken to be some
  /// thousands.
  package static func chanceToPass(strangers: Int, limit: Double) -> Double {
    guard limit < 1 else { return 1 }
    guard let place = lenientPlace(of: strangers, at: falsePositiveRate) else { return 0 }
    let mean = Double(strangers) * limit * 0.7
    var (term, below) = (exp(-mean), 0.0)
    for count in 0...place {
      below += term
      term *= mean / Double(count + 1)
    }
    return 1 - below
  }
}
