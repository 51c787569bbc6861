import Attacks
import Basics
import Foundation
import Releases

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
    ([LeakFigures.firstLine, "", tables, "", "![Risk of each attack for each stand-in](why-privacy.svg)", ""]
      + section("Rare people", .rare) + ["<details><summary>Ordinary people</summary>", ""] + section("Ordinary people", .ordinary)
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
    guard report.holds else { return "**The story does not hold:** " + report.failures.joined(separator: " ") }
    return "**\(report.leaking.count) of \(report.attacks.count) attacks learn of the rare people from the stand-in without privacy; none "
      + "does from the stand-in with privacy.** " + power
  }

  /// The meaning of "none": the leaks that would have been seen.
  private var power: String {
    let leaks = report.standIn(.protected)?.leaks.filter { $0.group == .rare } ?? []
    guard let least = leaks.map(\.smallestDetectable).min(), let most = leaks.map(\.smallestDetectable).max() else { return "" }
    let risks = "\(NumberText.percent(least)) to \(NumberText.percent(most))"
    return "On the table itself the attacks succeed; with privacy a risk of \(risks), by attack, would have lain above zero with 95 % "
      + "confidence."
  }

  private func section(_ title: String, _ group: TargetGroup) -> [String] {
    [
      "### \(title)", "", "| attack | stand-in | people | on them | on strangers | risk | 95 % interval | would have shown |",
      "|---|---|--:|--:|--:|--:|--:|--:|",
    ]
      + report.attacks.flatMap { attack in
        StandInKind.allCases.compactMap { kind in report.standIn(kind)?.leak(attack, group).map { row($0, kind) } }
      } + [""]
  }

  private func row(_ leak: Leak, _ kind: StandInKind) -> String {
    let risk = NumberText.percent(leak.risk.value)
    let cells = [
      LeakWording.title(leak.attack), LeakWording.title(kind, report.settings), NumberText.count(leak.attempts),
      LeakWording.share(leak.successes, of: leak.attempts), LeakWording.share(leak.successesOnStrangers, of: leak.strangers),
      leak.isShown ? "**\(risk)**" : risk, LeakWording.interval(leak.risk), NumberText.percent(leak.smallestDetectable),
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }

  private var quality: [String] {
    let standIns = report.standIns.filter { $0.kind != .original && $0.tables > 0 }
    let rows =
      [("other people of the same laws", report.strangers, "–")]
      + standIns.map {
        (LeakWording.title($0.kind, report.settings), $0.distances, LeakWording.share($0.occupationsNamed, of: $0.occupations))
      }
    return ["### What it costs", "", "| table | 1-way | 2-way | 3-way | rare occupations named |", "|---|--:|--:|--:|--:|"]
      + rows.map { name, distances, named in
        let figures = [distances.oneWay, distances.twoWay, distances.threeWay].map { NumberText.decimal($0, digits: 3) }
        return "| \(([name] + figures + [named]).joined(separator: " | ")) |"
      }
  }
}
