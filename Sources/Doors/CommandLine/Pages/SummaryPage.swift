import Basics
import Foundation
import Manifests
import Releases
import Understudy

extension SummaryPage {
  /// Returns the page on a run without a guarantee.
  package static func text(_ summary: UnprotectedSynthesis.Summary, terminal: Terminal) -> String {
    var page = Section(terminal: terminal)
    page.heading(terminal.outputInk.red("Trained without a guarantee: NOT PRIVATE"))
    page.pairs([
      ("Folder", InputFile.name(summary.folder)), ("Rows", Numbers.count(summary.rows)),
      ("Guarantee", "none: for comparisons only, never to be shared"),
    ])
    if summary.resumedAtStep > 0 {
      page.line("An interrupted run was taken up at step \(Numbers.count(summary.resumedAtStep)).")
    }
    page.ownerMessages(summary.ownerMessages)
    return page.text
  }
}

/// The result of a release.
package enum SummaryPage {
  package static func text(_ summary: SynthesisSummary, terminal: Terminal) -> String {
    var page = Section(terminal: terminal)
    let ink = terminal.outputInk
    let made =
      summary.learnedColumns == 0
      ? ink.red("Release made, and it is empty") : ink.green("Release made")
    page.heading(summary.isPrivate ? made : ink.red("Test output made: NOT PRIVATE"))
    page.pairs([
      ("Folder", InputFile.name(summary.release)),
      ("Rows", Numbers.count(summary.rows)),
      Section.guarantee(
        epsilon: summary.epsilon, delta: summary.delta, isPrivate: summary.isPrivate),
      (
        "Report",
        InputFile.name(summary.release.appendingPathComponent(ReleaseArtefact.report.name))
      ),
    ])
    if !summary.unlearned.isEmpty { page.line(unlearned(summary)) }
    if let policy = summary.policy {
      page.line(
        summary.laterFailures.isEmpty
          ? "Meets the policy '\(policy)'."
          : ink.red(
            "Published, but does not pass all of the policy '\(policy)', as was found afterwards:"))
      page.list(summary.laterFailures)
    }
    if let report = summary.ownerReport {
      page.line("For you alone, not private: \(InputFile.name(report))")
    }
    page.notices(hazards: summary.hazards, ownerMessages: summary.ownerMessages)
    return page.text
  }

  private static let mostNamed = 12

  private static func unlearned(_ summary: SynthesisSummary) -> String {
    guard summary.learnedColumns > 0 else {
      return
        "Nothing could be learned about any column: every cell is empty. Spend more epsilon, declare bounds and categories that are "
        + "public, or leave columns out; --plan shows beforehand what to expect."
    }
    return
      "Nothing could be learned about \(Numbers.count(summary.unlearned.count, "column")), whose cells are all empty: "
      + "\(NumberText.list(summary.unlearned, most: mostNamed))."
  }
}
