import Analyses
import Basics
import Foundation
import Releases

/// Numbers with intervals, for people.
enum FindingsTable {
  static func text(_ estimation: Estimation, terminal: Terminal) -> String {
    var page = Section(terminal: terminal)
    page.heading("\(estimation.analysis.kind.rawValue), from the release alone")
    add(estimation.findings, level: estimation.analysis.level, to: &page)
    page.line(estimation.note)
    return page.text
  }

  static func text(_ summary: AskSummary, folder: String, terminal: Terminal) -> String {
    let answer = summary.answer
    var page = Section(terminal: terminal)
    page.heading("\(answer.analysis.kind.rawValue), from the real table")
    add(answer.findings, level: answer.analysis.level, standIn: answer.standIn, to: &page)
    let price =
      "epsilon \(NumberText.parameter(answer.guarantee.epsilon)) at delta \(NumberText.small(answer.guarantee.delta))"
    page.line(
      summary.wasStored
        ? "This was asked before at \(price): the stored answer, at no further cost."
        : "Charged: \(price).")
    page.line(
      "Wrote \(folder): answer.html to read, answer.json for programs, answer.signature.json for `understudy verify \(folder)`."
    )
    return page.text
  }

  static func text(_ plan: AskPlan, terminal: Terminal) -> String {
    var page = Section(terminal: terminal)
    page.heading(
      "\(plan.analysis.kind.rawValue), on the stand-in (its own relations, without noise of its own)"
    )
    add(plan.standIn, level: plan.analysis.level, to: &page)
    page.heading("Half of the \(level(plan.analysis.level)) interval to expect from the real table")
    let names = plan.standIn.numbers.map(\.name)
    var table = TextTable(
      [("", .left)] + plan.predictions.map { ("eps \(NumberText.parameter($0.epsilon))", .right) })
    for (index, name) in names.enumerated() {
      table.add(
        [name] + plan.predictions.map { $0.findings.numbers[index].reach.map(number) ?? "unknown" })
    }
    page.table(table)
    page.heading(plan.advice)
    return page.text
  }

  private static func add(
    _ findings: Findings, level: Double, standIn: Findings? = nil, to page: inout Section
  ) {
    if !findings.numbers.isEmpty {
      let others = Dictionary((standIn?.numbers ?? []).map { ($0.name, $0) }) { first, _ in first }
      var table = TextTable(
        [
          ("", .left), (findings.measure, .right), ("\(self.level(level)) interval", .right),
          ("noise", .right),
        ]
          + (standIn == nil ? [] : [("stand-in", .right)]))
      for finding in findings.numbers {
        let own = others[finding.name]?.estimate.map(number) ?? ""
        let shown: [String] =
          if let estimate = finding.estimate, let low = finding.low, let high = finding.high {
            [
              finding.name, number(estimate), "\(number(low)) to \(number(high))",
              NumberText.percent(finding.noiseShare ?? 0),
            ]
          } else {
            [finding.name, "not known", "", ""]
          }
        table.add(shown + (standIn == nil ? [] : [own]))
      }
      page.table(table)
    }
    for remark in Set(findings.numbers.compactMap(\.remark)).sorted() { page.line(remark) }
    for test in findings.tests {
      page.line("\(test.name): statistic \(number(test.statistic)), p = \(number(test.pValue))")
    }
  }

  private static func level(_ level: Double) -> String { String(format: "%g %%", level * 100) }

  private static func number(_ value: Double) -> String { String(format: "%.4g", value) }
}
