import Attacks
import Quality

extension Gate {
  /// What was measured on the rows, for the owner's eyes: attacks, copies and usefulness.
  package func evidenceLines(attacks: AttackReport?, quality: QualityReport?, modelledColumns: Int, fault: String?) -> [GateLine] {
    attackLines(attacks, fault: fault) + absentKinds(attacks, modelledColumns: modelledColumns) + utilityLines(quality, fault: fault)
  }

  /// The lines of the policy on attacks and copies; all that can be said of a release that another tool made.
  package func attackLines(_ report: AttackReport?, fault: String? = nil) -> [GateLine] {
    guard let rules = policy.attacks else { return [] }
    guard let report, report.controlRows ?? 0 > 0 else {
      return [
        GateLine(
          "attacks", requires: "the release was attacked, and people who were not in the table beside it",
          found: report == nil ? fault ?? "no attack was made" : "there is no control", outcome: .notAssessed,
          remedy: "Hold people out (the default), or give them with --control FILE.")
      ]
    }
    let risks = report.attacks.map { risk(of: $0, highest: rules.highestRisk) }
    let memberships = report.membership.map { membership($0, highest: rules.highestMembershipRate) }
    return risks + memberships + (rules.forbidsCopies ? copies(report.copies) : [])
  }

  private func risk(of attack: AttackResult, highest: Double) -> GateLine {
    let subject = AttackWording.subject(attack.name)
    let limit = ReportText.percent(highest)
    let figure =
      "\(Self.interval(attack.risk)) more often, in \(ReportText.plural(attack.attempts, "attempt", "attempts"))"
      + (attack.detail.map { " (\($0))" } ?? "")
    let requirement =
      attack.judgement == .upperBound
      ? "\(subject) succeeds at most \(limit) more often than on strangers, at the upper end of the interval"
      : "\(subject) is not shown to succeed more than \(limit) more often than on strangers"
    return GateLine(
      "attack \(attack.name)", requires: requirement, found: figure, isMet: attack.isWithin(highest),
      remedy: attack.risk.low > 0
        ? "Ask for a smaller epsilon, or leave out the columns that the attack uses."
        : "No leak is shown, but too few people were attacked to exclude one: hold out more, or give more with --control.")
  }

  private func membership(_ result: MembershipResult, highest: Double) -> GateLine {
    let rate = result.truePositiveRateAtThousandth
    return GateLine(
      "attack \(result.name)",
      requires:
        "at most \(ReportText.percent(highest)) of the people are named by \(AttackWording.subject(result.name)) at 1 wrong in 1,000",
      found: "\(Self.interval(rate)), area under the curve \(ReportText.decimal(result.auc, digits: 3))", isMet: rate.low <= highest,
      remedy: "Ask for a smaller epsilon. A release with this guarantee should not be recognised: if epsilon is 1 or less, report it.")
  }

  private func copies(_ copies: CopyCounts) -> [GateLine] {
    func line(_ name: String, _ words: String, _ found: Int, _ expected: Double?, isBeyondChance: Bool) -> GateLine {
      GateLine(
        name, requires: "there are no more \(words) of rows than chance explains",
        found: ReportText.count(found)
          + (expected.map { ", where rows that copy nothing would have about \(ReportText.decimal($0, digits: 1))" } ?? ""),
        isMet: !isBeyondChance,
        remedy: "Do not publish these rows: they are people's own. A release by this program copies none; look at how the table was made.")
    }
    return [
      line("copies-exact", "copies", copies.exact, copies.expectedFromControl, isBeyondChance: copies.exactIsBeyondChance),
      line("copies-near", "near copies", copies.near, copies.nearExpectedFromControl, isBeyondChance: copies.nearIsBeyondChance),
    ]
  }

  /// A kind of attack that the owner is to attest and that was not made.
  private func absentKinds(_ report: AttackReport?, modelledColumns: Int) -> [GateLine] {
    guard policy.attacks != nil, let report, report.controlRows ?? 0 > 0 else { return [] }
    let made = Set((report.attacks.map(\.name) + report.membership.map(\.name)).compactMap { AttackKind(attack: $0) })
    return AttackKind.expected(modelledColumns: modelledColumns).filter { !made.contains($0) }.map { kind in
      GateLine(
        "attack \(kind.rawValue)", requires: "\(kind.sentence) was tried", found: report.notes.joined(separator: " "),
        outcome: .notAssessed,
        remedy: "Give a larger table, or a policy without attacks.")
    }
  }

  private func utilityLines(_ quality: QualityReport?, fault: String?) -> [GateLine] {
    let floors = policy.utility
    guard floors.asks else { return [] }
    guard let quality else {
      return [
        GateLine(
          "utility", requires: "the release is close enough to the original", found: fault ?? "the two were not compared",
          outcome: .notAssessed,
          remedy: "Run again with the comparison.")
      ]
    }
    func distance(_ name: String, _ words: String, _ found: Double, _ highest: Double?) -> GateLine? {
      highest.map {
        GateLine(
          name, requires: "the mean distance of \(words) is at most \(ReportText.parameter($0))",
          found: ReportText.decimal(found, digits: 4), isMet: found <= $0,
          remedy: "Spend more epsilon, declare bounds and categories that are public, or leave out columns that nobody needs.")
      }
    }
    var lines = [distance("column-distance", "columns", quality.means.oneWay, floors.highestColumnDistance)]
    if quality.columns.count > 1 { lines.append(distance("pair-distance", "pairs", quality.means.twoWay, floors.highestPairDistance)) }
    if let least = floors.lowestPrediction, let usefulness = quality.usefulness { lines.append(prediction(usefulness, least: least)) }
    return lines.compactMap(\.self)
  }

  /// What is better than guessing counts: an area under the curve of 0.5 teaches nothing.
  private func prediction(_ result: Usefulness, least: Double) -> GateLine {
    let guessing = result.measure == .areaUnderCurve ? 0.5 : 0
    let kept = max(0, result.trainedOnSynthetic - guessing) / max(result.trainedOnOriginal - guessing, 1e-9)
    return GateLine(
      "prediction", requires: "at least \(ReportText.percent(least)) of what the original teaches about '\(result.target)' is kept",
      found: result.trainedOnOriginal <= guessing ? "the original teaches nothing about it" : ReportText.percent(kept),
      isMet: result.trainedOnOriginal <= guessing || kept >= least,
      remedy: "Name the column with --target, so that it weighs more, or spend more epsilon.")
  }

  static func interval(_ risk: RiskEstimate) -> String {
    "\(ReportText.percent(risk.value)) (\(ReportText.percent(risk.low)) to \(ReportText.percent(risk.high)))"
  }
}

extension AttackResult {
  /// Whether the risk stays within `limit`, by the attack's own judgement: the same as ``AttackReport/failures(under:)`` goes by.
  func isWithin(_ limit: Double) -> Bool {
    switch judgement {
    case .none: true
    case .upperBound: risk.high <= limit
    case .shownLeak: risk.low <= 0 || risk.high <= limit
    }
  }
}
