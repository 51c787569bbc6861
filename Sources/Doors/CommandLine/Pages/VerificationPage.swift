import Manifests
import Releases

/// The result of verifying a release.
enum VerificationPage {
  static func text(_ report: VerificationReport, terminal: Terminal) -> String {
    var page = Section(terminal: terminal)
    let ink = terminal.outputInk
    page.heading(
      report.isPassed ? ink.green("Verified") : ink.red("NOT VERIFIED: do not rely on this release")
    )
    for check in report.checks {
      let word =
        switch check.outcome {
        case .passed: "ok"
        case .failed: "FAILED"
        case .notAssessed: "not assessed"
        }
      page.line("\(check.name): \(word). \(check.detail)")
    }
    if report.isPassed, let signer = report.signer,
      !report.checks.contains(where: { $0.name == "trusted-key" })
    {
      page.line(
        "Whose key \(signer.keyID) is, this release cannot prove: compare it with the name that its owner gives you by another way."
      )
    }
    return page.text
  }
}
