import Foundation
import Policies
import Understudy

/// The reasons why a release was not published, and the remedies.
enum RefusalPage {
  static func text(_ refusal: GateRefusal, terminal: Terminal) -> String {
    var page = Section(terminal: terminal)
    let ink = terminal.outputInk
    let (failures, lines) = (refusal.verdict.failures, refusal.verdict.lines)
    page.heading(
      ink.red("Refused by the policy '\(refusal.verdict.policy)': nothing was published"))
    page.line(
      "\(failures.count) of \(lines.count) requirements \(failures.count == 1 ? "does" : "do") not pass:"
    )
    page.list(failures.map(\.sentence))
    page.line(
      refusal.isCharged
        ? "The rows were asked, so epsilon \(Numbers.short(refusal.epsilon)) stays charged to the budget."
        : "Nothing was charged: no row was asked.")
    if !refusal.verdict.ownerLines.isEmpty {
      page.line("What attacks showed is for you alone: nobody paid for it, and it is not private.")
    }
    if let report = refusal.ownerReport {
      page.line("All lines and figures, for you alone: \(InputFile.name(report))")
    }
    return page.text
  }
}

/// The same for machines.
struct RefusalDocument: Encodable {
  let verdict = "fail"
  let policy: String
  let failures: [String]
  let lines: [GateLine]
  let isCharged: Bool
  let epsilon: Double
  let ownerReport: String?

  init(_ refusal: GateRefusal) {
    policy = refusal.verdict.policy
    failures = refusal.verdict.failures.map(\.sentence)
    lines = refusal.verdict.lines
    isCharged = refusal.isCharged
    epsilon = refusal.epsilon
    ownerReport = refusal.ownerReport?.path
  }
}

extension Console {
  /// Runs a command's work, and shows why a policy refused it, if one did.
  func judged<Result>(isJSON: Bool, _ work: () throws -> Result) throws -> Result {
    do {
      return try work()
    } catch let refusal as GateRefusal {
      isJSON
        ? try show(json: RefusalDocument(refusal))
        : show(RefusalPage.text(refusal, terminal: terminal))
      throw AdverseVerdict()
    }
  }
}
