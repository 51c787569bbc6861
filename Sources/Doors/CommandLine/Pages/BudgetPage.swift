import Accounting
import Ledger
import Understudy

/// Budgets, as their owner reads them.
enum BudgetPage {
  static func accounts(_ report: BudgetReport, explains: Bool = false, terminal: Terminal) -> String
  {
    var page = Section(terminal: terminal)
    guard !report.accounts.isEmpty else {
      return "The ledger \(report.ledger) holds no dataset yet."
    }
    for account in report.accounts {
      page.heading(heading(account))
      page.pairs(pairs(account, terminal: terminal))
      if explains { page.line(BudgetExplanation.sentence(account)) }
    }
    page.heading("Ledger: \(report.ledger)")
    return page.text
  }

  /// Describes a lone dataset by its size, and a shared budget by its kind.
  private static func heading(_ account: LedgerReport.Account) -> String {
    guard account.dataset == nil else {
      return
        "\(account.name)  (\(Numbers.count(account.rows, "row")), \(Numbers.count(account.columns, "column")))"
    }
    let kind = account.populations.isEmpty ? "one budget of" : "population of"
    let also = account.populations.dropFirst().map { ", also called \($0)" }.joined()
    return "\(account.name)  (\(kind) \(Numbers.count(account.datasets.count, "dataset"))\(also))"
  }

  private static func pairs(_ account: LedgerReport.Account, terminal: Terminal) -> [(
    String, String
  )] {
    let granted = account.grantedEpsilon.value
    var pairs: [(String, String)] = []
    if account.dataset == nil {
      for (index, dataset) in account.datasets.enumerated() {
        let size =
          "\(Numbers.count(dataset.rows, "row")), \(Numbers.count(dataset.columns, "column"))"
        pairs.append(
          (
            index == 0 ? "Datasets" : "",
            "\(dataset.dataset.name)  (\(size); key \(dataset.dataset.shortKey))"
          ))
      }
    }
    pairs.append(
      (
        "Granted",
        "epsilon \(Numbers.short(granted)), delta \(Numbers.short(account.grantedDelta.value))"
      ))
    if let used = account.usedEpsilon?.value {
      let bar =
        terminal.isOutputWatched && granted > 0
        ? "  " + Blocks.bar(used / granted, width: 20) + "|" : ""
      pairs.append(
        (
          "Used",
          "epsilon \(Numbers.short(used)), delta \(Numbers.short(account.used.delta.value))\(bar)"
        ))
    } else {
      pairs.append(("Used", "all of the granted delta, so that no epsilon is left"))
    }
    if let point = account.usedCurve.points.last(where: {
      $0.delta >= account.grantedDelta.value * (1 - 1e-9)
    }), account.parts > 1 {
      pairs.append(
        (
          "",
          "as one budget: epsilon \(Numbers.short(point.epsilon)) at delta \(Numbers.short(point.delta))"
        ))
    }
    pairs.append(("Left", left(account)))
    if let promise = promise(account) { pairs.append(("Promise", promise)) }
    pairs.append(("Releases", Numbers.count(account.sessions.count)))
    let abandoned = account.sessions.count { $0.state == .abandoned }
    if abandoned > 0 {
      pairs.append(("", "\(Numbers.count(abandoned)) ended before it was settled, counted in full"))
    }
    return pairs
  }

  /// Returns the proved promise for the sum of the grants (docs/proofs/ledger.md).
  private static func promise(_ account: LedgerReport.Account) -> String? {
    guard account.promisedDelta.value > 0 else { return nil }
    let limit = "e to the power \(Numbers.short(account.promisedEpsilon.value))"
    let chance = "apart from a chance of \(Numbers.short(account.promisedDelta.value))"
    if account.isJoined {
      return
        "whatever was released is at most \(limit) times likelier with a person than without, \(chance): the sums of the budgets "
        + "that were joined, of which the smaller limits what may follow"
    }
    guard account.parts > 1 else {
      return
        "whatever is released is at most \(limit) times likelier with a person than without, \(chance)"
    }
    return
      "whatever was released is at most \(limit) times likelier with a person than without, \(chance) on average: counted as the "
      + "\(Numbers.count(account.parts, "part")) turned out that were granted, each after answers to the one before"
  }

  private static func left(_ account: LedgerReport.Account) -> String {
    let (epsilon, delta) = (account.furtherEpsilon.value, account.leftDelta.value)
    let receiver = account.populations.first.map { "--people \($0)" } ?? "FILE"
    if delta <= 0 {
      return
        "nothing: no delta is left. Before a further release: `understudy budget grant \(receiver) --epsilon E --delta D`"
    }
    if epsilon <= 0 {
      return
        "too little epsilon for a release; delta \(Numbers.short(delta)). First: `understudy budget grant \(receiver) --epsilon E`"
    }
    return
      "a further release of epsilon \(Numbers.shortBelow(epsilon)) at delta \(Numbers.short(delta))"
  }

  static func history(_ report: BudgetReport, terminal: Terminal) -> String {
    var page = Section(terminal: terminal)
    guard !report.accounts.isEmpty else {
      return "The ledger \(report.ledger) holds no dataset yet."
    }
    for account in report.accounts {
      page.heading("\(account.name)  (first seen \(account.firstSeen))")
      page.table(events(account))
    }
    page.heading("Ledger: \(report.ledger)")
    return page.text
  }

  private static func events(_ account: LedgerReport.Account) -> TextTable {
    var rows: [(sequence: Int64, cells: [String])] = account.grants.map { grant in
      let amount =
        "epsilon \(Numbers.short(grant.epsilon.value)), delta \(Numbers.short(grant.delta.value))"
      return (
        grant.sequence,
        [
          grant.time, "grant", amount,
          grant.origin + (grant.isCounted ? "" : "; not counted since budgets were joined"),
        ]
      )
    }
    rows += account.sessions.map { session in
      let amount =
        "rho \(Numbers.short(session.counted.rho.value)), delta \(Numbers.short(session.counted.delta.value))"
      let charges = Numbers.count(session.charges.count, "charge")
      let source = account.dataset == nil ? "\(session.dataset): " : ""
      return (
        session.sequence,
        [
          session.opened, "release", amount,
          "\(source)\(session.purpose); \(words(session.state)), \(charges)",
        ]
      )
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
