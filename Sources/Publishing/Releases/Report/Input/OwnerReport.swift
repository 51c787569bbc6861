import Attacks
import Quality

/// Everything that `owner-report.html` says. It compares with the original, is not private and stays with the owner.
package struct OwnerReport: Codable, Sendable, Equatable {
  package var title: String
  package var software: String
  package var date: String
  /// What the compared release promised, when that is known.
  package var guarantee: ReportGuarantee?
  package var quality: QualityReport
  /// What came of the attacks, where any were made.
  package var attacks: AttackReport?
  /// What the attacks may show.
  package var limits: AttackThresholds
  /// What the policy said, where one was given.
  package var verdict: GateVerdict?
  package var evidence: [EvidenceLine]
  package var budget: [BudgetShare]

  package init(
    title: String, software: String, date: String, guarantee: ReportGuarantee? = nil, quality: QualityReport, attacks: AttackReport? = nil,
    limits: AttackThresholds = AttackThresholds(), verdict: GateVerdict? = nil, evidence: [EvidenceLine] = [], budget: [BudgetShare] = []
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
