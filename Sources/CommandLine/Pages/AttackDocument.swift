import Attacks

/// What `attack --json` prints.
package struct AttackDocument: Encodable {
  package enum Verdict: String, Encodable {
    case pass
    case fail
  }

  package let verdict: Verdict
  package let failures: [String]
  package let thresholds: AttackThresholds
  package let originalRows: Int
  package let syntheticRows: Int
  package let controlRows: Int?
  package let attacks: [AttackResult]
  package let copies: CopyCounts
  package let membership: [MembershipResult]
  package let worstRecords: [WorstRecord]
  package let notes: [String]

  package init(_ report: AttackReport, thresholds: AttackThresholds) {
    failures = report.failures(under: thresholds)
    verdict = failures.isEmpty ? .pass : .fail
    self.thresholds = thresholds
    (originalRows, syntheticRows, controlRows) = (report.originalRows, report.syntheticRows, report.controlRows)
    (attacks, copies, membership) = (report.attacks, report.copies, report.membership)
    (worstRecords, notes) = (report.worstRecords, report.notes)
  }

  package var isPassed: Bool { verdict == .pass }
}
