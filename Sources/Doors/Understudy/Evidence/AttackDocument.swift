import Attacks
import Policies
import Quality
import Reports

/// The output of `attack --json`.
package struct AttackDocument: Encodable {
  package enum Verdict: String, Sendable, Codable {
    case pass
    case fail
    /// No leak is shown, but the attacks could not have excluded one.
    case saysNothing = "says-nothing"
    /// There is nobody to compare with.
    case notJudged = "not-judged"
    /// The tables tell too little: one row, one column, all rows the same, no cell filled.
    case notAssessed = "not-assessed"
  }

  package let verdict: Verdict
  package let failures: [String]
  package let rule = AttackFinding.rule
  package let thresholds: AttackThresholds
  /// The policy that was applied; nil if only the thresholds were.
  package let policy: String?
  /// Attacks alone give no guarantee, whatever made the release.
  package let guarantee = "none: attacks that fail say nothing about those that were not tried"
  package let audience = "the owner of the data only: measured on the original, and not private"
  package let originalRows: Int
  package let syntheticRows: Int
  package let controlRows: Int?
  package let attacks: [AttackResult]
  package let copies: CopyCounts
  package let membership: [MembershipResult]
  package let worstRecords: [WorstRecord]
  package let notes: [String]
  /// The reasons why the tables tell too little to be judged.
  package let notAssessed: [String]
  /// People of the control who appear in the release or the original.
  package let strangers: StrangerRows?

  /// Judges by a policy's lines on attacks if one is given, or else by the thresholds. Without
  /// people to compare with, nothing is judged.
  package init(_ report: AttackReport, thresholds: AttackThresholds, policy: Policy? = nil) {
    self.policy = policy?.name
    self.thresholds = thresholds
    (verdict, failures) = Self.judge(report, thresholds, policy)
    (originalRows, syntheticRows, controlRows) = (
      report.originalRows, report.syntheticRows, report.controlRows
    )
    (attacks, copies, membership) = (report.attacks, report.copies, report.membership)
    (worstRecords, notes) = (report.worstRecords, report.notes)
    (notAssessed, strangers) = (report.notAssessed ?? [], report.strangers)
  }

  /// A leak that is shown counts, whatever else is unsure. Otherwise, degenerate tables are not
  /// assessed, and a control that the release was made with shows nothing.
  private static func judge(
    _ report: AttackReport, _ thresholds: AttackThresholds, _ policy: Policy?
  ) -> (Verdict, [String]) {
    guard report.hasComparison else { return (.notJudged, []) }
    let found: (verdict: Verdict, failures: [String])
    if let policy {
      let lines = Gate(policy: policy).attackLines(report).filter { $0.outcome != .met }
      let verdict =
        lines.isEmpty
        ? .pass : lines.contains { $0.outcome == .notMet } ? Verdict.fail : .saysNothing
      found = (verdict, lines.map(\.sentence))
    } else {
      found = (Verdict(report.finding(under: thresholds)), report.failures(under: thresholds))
    }
    let sentences = report.strangers.map { StrangerWording.control($0) } ?? []
    if found.verdict == .fail { return (.fail, found.failures + sentences) }
    if let reasons = report.notAssessed, !reasons.isEmpty { return (.notAssessed, reasons) }
    return sentences.isEmpty ? found : (.saysNothing, sentences + found.failures)
  }

  /// Nil if nothing is judged.
  package var hasPassed: Bool? { verdict == .notJudged ? nil : verdict == .pass }
}

extension AttackDocument.Verdict {
  init(_ finding: AttackFinding) {
    self =
      switch finding {
      case .met: .pass
      case .notMet: .fail
      case .saysNothing: .saysNothing
      }
  }
}
