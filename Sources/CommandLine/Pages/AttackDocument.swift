import Attacks
import Releases

/// What `attack --json` prints.
package struct AttackDocument: Encodable {
  package enum Verdict: String, Encodable {
    case pass
    case fail
  }

  package let verdict: Verdict
  package let failures: [String]
  package let thresholds: AttackThresholds
  /// The policy that was applied; nil where only the thresholds were.
  package let policy: String?
  /// Attacks alone give none, whatever made the release.
  package let guarantee = "none: attacks that fail say nothing about those that were not tried"
  package let originalRows: Int
  package let syntheticRows: Int
  package let controlRows: Int?
  package let attacks: [AttackResult]
  package let copies: CopyCounts
  package let membership: [MembershipResult]
  package let worstRecords: [WorstRecord]
  package let notes: [String]

  /// Judged by the lines on attacks of a policy, where one is given, else by the thresholds.
  package init(_ report: AttackReport, thresholds: AttackThresholds, policy: Policy? = nil) {
    failures =
      policy.map { Gate(policy: $0).attackLines(report).filter { $0.outcome != .met }.map(\.sentence) }
      ?? report.failures(under: thresholds)
    self.policy = policy?.name
    verdict = failures.isEmpty ? .pass : .fail
    self.thresholds = thresholds
    (originalRows, syntheticRows, controlRows) = (report.originalRows, report.syntheticRows, report.controlRows)
    (attacks, copies, membership) = (report.attacks, report.copies, report.membership)
    (worstRecords, notes) = (report.worstRecords, report.notes)
  }

  package var isPassed: Bool { verdict == .pass }
}
