import Audits
import Understudy

/// The findings of the audits of mechanisms.
package enum AuditPage {
  /// Shows a report, and throws if a claim was refuted, so that the exit code says so too.
  package static func show(_ report: AuditReport, on console: Console) throws {
    if console.isJSON {
      try console.show(json: report)
    } else if !console.isQuiet || !report.hasPassed {
      console.show(text(report, terminal: console.terminal))
    }
    guard report.hasPassed else { throw AdverseVerdict() }
  }

  package static func text(_ report: AuditReport, terminal: Terminal) -> String {
    var page = Section(terminal: terminal)
    let ink = terminal.outputInk
    page.heading(
      report.hasPassed
        ? ink.green("No claim is refuted")
        : ink.red("A CLAIM IS REFUTED: release nothing with this build, and report the fault"))
    page.list(report.failures)
    page.heading("Epsilon")
    page.table(table(report.audits))
    page.line("")
    page.line(
      "Claimed: proved to hold at this delta. Charged: what the budget pays for it. At least: what the runs prove. The share is "
        + "that of the claim which was seen; a small one proves nothing, one above 1 a fault. * The claim is a delta at an epsilon of 0, "
        + "and so is what the runs prove.")
    page.line(
      "All these lower bounds hold together, but for a chance of \(Numbers.short(report.falseAlarm)). "
        + "\(Numbers.duration(report.audits.reduce(0) { $0 + $1.cpuSeconds })) of processor time.")
    return page.text
  }

  private static func table(_ audits: [AuditResult]) -> TextTable {
    var table = TextTable([
      ("Mechanism", .left), ("Delta", .right), ("Claimed", .right), ("Charged", .right),
      ("At least", .right), ("Share", .right),
      ("Runs", .right), ("", .left),
    ])
    for audit in audits {
      let isDelta = audit.claimedEpsilon == 0
      let runs = audit.canaries.map { "\(Numbers.count($0)) canaries" } ?? Numbers.count(audit.runs)
      table.add(
        audit.name, Numbers.short(audit.delta),
        isDelta ? "*" : Numbers.fixed(audit.claimedEpsilon, 3),
        audit.chargedEpsilon.map { Numbers.fixed($0, 3) } ?? "-",
        isDelta
          ? "*\(Numbers.short(audit.empiricalDelta))" : Numbers.fixed(audit.empiricalEpsilon, 3),
        Numbers.fixed(audit.ratio, 2), runs,
        audit.failures.isEmpty ? "" : "REFUTED")
    }
    return table
  }
}
