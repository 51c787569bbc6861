import Attacks
import Policies
import Quality

/// The content of `owner-report.html`. It compares with the original, is not private and stays with
/// the owner.
package struct OwnerReport: Codable, Sendable, Equatable {
  package var title: String
  package var software: String
  package var date: String
  /// The promise of the compared release, if known.
  package var guarantee: ReportGuarantee?
  package var quality: QualityReport
  /// The results of the attacks, if any were made.
  package var attacks: AttackReport?
  /// The limits on attacks.
  package var limits: AttackThresholds
  /// The policy's verdict, if a policy was given.
  package var verdict: GateVerdict?
  package var evidence: [EvidenceLine]
  package var budget: [BudgetShare]

  package init(
    title: String, software: String, date: String, guarantee: ReportGuarantee? = nil,
    quality: QualityReport, attacks: AttackReport? = nil,
    limits: AttackThresholds = AttackThresholds(), verdict: GateVerdict? = nil,
    evidence: [EvidenceLine] = [], budget: [BudgetShare] = []
  ) {
    self.title = title
    self.software = software
    self.date = date
    self.guarantee = guarantee
    self.quality = quality
    self.attacks = attacks
    self.limits = limits
    self.verdict = verdict
    self.evidence = evidence
    self.budget = budget
  }
}
