/// Says what was attacked and what would have been noticed, without any figure that came from the rows.
struct TrialWording {
  let trial: Manifest.Trial?
  let gate: GateRecord?

  var sentences: [String] {
    guard let trial else {
      return [
        "No attack was made on this release before it was published. The promise does not rest on attacks: it bounds them all, tried or "
          + "not."
      ]
    }
    let tried = Gate.list(trial.attacks.map { $0.sentence.prefix(1).lowercased() + $0.sentence.dropFirst() }, "and")
    let made = "Before it was published, the release was attacked: \(tried). \(trial.control)"
    guard let rules = gate?.attackRules else {
      return [made, "What came of it stays with the owner, and did not decide about publishing."]
    }
    return [
      made,
      "Had an attack succeeded noticeably more often on people of the table than on strangers (the limit is "
        + "\(ReportText.percent(rules.highestRisk)), at a confidence of 95 %)"
        + (rules.forbidsCopies ? ", or had more rows been copied than chance explains" : "")
        + ", the release would have been withheld. The figures stay with the owner, who attests the result.",
    ]
  }
}
