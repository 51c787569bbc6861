import Attacks
import Basics

extension OwnerPage.AttackView {
  /// Shows the risks of all attacks against their limits, and the figures behind them.
  init(_ report: AttackReport, limits: AttackThresholds) {
    let isJudged = report.hasComparison
    let risks = report.attacks.map {
      RiskChart.Row(
        label: AttackWording.title($0.name), value: $0.risk.value, low: $0.risk.low,
        high: $0.risk.high,
        limit: isJudged ? limits.highestRisk : nil,
        finding: isJudged ? $0.finding(under: limits.highestRisk) : nil)
    }
    let memberships = report.membership.map {
      let rate = $0.truePositiveRateAtThousandth
      return RiskChart.Row(
        label: AttackWording.title($0.name), value: rate.value, low: rate.low, high: rate.high,
        limit: isJudged ? limits.highestMembershipRate : nil,
        finding: isJudged ? $0.finding(under: limits.highestMembershipRate) : nil)
    }
    let (risk, rate) = (
      NumberText.percent(limits.highestRisk), NumberText.percent(limits.highestMembershipRate)
    )
    sentence =
      "How much more often each attack succeeded on people of the table than on people who are not in it; of membership attacks, the share "
      + "of people named while one in 1,000 strangers is wrongly named. "
      + (isJudged
        ? "The limits are \(risk), and of membership \(rate). \(AttackFinding.rule)"
        : "Not judged: there is no control to compare with.")
    chart = RiskChart(rows: risks + memberships).svg()
    table = FigureTable(
      "Figures of all attacks",
      heads: [
        "attack", "what was known and sought", "attempts", "succeeded", "on strangers",
        "by guessing", "risk", "interval",
        "would have shown",
      ],
      rows: report.attacks.map(Self.row) + report.membership.map(Self.row), textColumns: 2)
    copies = Self.copies(report)
    worst =
      report.worstRecords.isEmpty
      ? nil
      : FigureTable(
        "The people who were hit most often", heads: ["row of the original", "times"],
        rows: report.worstRecords.map { [NumberText.count($0.row), NumberText.count($0.hits)] },
        textColumns: 0)
    notes = report.notes
    markSwatch = Swatch.mark
    limitSwatch = Swatch.limit
  }

  private static func row(_ attack: AttackResult) -> [String] {
    func share(_ successes: Int?, _ attempts: Int?) -> String {
      guard let successes, let attempts, attempts > 0 else { return "–" }
      return NumberText.percent(Double(successes) / Double(attempts))
    }
    return [
      AttackWording.title(attack.name), attack.detail ?? "", NumberText.count(attack.attempts),
      share(attack.successes, attack.attempts),
      share(attack.controlSuccesses, attack.controlAttempts),
      share(attack.baselineSuccesses, attack.baselineAttempts),
      NumberText.percent(attack.risk.value),
      "\(NumberText.percent(attack.risk.low)) to \(NumberText.percent(attack.risk.high))",
      NumberText.percent(attack.smallestDetectable),
    ]
  }

  private static func row(_ result: MembershipResult) -> [String] {
    let rate = result.truePositiveRateAtThousandth
    return [
      AttackWording.title(result.name),
      "area under the curve \(NumberText.decimal(result.auc, digits: 3)), set by \(NumberText.count(result.nonMembers)) strangers",
      NumberText.count(result.members), "–",
      "–", "–", NumberText.percent(rate.value),
      "\(NumberText.percent(rate.low)) to \(NumberText.percent(rate.high))", "–",
    ]
  }

  private static func copies(_ report: AttackReport) -> String {
    func sentence(_ count: Int, _ expected: Double?, _ words: String) -> String {
      "\(NumberText.plural(count, "synthetic row", "synthetic rows")) \(count == 1 ? "equals" : "equal") a row of the original\(words)"
        + (expected.map {
          "; rows that copy nothing would have about \(NumberText.decimal($0, digits: 1))."
        } ?? ".")
    }
    return sentence(report.copies.exact, report.copies.expectedFromControl, "") + " "
      + sentence(
        report.copies.near, report.copies.nearExpectedFromControl, " or come very near to one")
  }
}
