import Privacy

/// Budgets, as their owner reads them.
enum BudgetPage {
  static func accounts(_ report: BudgetReport, terminal: Terminal) -> String {
    var page = Section(terminal: terminal)
    guard !report.datasets.isEmpty else { return "The ledger \(report.ledger) holds no dataset yet." }
    for account in report.datasets {
      page.heading("\(account.dataset.name)  (\(Numbers.count(account.rows, "row")), \(Numbers.count(account.columns, "column")))")
      page.pairs(pairs(account, terminal: terminal))
    }
    page.heading("Ledger: \(report.ledger)")
    return page.text
  }

  private static func pairs(_ account: LedgerReport.DatasetAccount, terminal: Terminal) -> [(String, String)] {
    let granted = account.grantedEpsilon.value
    var pairs = [("Granted", "epsilon \(Numbers.short(granted)), delta \(Numbers.short(account.grantedDelta.value))")]
    if let used = account.usedEpsilon?.value {
      let bar = terminal.isOutputWatched && granted > 0 ? "  " + Blocks.bar(used / granted, width: 20) + "|" : ""
      pairs.append(("Used", "epsilon \(Numbers.short(used)), delta \(Numbers.short(account.used.delta.value))\(bar)"))
    } else {
      pairs.append(("Used", "all of the granted delta, so that no epsilon is left"))
    }
    if let point = account.usedCurve.points.last(where: { $0.delta >= account.grantedDelta.value * (1 - 1e-9) }), account.parts > 1 {
      pairs.append(("", "as one budget: epsilon \(Numbers.short(point.epsilon)) at delta \(Numbers.short(point.delta))"))
    }
    pairs.append(("Left", left(account)))
    if let promise = promise(account) { pairs.append(("Promise", promise)) }
    pairs.append(("Releases", Numbers.count(account.sessions.count)))
    let abandoned = account.sessions.count { $0.state == .abandoned }
    if abandoned > 0 { pairs.append(("", "\(Numbers.count(abandoned)) ended before it was settled, counted in full")) }
    return pairs
  }

  /// What is proved of the sum of the grants (docs/proofs/ledger.md).
  private static func promise(_ account: LedgerReport.DatasetAccount) -> String? {
    guard account.grantedDelta.value > 0 else { return nil }
    let limit = "e to the power \(Numbers.short(account.grantedEpsilon.value))"
    let chance = "apart from a chance of \(Numbers.short(account.grantedDelta.value))"
    guard account.parts > 1 else { return "whatever is released is at most \(limit) times likelier with a person than without, \(chance)" }
    return "whatever was released is at most \(limit) times likelier with a person than without, \(chance): counted as the "
      + "\(Numbers.count(account.parts, "part")) turned out that were granted, each after answers to the one before"
  }

  private static func left(_ account: LedgerReport.DatasetAccount) -> String {
    let (epsilon, delta) = (account.furtherEpsilon.value, account.leftDelta.value)
    if delta <= 0 { return "nothing: no delta is left. Before a further release: `understudy budget grant FILE --epsilon E --delta D`" }
    if epsilon <= 0 {
      return "too little epsilon for a release; delta \(Numbers.short(delta)). First: `understudy budget grant FILE --epsilon E`"
    }
    return "a further release of epsilon \(Numbers.shortBelow(epsilon)) at delta \(Numbers.short(delta))"
  }

  static func history(_ report: BudgetReport, terminal: Terminal) -> String {
    var page = Section(terminal: terminal)
    guard !report.datasets.isEmpty else { return "The ledger \(report.ledger) holds no dataset yet." }
    for account in report.datasets {
      page.heading("\(account.dataset.name)  (first seen \(account.firstSeen))")
      page.table(events(account))
    }
    page.heading("Ledger: \(report.ledger)")
    return page.text
  }

  private static func events(_ account: LedgerReport.DatasetAccount) -> TextTable {
    var rows: [(sequence: Int64, cells: [String])] = account.grants.map { grant in
      let amount = "epsilon \(Numbers.short(grant.epsilon.value)), delta \(Numbers.short(grant.delta.value))"
      return (grant.sequence, [grant.time, "grant", amount, grant.origin])
    }
    rows += account.sessions.map { session in
      let amount = "rho \(Numbers.short(session.counted.rho.value)), delta \(Numbers.short(session.counted.delta.value))"
      let charges = Numbers.count(session.charges.count, "charge")
      return (session.sequence, [session.opened, "release", amount, "\(session.purpose); \(words(session.state)), \(charges)"])
    }
    var table = TextTable([("When", .left), ("What", .left), ("Amount", .left), ("Remarks", .left)])
    for row in rows.sorted(by: { $0.sequence < $1.sequence }) { table.add(row.cells) }
    return table
  }

  private static func words(_ state: LedgerReport.SessionState) -> String {
    switch state {
    case .open: "at work, counted in full"
    case .closed: "settled"
    case .abandoned: "ended before it was settled, counted in full"
    }
  }
}
