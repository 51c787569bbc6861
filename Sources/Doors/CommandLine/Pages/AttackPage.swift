import Attacks
import Understudy

/// The attacks on a release, for the owner.
package enum AttackPage {
  package static func text(_ document: AttackDocument, terminal: Terminal) -> String {
    var page = Section(terminal: terminal)
    page.heading(headline(document.verdict))
    if document.verdict != .notJudged, let policy = document.policy {
      page.line("Judged by the lines on attacks of the policy '\(policy)'.")
    }
    page.list(document.failures)
    if document.verdict == .notJudged { page.list(document.notAssessed) }
    var rows =
      "\(Numbers.count(document.originalRows)) original, \(Numbers.count(document.syntheticRows)) synthetic"
    rows += document.controlRows.map { ", \(Numbers.count($0)) control" } ?? ", no control"
    page.pairs([("Rows", rows)])
    page.line(
      "NO GUARANTEE follows from this: attacks that fail say nothing about those that were not tried."
    )
    page.line("NOT PRIVATE: these figures are for the owner of the data only.")
    addCopies(document.copies, to: &page)
    addAttacks(document, to: &page)
    addMembership(document, to: &page)
    if !document.worstRecords.isEmpty {
      page.heading("Rows of the original that were hit most often")
      page.line(
        document.worstRecords.prefix(10).map { "\(Numbers.count($0.row)) (\($0.hits))" }.joined(
          separator: ", "))
    }
    page.heading("What to know")
    page.list(document.notes)
    return page.text
  }

  private static func headline(_ verdict: AttackDocument.Verdict) -> String {
    switch verdict {
    case .pass: "PASS: no attack succeeded beyond the limits."
    case .fail: "FAIL: an attack succeeded."
    case .saysNothing:
      "SAYS NOTHING: no attack succeeded, but too few people were attacked or compared with to exclude it."
    case .notAssessed: "NOT ASSESSED: the tables tell too little to be judged."
    case .notJudged:
      "NOT JUDGED: there is no control, people of the same kind who were not in the original (--control)."
    }
  }

  private static func addCopies(_ copies: CopyCounts, to page: inout Section) {
    page.heading("Copies of original rows")
    var table = TextTable([("", .left), ("Rows", .right), ("Chance", .right), ("", .left)])
    func expected(_ value: Double?) -> String {
      value.map { Numbers.short(($0 * 10).rounded() / 10) } ?? "?"
    }
    func words(_ isBeyond: Bool) -> String {
      isBeyond ? "more than chance explains" : "no more than chance explains"
    }
    table.add(
      "Equal in every column", Numbers.count(copies.exact), expected(copies.expectedFromControl),
      words(copies.exactIsBeyondChance))
    if let asRead = copies.asRead {
      table.add(
        "Equal as a person reads", Numbers.count(asRead),
        expected(copies.asReadExpectedFromControl),
        words(copies.asReadIsBeyondChance))
    }
    table.add(
      "Equal but for a hundredth", Numbers.count(copies.near),
      expected(copies.nearExpectedFromControl), words(copies.nearIsBeyondChance))
    page.table(table)
  }

  private static func addAttacks(_ document: AttackDocument, to page: inout Section) {
    page.heading(
      "Attacks: how much more often they succeed against the original's people than against others")
    var table = TextTable([
      ("Attack", .left), ("Tries", .right), ("Right", .right), ("On control", .right),
      ("Guessing", .right), ("Risk", .right),
      ("95 % interval", .left), ("Detectable", .right),
    ])
    for attack in document.attacks {
      table.add(
        attack.name, Numbers.count(attack.attempts), share(attack.successes, attack.attempts),
        attack.controlAttempts.map { share(attack.controlSuccesses ?? 0, $0) } ?? "-",
        share(attack.baselineSuccesses, attack.baselineAttempts),
        Numbers.fixed(attack.risk.value, 3),
        "\(Numbers.fixed(attack.risk.low, 3)) to \(Numbers.fixed(attack.risk.high, 3))",
        Numbers.fixed(attack.smallestDetectable, 3))
    }
    page.table(table)
    if document.verdict != .notJudged {
      page.line("The limit is \(Numbers.short(document.thresholds.highestRisk)). \(document.rule)")
    }
    for attack in document.attacks {
      if let detail = attack.detail { page.line("\(attack.name): \(detail).") }
    }
  }

  private static func addMembership(_ document: AttackDocument, to page: inout Section) {
    guard !document.membership.isEmpty else { return }
    page.heading("Membership: telling the original's people from others")
    var table = TextTable([
      ("Attack", .left), ("People", .right), ("Others", .right), ("AUC", .right), ("Named", .right),
      ("95 % interval", .left),
    ])
    for result in document.membership {
      let rate = result.truePositiveRateAtThousandth
      table.add(
        result.name, Numbers.count(result.members), Numbers.count(result.nonMembers),
        Numbers.fixed(result.auc, 3),
        Numbers.fixed(rate.value, 4),
        "\(Numbers.fixed(rate.low, 4)) to \(Numbers.fixed(rate.high, 4))")
    }
    page.table(table)
    page.line(
      "Named: the share of the original's people named while one in a thousand others is wrongly named. An AUC of 0.5 is guessing."
    )
    if document.verdict != .notJudged {
      page.line(
        "The limit is \(Numbers.short(document.thresholds.highestMembershipRate)), by the same rule."
      )
    }
  }

  private static func share(_ successes: Int, _ attempts: Int) -> String {
    attempts > 0 ? Numbers.fixed(100 * Double(successes) / Double(attempts), 1) + " %" : "-"
  }
}
