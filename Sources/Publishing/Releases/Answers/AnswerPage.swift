import Analyses
import Basics
import Foundation
import Reports

/// `answer.html`: an answer for people, in one file that needs nothing else.
enum AnswerPage {
  static func html(_ answer: AnswerDocument) -> String {
    let promise =
      answer.guarantee.isPrivate
      ? "epsilon \(NumberText.parameter(answer.guarantee.epsilon)), delta \(NumberText.small(answer.guarantee.delta))"
      : "NOT PRIVATE: this run was seeded or watched. Do not share it"
    return """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
      <title>Answer: \(SVG.escape(title(answer)))</title><style>\(ReportStyle.sheet)</style></head>
      <body><header class="top"><p class="overline">Understudy · an answer from the real table</p>
      <h1>\(SVG.escape(title(answer)))</h1><p class="lead">\(SVG.escape(promise)).</p></header>
      <main><section><h2>Numbers</h2>\(numbers(answer))\(tests(answer))</section>
      <section><h2>Methods</h2><p>\(SVG.escape(answer.methods))</p></section></main></body></html>

      """
  }

  private static func title(_ answer: AnswerDocument) -> String {
    "\(answer.analysis.kind.rawValue) on \(answer.table)"
  }

  private static func numbers(_ answer: AnswerDocument) -> String {
    guard !answer.findings.numbers.isEmpty else { return "" }
    let names = Dictionary((answer.standIn?.numbers ?? []).map { ($0.name, $0) }) { first, _ in
      first
    }
    let rows = answer.findings.numbers.map { number in
      let standIn = names[number.name]?.estimate.map(text) ?? ""
      guard let estimate = number.estimate, let low = number.low, let high = number.high else {
        return
          "<tr><th scope=\"row\">\(SVG.escape(number.name))</th><td colspan=\"3\">\(SVG.escape(number.remark ?? ""))</td>"
          + "<td>\(standIn)</td></tr>"
      }
      return
        "<tr><th scope=\"row\">\(SVG.escape(number.name))</th><td>\(text(estimate))</td><td>\(text(low)) to \(text(high))</td>"
        + "<td>\(NumberText.percent(number.noiseShare ?? 0))</td><td>\(standIn)</td></tr>"
    }
    let heads = [
      "", answer.findings.measure, "\(MethodsWording.percent(answer.analysis.level)) interval",
      "noise in the variance", "stand-in",
    ]
    return "<table><thead><tr>" + heads.map { "<th>\(SVG.escape($0))</th>" }.joined()
      + "</tr></thead><tbody>\(rows.joined())</tbody></table>"
  }

  private static func tests(_ answer: AnswerDocument) -> String {
    answer.findings.tests.map { test in
      "<p>\(SVG.escape(test.name)): statistic \(text(test.statistic)), p = \(text(test.pValue)).</p>"
    }.joined()
  }

  /// Returns four significant digits.
  static func text(_ value: Double) -> String { String(format: "%.4g", value) }
}
