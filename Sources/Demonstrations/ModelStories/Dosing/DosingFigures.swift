import Basics
import Reports

/// The figures of the dosing model in docs/why-privacy.md, in Markdown.
package struct DosingFigures {
  let story: DosingStory

  package init(_ story: DosingStory) { self.story = story }

  package var lines: [String] {
    let settings = story.settings
    return [
      "\(settings.tables) tables of \(NumberText.count(settings.members)) invented patients, and \(NumberText.count(settings.strangers)) "
        + "strangers beside each; private models with ε = \(NumberText.parameter(settings.epsilon)), "
        + "δ = \(NumberText.small(settings.delta)).",
      "",
    ] + table + [""]
  }

  /// The table of models.
  package var table: [String] {
    [
      "| model | genotype guessed of members | of strangers | gap | members told from strangers (0.5 is a coin) | dose off by, mg a week |",
      "|---|--:|--:|--:|--:|--:|",
    ]
      + story.findings.map { finding in
        let cells = [
          finding.model.rawValue, NumberText.percent(finding.members.value),
          NumberText.percent(finding.strangers.value),
          "\(NumberText.decimal(finding.gap.value, digits: 3)) ± \(NumberText.decimal(finding.gap.error, digits: 3))",
          finding.membership.map { NumberText.decimal($0.value, digits: 3) } ?? "–",
          finding.doseError.map { NumberText.decimal($0.value, digits: 2) } ?? "–",
        ]
        return "| \(cells.joined(separator: " | ")) |"
      }
  }

  /// The picture, to be kept beside the page: the shares of members and of strangers.
  var picture: String {
    let (left, plot, height) = (210.0, 360.0, 46.0)
    let bottom = Double(story.findings.count) * height + 10
    var svg = SVG(width: left + plot + 90, height: bottom + 30)
    svg.rect(x: 0, y: 0, width: left + plot + 90, height: bottom + 30, class: "paper")
    for mark in [0, 0.25, 0.5, 0.75, 1] {
      svg.path("M\(SVG.number(left + plot * mark)) 6V\(SVG.number(bottom))", class: "grid")
      svg.text(
        NumberText.percent(mark), x: left + plot * mark, y: bottom + 16, class: "quiet",
        anchor: .middle)
    }
    for (row, finding) in story.findings.enumerated() {
      let top = Double(row) * height + 10
      svg.text(finding.model.rawValue, x: 12, y: top + 18, class: "name")
      for (line, group) in [("members", finding.members), ("strangers", finding.strangers)]
        .enumerated()
      {
        let (name, share) = group
        let y = top + Double(line) * 17
        svg.rect(
          x: left, y: y, width: plot * share.value, height: 14, class: name,
          title: "\(name): \(NumberText.percent(share.value))")
        svg.text(
          "\(NumberText.percent(share.value)) of \(name)", x: left + plot * share.value + 6,
          y: y + 11, class: "quiet")
      }
    }
    return svg.file(
      title: "Genotypes guessed of members and of strangers, by model",
      style:
        "text{font:12px system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif;fill:#1d2733}.name{font-weight:600}"
        + ".quiet{fill:#56616e}.paper{fill:#fbfaf7}.grid{stroke:#dfe1df;fill:none}.members{fill:#c0504d}.strangers{fill:#5fa9ae}"
    )
  }
}
