import Foundation
import Manifests
import Releases
import Understudy

/// The plan and the result of a release of linked tables, for people.
enum LinkedPages {
  static func text(_ plan: LinkedReleasePlan, folder: String, terminal: Terminal) -> String {
    var page = Section(terminal: terminal)
    page.heading("Plan for the tables of \(folder). Nothing was read or spent.")
    page.pairs([
      Section.guarantee(epsilon: plan.epsilon, delta: plan.delta, rho: plan.rho),
      ("Protects", "each person, with every row of theirs in every table"),
    ])
    page.heading("What is asked about")
    var table = TextTable([("Table", .left), ("Belongs to", .left), ("Columns of its view", .left)])
    for asked in plan.tables {
      table.add(asked.name, asked.owner ?? "", asked.columns.joined(separator: ", "))
    }
    page.table(table)
    page.heading("The budget, in percent")
    page.pairs(plan.shares.sorted { $0.key < $1.key }.map { ($0.key, Numbers.fixed($0.value, 0)) })
    page.line(
      "Under about \(Numbers.count(plan.fewPeople)) people this budget tells little of what one event says about the next; fewer views "
        + "are then asked.")
    page.hazards(plan.hazards)
    return page.text
  }

  static func text(_ summary: LinkedSummary, terminal: Terminal) -> String {
    var page = Section(terminal: terminal)
    let ink = terminal.outputInk
    page.heading(
      summary.isPrivate ? ink.green("Release made") : ink.red("Test release made: NOT PRIVATE"))
    page.pairs(
      [
        ("Folder", InputFile.name(summary.release)),
        ("People", Numbers.count(summary.people)),
      ] + summary.rows.sorted { $0.key < $1.key }.map { ($0.key, Numbers.count($0.value, "row")) }
        + [
          (
            "Guarantee",
            summary.isPrivate
              ? "epsilon \(Numbers.short(summary.epsilon)), delta \(Numbers.short(summary.delta)), by person"
              : "none: a seed was used"
          ),
          (
            "Report",
            InputFile.name(summary.release.appendingPathComponent(ReleaseArtefact.report.name))
          ),
        ])
    if !summary.unlearned.isEmpty {
      page.heading("Nothing could be learned at this budget about")
      page.list(summary.unlearned)
    }
    page.notices(hazards: summary.hazards, ownerMessages: summary.ownerMessages)
    return page.text
  }
}
