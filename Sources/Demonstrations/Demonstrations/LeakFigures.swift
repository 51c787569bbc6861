import Attacks
import Basics
import Foundation
import Reports

/// The figures of docs/why-privacy.md, in Markdown.
package struct LeakFigures {
  /// The lines between which the page holds the command's output.
  package static let firstLine = "<!-- figures: written by make why-privacy -->"
  package static let lastLine = "<!-- end of figures -->"

  let report: RarePeopleReport

  package init(_ report: RarePeopleReport) { self.report = report }

  /// The picture, to be kept beside the page.
  package var picture: String { LeakChart(report: report).file() }

  package var markdown: String {
    ([
      LeakFigures.firstLine, "", tables, "",
      "![Risk of each attack for each stand-in](why-privacy.svg)", "",
    ]
      + section("Rare people", .rare) + ["<details><summary>Ordinary people</summary>", ""]
      + section("Ordinary people", .ordinary)
      + ["</details>", ""] + quality + ["", LeakFigures.lastLine, ""])
      .joined(separator: "\n")
  }

  private var tables: String {
    let settings = report.settings
    let people = settings.ordinary + settings.rare
    return
      "\(NumberText.plural(settings.tables, "table", "tables")) of \(NumberText.count(people)) people, \(settings.rare) of them rare with "
      + "\(NumberText.plural(settings.visits, "visit", "visits")) each; stand-ins without privacy of "
      + "\(settings.tablesWithoutPrivacy) of them, with privacy (ε = \(NumberText.parameter(settings.epsilon)), "
      + "δ = \(NumberText.small(settings.delta))) of all. " + verdict
  }

  private var verdict: String {
    guard report.holds else {
      return "**The story does not hold:** " + report.failures.joined(separator: " ")
    }
    return
      "**\(report.leaking.count) of \(report.attacks.count) attacks learn of the rare people from the stand-in without privacy; none "
      + "does from the stand-in with privacy.** " + power
  }

  /// The meaning of "none": the leaks that would have been seen.
  private var power: String {
    let leaks = report.standIn(.protected)?.leaks.filter { $0.group == .rare } ?? []
    guard let least = leaks.map(\.smallestDetectable).min(),
      let most = leaks.map(\.smallestDetectable).max()
    else { return "" }
    let risks = "\(NumberText.percent(least)) to \(NumberText.percent(most))"
    return
      "On the table itself the attacks succeed; with privacy a risk of \(risks), by attack, would have lain above zero with 95 % "
      + "confidence."
  }

  private func section(_ title: String, _ group: TargetGroup) -> [String] {
    [
      "### \(title)", "",
      "| attack | stand-in | people | on them | on strangers | risk | 95 % interval | would have shown |",
      "|---|---|--:|--:|--:|--:|--:|--:|",
    ]
      + report.attacks.flatMap { attack in
        StandInKind.allCases.compactMap { kind in
          report.standIn(kind)?.leak(attack, group).map { row($0, kind) }
        }
      } + [""]
  }

  private func row(_ leak: Leak, _ kind: StandInKind) -> String {
    let risk = NumberText.percent(leak.risk.value)
    let cells = [
      LeakWording.title(leak.attack), LeakWording.title(kind, report.settings),
      NumberText.count(leak.attempts),
      LeakWording.share(leak.successes, of: leak.attempts),
      LeakWording.share(leak.successesOnStrangers, of: leak.strangers),
      leak.isShown ? "**\(risk)**" : risk, LeakWording.interval(leak.risk),
      NumberText.percent(leak.smallestDetectable),
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }

  private var quality: [String] {
    let standIns = report.standIns.filter { $0.kind != .original && $0.tables > 0 }
    let rows =
      [("other people of the same laws", report.strangers, "–")]
      + standIns.map {
        (
          LeakWording.title($0.kind, report.settings), $0.distances,
          LeakWording.share($0.occupationsNamed, of: $0.occupations)
        )
      }
    return [
      "### What it costs", "", "| table | 1-way | 2-way | 3-way | rare occupations named |",
      "|---|--:|--:|--:|--:|",
    ]
      + rows.map { name, distances, named in
        let figures = [distances.oneWay, distances.twoWay, distances.threeWay].map {
          NumberText.decimal($0, digits: 3)
        }
        return "| \(([name] + figures + [named]).joined(separator: " | ")) |"
      }
  }
}

/// Words for the findings of the demonstration.
private enum LeakWording {
  static func title(_ attack: String) -> String {
    switch attack {
    case "inference-of-diagnosis": "Guess the diagnosis"
    case "inference-of-finding": "Guess the finding"
    case "linkability": "Link what is known to the rest of the row"
    case "singling-out": "Single the person out"
    case "membership": "Tell that the person was in the table"
    case "copies": "Find the person's whole row"
    default: attack
    }
  }

  static func title(_ kind: StandInKind, _ settings: RarePeopleSettings) -> String {
    kind == .protected ? "GAN, ε = \(NumberText.parameter(settings.epsilon))" : kind.title
  }

  static func interval(_ risk: RiskEstimate) -> String {
    "\(NumberText.percent(risk.low)) to \(NumberText.percent(risk.high))"
  }

  static func share(_ successes: Int, of attempts: Int) -> String {
    attempts > 0 ? NumberText.percent(Double(successes) / Double(attempts)) : "–"
  }
}

/// Draws how much each attack learned about the rare people from each stand-in: a bar for the risk
/// and a line for its interval.
private struct LeakChart {
  let report: RarePeopleReport

  private static let width = 640.0
  private static let left = 168.0
  private static let plot = 400.0
  private static let lineHeight = 18.0
  private static let groupHeight = 84.0

  func file() -> String {
    let bottom = Double(report.attacks.count) * Self.groupHeight
    var svg = SVG(width: Self.width, height: bottom + 30)
    svg.rect(x: 0, y: 0, width: Self.width, height: bottom + 30, class: "paper")
    for mark in [0, 0.25, 0.5, 0.75, 1] {
      svg.path("M\(SVG.number(Self.x(mark))) 6V\(SVG.number(bottom))", class: "grid")
      svg.text(
        NumberText.percent(mark), x: Self.x(mark), y: bottom + 16, class: "quiet", anchor: .middle)
    }
    for (index, attack) in report.attacks.enumerated() {
      let top = Double(index) * Self.groupHeight
      svg.text(LeakWording.title(attack), x: 12, y: top + 20, class: "name")
      for (line, kind) in StandInKind.allCases.enumerated() {
        guard let leak = report.standIn(kind)?.leak(attack, .rare) else { continue }
        draw(leak, kind, top: top + 26 + Double(line) * Self.lineHeight, in: &svg)
      }
    }
    return svg.file(
      title: "What attacks learn of the rare people, by stand-in, with 95 % intervals",
      style: Self.style)
  }

  private func draw(_ leak: Leak, _ kind: StandInKind, top: Double, in svg: inout SVG) {
    let risk = leak.risk
    let words =
      "\(kind.title): \(NumberText.percent(risk.value)), interval \(LeakWording.interval(risk))"
    let middle = SVG.number(top + 7)
    svg.text(LeakWording.title(kind, report.settings), x: 24, y: top + 11, class: "quiet")
    svg.rect(
      x: Self.left, y: top + 1, width: max(Self.plot * risk.value, 1), height: 12,
      class: kind.rawValue, title: words)
    svg.path(
      "M\(SVG.number(Self.x(risk.low))) \(middle)H\(SVG.number(Self.x(risk.high)))",
      class: "interval")
    svg.text(
      NumberText.percent(risk.value), x: Self.width - 12, y: top + 11, class: "figure", anchor: .end
    )
  }

  private static func x(_ share: Double) -> Double { left + plot * share }

  /// Readable on both white and black pages: the picture brings its own paper.
  private static let style =
    "text{font:12px system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif;fill:#1d2733}.name{font-weight:600}.quiet{fill:#56616e}"
    + ".paper{fill:#fbfaf7}.grid{stroke:#dfe1df;fill:none}.interval{stroke:#1d2733;stroke-width:2;fill:none}"
    + ".original{fill:#b3b9be}.without-privacy{fill:#c0504d}.with-privacy{fill:#5fa9ae}"
}
