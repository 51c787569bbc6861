import Foundation
import Releases

/// What a release came to.
package enum SummaryPage {
  package static func text(_ summary: SynthesisSummary, terminal: Terminal) -> String {
    var page = Section(terminal: terminal)
    let ink = terminal.outputInk
    page.heading(summary.isPrivate ? ink.green("Release made") : ink.red("Test output made: NOT PRIVATE"))
    page.pairs([
      ("Folder", InputFile.name(summary.release)),
      ("Rows", Numbers.count(summary.rows)),
      (
        "Guarantee",
        summary.isPrivate ? "epsilon \(Numbers.short(summary.epsilon)), delta \(Numbers.short(summary.delta))" : "none: a seed was used"
      ),
      ("Report", InputFile.name(summary.release.appendingPathComponent("report.html"))),
    ])
    if let policy = summary.policy { page.line("Meets the policy '\(policy)'.") }
    if let report = summary.ownerReport {
      page.line("For you alone, not private: \(InputFile.name(report))")
    }
    if !summary.hazards.isEmpty {
      page.heading("Hazards, said in the manifest and the report")
      page.list(summary.hazards)
    }
    if !summary.ownerMessages.isEmpty {
      page.heading("For the owner")
      page.list(summary.ownerMessages)
    }
    return page.text
  }
}
