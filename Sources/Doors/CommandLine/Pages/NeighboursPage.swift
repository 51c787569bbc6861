import Audits
import Understudy

/// The findings of the audit of neighbouring files.
package enum NeighboursPage {
  /// Shows a report, and throws if a claim was refuted, so that the exit code says so too.
  package static func show(_ report: NeighbourReport, on console: Console) throws {
    if console.isJSON {
      try console.show(json: report)
    } else if !console.isQuiet || !report.hasPassed {
      console.show(text(report, terminal: console.terminal))
    }
    guard report.hasPassed else { throw AdverseVerdict() }
  }

  package static func text(_ report: NeighbourReport, terminal: Terminal) -> String {
    var page = Section(terminal: terminal)
    page.heading("Pairs of neighbouring files")
    page.table(table(report.pairs))
    page.line("")
    page.line(
      "Claimed: the epsilon that was asked for. At least: what the runs prove, for all events together and however long they went on; 0 "
        + "where nothing was seen. Rounds: runs on each of the two files that count.")
    page.line(
      "All these bounds hold together, but for a chance of \(Numbers.short(report.falseAlarm)). \(Numbers.count(report.runs, "run")), "
        + "\(Numbers.duration(report.cpuSeconds)) of processor time. The largest bound is "
        + "\(Numbers.percent(report.largestShare)) of its claim.")
    if let most = report.gradients.map(\.moved).max() {
      page.line(
        "\(Numbers.count(report.gradients.count, "step")) of training, each with one person more too: the clipped sum moved by "
          + "\(Numbers.fixed(most, 3)) D at most, where D is claimed.")
    }
    if report.pairsLeftOut > 0 {
      page.line(
        "\(Numbers.count(report.pairsLeftOut, "pair was", "pairs were")) left out: the time was over, or --first had found one."
      )
    }
    if !report.hasPassed {
      page.heading("Contradictions")
      page.list(report.failures)
    }
    page.heading(verdict(report, ink: terminal.outputInk))
    return page.text
  }

  private static func verdict(_ report: NeighbourReport, ink: Ink) -> String {
    if let gradient = report.gradients.first(where: \.isRefuted) {
      return ink.red(
        "Gradients contradict their claim: one person more moves a clipped sum by \(Numbers.fixed(gradient.moved, 3)) D, where D is "
          + "claimed, and others' parts of it too.")
    }
    let broken = report.pairs.filter(\.isRefuted)
    guard let first = broken.first else {
      return ink.green(
        "No pair contradicts its claim: \(Numbers.count(report.pairs.count, "pair")), \(Numbers.count(report.runs, "run"))."
      )
    }
    let others = broken.count > 1 ? ", and so do \(Numbers.count(broken.count - 1, "other"))" : ""
    return ink.red(
      "Pair \(first.number) contradicts its claim: epsilon is at least \(Numbers.fixed(first.provedEpsilon, 3)), where "
        + "\(Numbers.short(first.claimedEpsilon)) is claimed, by \(Numbers.count(first.rounds, "run")) on each file\(others)."
    )
  }

  private static func table(_ pairs: [NeighbourReport.Pair]) -> TextTable {
    var table = TextTable([
      ("Pair", .right), ("Claimed", .right), ("At least", .right), ("Rounds", .right), ("", .left),
      ("What", .left),
    ])
    for pair in pairs {
      table.add(
        "\(pair.number)", Numbers.short(pair.claimedEpsilon), Numbers.fixed(pair.provedEpsilon, 3),
        Numbers.count(pair.rounds),
        pair.isRefuted ? "REFUTED" : "", pair.description)
    }
    return table
  }
}
