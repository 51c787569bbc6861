import Attacks
import Basics

extension Gate {
  /// Returns the results of the attacks, for the owner's eyes, and a line for each kind of attack
  /// that was promised but not made.
  package func evidenceLines(attacks: AttackReport?, modelledColumns: Int, fault: String?)
    -> [GateLine]
  {
    attackLines(attacks, fault: fault) + absentKinds(attacks, modelledColumns: modelledColumns)
  }

  /// Returns the policy's lines on attacks and copies. Nothing more can be said about a release
  /// that another tool made.
  package func attackLines(_ report: AttackReport?, fault: String? = nil) -> [GateLine] {
    guard let rules = policy.attacks else { return [] }
    guard let report, report.hasComparison else {
      return [
        GateLine(
          "attacks",
          requires: "the release was attacked, and people who were not in the table beside it",
          found: report == nil ? fault ?? "no attack was made" : "there is no control",
          outcome: .saysNothing,
          remedy: "Hold people out (the default), or give them with --control FILE.")
      ]
    }
    let risks = report.attacks.filter { !rules.leavesOut.contains($0.name) }.map {
      risk(of: $0, highest: rules.highestRisk)
    }
    let memberships = report.membership.filter { !rules.leavesOut.contains($0.name) }
      .map { membership($0, highest: rules.highestMembershipRate) }
    return risks + memberships + (rules.forbidsCopies ? copies(report.copies) : [])
  }

  private func risk(of attack: AttackResult, highest: Double) -> GateLine {
    let subject = AttackWording.subject(attack.name)
    let outcome = GateLine.Outcome(attack.finding(under: highest))
    return GateLine(
      "attack \(attack.name)",
      requires:
        "\(subject) succeeds at most \(NumberText.percent(highest)) more often than on strangers, at the upper end of the interval",
      found: attack.attempts > 0
        ? figures(attack)
        : "there was nothing to attempt" + (attack.detail.map { " (\($0))" } ?? ""),
      outcome: outcome,
      remedy: outcome == .notMet
        ? "Ask for a smaller epsilon, or leave out the columns that the attack uses."
        : morePower(attack.name))
  }

  /// Returns everything needed to recompute the power: attempts, rates, and the smallest risk that
  /// would have shown.
  private func figures(_ attack: AttackResult) -> String {
    func rate(_ successes: Int, _ attempts: Int) -> String {
      NumberText.percent(Double(successes) / Double(max(attempts, 1)))
    }
    var text =
      "\(Self.interval(attack.risk)) more often: right in \(rate(attack.successes, attack.attempts)) of "
      + NumberText.plural(attack.attempts, "attempt", "attempts")
    if let control = attack.controlAttempts {
      text +=
        ", and in \(rate(attack.controlSuccesses ?? 0, control)) of \(NumberText.count(control)) on strangers"
    }
    text += "; a risk of \(NumberText.percent(attack.smallestDetectable)) would have shown"
    return text + (attack.detail.map { " (\($0))" } ?? "")
  }

  private func morePower(_ name: String) -> String {
    "No leak is shown, but too few people were attacked or compared with to exclude one: hold out more, give more with --control, or use a "
      + "policy with a higher limit or with `leave out: [\(name)]`."
  }

  private func membership(_ result: MembershipResult, highest: Double) -> GateLine {
    let rate = result.truePositiveRateAtThousandth
    let outcome = GateLine.Outcome(result.finding(under: highest))
    return GateLine(
      "attack \(result.name)",
      requires:
        "at most \(NumberText.percent(highest)) of the people are named by \(AttackWording.subject(result.name)) "
        + "at 1 wrong in 1,000, at the "
        + "upper end of the interval",
      found:
        "\(Self.interval(rate)) of \(NumberText.count(result.members)), set by \(NumberText.count(result.nonMembers)) strangers; area "
        + "under the curve \(NumberText.decimal(result.auc, digits: 3))", outcome: outcome,
      remedy: outcome == .notMet
        ? "Ask for a smaller epsilon. A release with this guarantee should not be recognised: if epsilon is 1 or less, report it."
        : morePower(result.name))
  }

  private func copies(_ copies: CopyCounts) -> [GateLine] {
    func line(
      _ name: String, _ words: String, _ found: Int, _ expected: Double?, isBeyondChance: Bool
    ) -> GateLine {
      GateLine(
        name, requires: "there are no more \(words) of rows than chance explains",
        found: NumberText.count(found)
          + (expected.map {
            ", where rows that copy nothing would have about \(NumberText.decimal($0, digits: 1))"
          } ?? ""),
        isMet: !isBeyondChance,
        remedy:
          "Do not publish these rows: they are people's own. A release by this program copies none; look at how the table was made."
      )
    }
    // Copies as a person reads them outnumber exact copies if any differ in case or blanks.
    let exact = copies.exactIsBeyondChance ? nil : copies.asRead
    return [
      line(
        "copies-exact", "copies", exact ?? copies.exact,
        exact == nil ? copies.expectedFromControl : copies.asReadExpectedFromControl,
        isBeyondChance: copies.exactIsBeyondChance || copies.asReadIsBeyondChance),
      line(
        "copies-near", "near copies", copies.near, copies.nearExpectedFromControl,
        isBeyondChance: copies.nearIsBeyondChance),
    ]
  }

  /// Returns a line for each kind of attack that the owner should attest and that was not made.
  private func absentKinds(_ report: AttackReport?, modelledColumns: Int) -> [GateLine] {
    guard let rules = policy.attacks, let report, report.hasComparison else { return [] }
    let made = Set(
      (report.attacks.map(\.name) + report.membership.map(\.name)).compactMap {
        AttackKind(attack: $0)
      })
    return AttackKind.judged(rules, modelledColumns: modelledColumns).filter { !made.contains($0) }
      .map { kind in
        GateLine(
          "attack \(kind.rawValue)", requires: "\(kind.sentence) was tried",
          found: report.notes.joined(separator: " "),
          outcome: .saysNothing,
          remedy: "Give a larger table, or a policy that leaves the attack out.")
      }
  }

  package static func interval(_ risk: RiskEstimate) -> String {
    "\(NumberText.percent(risk.value)) (\(NumberText.percent(risk.low)) to \(NumberText.percent(risk.high)))"
  }
}

extension GateLine.Outcome {
  init(_ finding: AttackFinding) {
    self =
      switch finding {
      case .met: .met
      case .notMet: .notMet
      case .saysNothing: .saysNothing
      }
  }
}

extension AttackKind {
  /// Returns the kinds for which a policy leaves at least one attack to be judged.
  package static func judged(_ rules: Policy.AttackRules, modelledColumns: Int) -> [AttackKind] {
    let judged = AttackName.allCases.filter { !rules.leavesOut.contains($0.rawValue) }.compactMap(
      \.kind)
    return expected(modelledColumns: modelledColumns).filter(judged.contains)
  }
}
