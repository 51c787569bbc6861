import Attacks
import Releases

/// What `attack --json` prints.
package struct AttackDocument: Encodable {
  package enum Verdict: String, Encodable {
    case pass
    case fail
    /// No leak is shown, and the attacks could not have excluded one.
    case saysNothing = "says-nothing"
    /// There is nobody to compare with.
    case notJudged = "not-judged"
  }

  package let verdict: Verdict
  package let failures: [String]
  package let rule = AttackFinding.rule
  package let thresholds: AttackThresholds
  /// The policy that was applied; nil where only the thresholds were.
  package let policy: String?
  /// Attacks alone give none, whatever made the release.
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

  /// Judged by the lines on attacks of a policy, where one is given, else by the thresholds; not judged without people to compare with.
  package init(_ report: AttackReport, thresholds: AttackThresholds, policy: Policy? = nil) {
    self.policy = policy?.name
    self.thresholds = thresholds
    if !report.hasComparison {
      (verdict, failures) = (.notJudged, [])
    } else if let policy {
      let lines = Gate(policy: policy).attackLines(report).filter { $0.outcome != .met }
      failures = lines.map(\.sentence)
      verdict = lines.isEmpty ? .pass : lines.contains { $0.outcome == .notMet } ? .fail : .saysNothing
    } else {
      failures = report.failures(under: thresholds)
      verdict = Verdict(report.finding(under: thresholds))
    }
    (originalRows, syntheticRows, controlRows) = (report.originalRows, report.syntheticRows, report.controlRows)
    (attacks, copies, membership) = (report.attacks, report.copies, report.membership)
    (worstRecords, notes) = (report.worstRecords, report.notes)
  }

  /// Nil where nothing is judged.
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
