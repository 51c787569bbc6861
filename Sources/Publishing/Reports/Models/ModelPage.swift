import Basics
import Foundation
import Prediction

extension ModelReport {
  /// Returns the page `report.html`: one file that needs no other file, no script and no network.
  package func html() -> String { ModelPage(report: self).html }

  /// Returns `model-card.md`: the page in short, as text.
  package var card: String {
    let wording = GuaranteeWording(guarantee)
    let sections = [
      "# A model of \(ModelWording.aim(model)) in \(title)",
      promise,
      ModelWording.formula(model)
        + " `scorecard.json` holds all points, `points.csv` their errors.",
      "## How good it is\n\n" + ModelWording.quality(model).joined(separator: " "),
      "## Cells that are not listed\n\n" + Self.list(ModelWording.rules),
      "## Who may not be judged by it\n\n" + Self.list(ModelWording.limits),
      "## What is promised\n\n" + wording.promises.joined(separator: "\n\n"),
      hazards.isEmpty
        ? nil : "## Hazards\n\n" + Self.list(hazards.map { "\($0.title). \($0.detail)" }),
    ]
    return sections.compactMap(\.self).joined(separator: "\n\n") + "\n"
  }

  /// The promise in one sentence.
  var promise: String {
    guard guarantee.isPrivate else {
      return "This model was made for a test. It promises no privacy: do not share it."
    }
    let unit = GuaranteeWording(guarantee).unitNoun
    return
      "What this model can reveal about any one \(unit) of the table that it was trained on is limited by differential privacy "
      + "(ε = \(NumberText.parameter(guarantee.epsilon)), δ = \(NumberText.small(guarantee.delta)))"
      + (policy.map { ", and it meets the policy ‘\($0)’." } ?? ".")
  }

  private static func list(_ lines: [String]) -> String {
    lines.map { "- \($0)" }.joined(separator: "\n")
  }
}

/// `report.html` of a model.
private struct ModelPage {
  let report: ModelReport

  private var model: PredictiveModel { report.model }

  var html: String {
    let title = SVG.escape("A model of \(ModelWording.aim(model))")
    let banner =
      report.guarantee.isPrivate ? "" : "<p class=\"banner\">NOT PRIVATE: for tests only</p>"
    return """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
      <title>\(title)</title><style>\(ReportStyle.sheet)</style></head>
      <body>\(banner)<header class="top"><p class="overline">Understudy · a private predictive model</p>
      <h1>\(title)</h1><p class="lead">\(SVG.escape(report.promise))</p>\(facts)</header>
      <main>\(hazards)\(formula)\(points)\(quality)\(rules)\(promise)</main>
      <footer><p>\(SVG.escape("\(report.title), \(report.date), made with \(report.software)."))</p></footer></body></html>

      """
  }

  private var facts: String {
    let wording = GuaranteeWording(report.guarantee)
    let facts = [
      ("Privacy loss ε", NumberText.parameter(report.guarantee.epsilon), wording.strength),
      ("Chance of failure δ", NumberText.small(report.guarantee.delta), wording.deltaNote),
      ("Protects", wording.unitTitle, wording.unitNote),
      ("Trained on", "about \(NumberText.count(model.rows))", "rows"),
      ("Columns", NumberText.count(model.columns.count), "\(model.form.rawValue) model"),
    ]
    return "<dl class=\"facts\">"
      + facts.map {
        "<div><dt>\(SVG.escape($0.0))</dt><dd>\(SVG.escape($0.1))<small>\(SVG.escape($0.2))</small></dd></div>"
      }.joined() + "</dl>"
  }

  private var hazards: String {
    guard !report.hazards.isEmpty else { return "" }
    return "<section><h2>Hazards</h2>"
      + report.hazards.map {
        "<div class=\"notice \($0.severity.rawValue)\"><h3>\(SVG.escape($0.title))</h3><p>\(SVG.escape($0.detail))</p></div>"
      }.joined() + "</section>"
  }

  private var formula: String {
    "<section><h2>How a score is made</h2><p>\(SVG.escape(ModelWording.formula(model)))</p>"
      + "<p>\(SVG.escape(ModelWording.method(model)))</p></section>"
  }

  /// A number's points are shown over its whole range, so that they compare with those of bins.
  private var points: String {
    let largest = model.columns.flatMap(\.lines).map(\.drawnPoints).max() ?? 1
    let cards = model.columns.map { column in
      let isLine = column.lines.contains { if case .unit = $0.cells { true } else { false } }
      let chart = isLine ? "" : PointsChart(column: column, largest: largest).svg()
      let rows = column.lines.map { line in
        "<tr><th scope=\"row\">\(SVG.escape(ModelWording.label(line.cells)))</th><td class=\"n\">\(ModelWording.short(line.points))</td>"
          + "<td class=\"n\">\(line.error.map { "± \(ModelWording.short($0))" } ?? "not learned")</td>"
          + "<td class=\"n\">\(line.share.map(NumberText.percent) ?? "")</td></tr>"
      }.joined()
      let table =
        "<table><thead><tr><th>cells</th><th class=\"n\">points</th><th class=\"n\">error</th>"
        + "<th class=\"n\">rows</th></tr></thead><tbody>\(rows)</tbody></table>"
      return "<div class=\"card\"><h3>\(SVG.escape(column.name))</h3>\(chart)"
        + (isLine ? table : "<details><summary>Figures</summary>\(table)</details>") + "</div>"
    }
    let leftOut =
      model.leftOut.isEmpty
      ? ""
      : "<p>Not used: "
        + SVG.escape(model.leftOut.map { "\($0.name) (\($0.words))" }.joined(separator: "; "))
        + ".</p>"
    return
      "<section><h2>Points of each column</h2><p>Bars to the right raise the score. A line shows one standard error to "
      + "either side: of the sample, and of the noise added for privacy. Columns count as unrelated in it, so that it is too short "
      + "where two columns say much the same.</p>"
      + "<div class=\"cards points\">\(cards.joined())</div>\(leftOut)</section>"
  }

  private var quality: String {
    let rows = model.assessment.bins.filter { $0.observed != nil }.map { bin in
      "<tr><th scope=\"row\">\(ModelWording.short(bin.predicted))</th><td>\(ModelWording.short(bin.observed ?? 0))"
        + " ± \(ModelWording.short(bin.error ?? 0))</td><td>\(NumberText.count(Int(bin.rows.rounded())))</td></tr>"
    }.joined()
    let table =
      rows.isEmpty
      ? ""
      : "<table><thead><tr><th>predicted</th><th>observed</th><th>rows, about</th></tr></thead><tbody>\(rows)</tbody></table>"
    return
      "<section><h2>How good it is</h2>\(paragraphs(ModelWording.quality(model)))\(table)</section>"
  }

  private var rules: String {
    "<section><h2>Cells that are not listed</h2>\(list(ModelWording.rules))</section>"
      + "<section><h2>Who may not be judged by it</h2>\(list(ModelWording.limits))</section>"
  }

  private var promise: String {
    let wording = GuaranteeWording(report.guarantee)
    let scope = GuaranteeScope.outside.map {
      "<div><dt>\(SVG.escape($0.title))</dt><dd>\(SVG.escape($0.detail))</dd></div>"
    }.joined()
    return "<section><h2>What is promised</h2>\(paragraphs(wording.promises + wording.losses))"
      + "<h3>What the promise does not cover</h3><dl class=\"scope\">\(scope)</dl></section>"
  }

  private func paragraphs(_ sentences: [String]) -> String {
    sentences.map { "<p>\(SVG.escape($0))</p>" }.joined()
  }

  private func list(_ lines: [String]) -> String {
    "<ul>" + lines.map { "<li>\(SVG.escape($0))</li>" }.joined() + "</ul>"
  }
}

extension ColumnPoints.Line {
  /// The size of the points in a picture; 0 for a number's unit, which is not drawn.
  fileprivate var drawnPoints: Double {
    if case .unit = cells { return 0 }
    return abs(points) + (error ?? 0)
  }
}
