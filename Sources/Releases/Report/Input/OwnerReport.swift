import Quality

/// Everything that `owner-report.html` says. It compares with the original, is not private and stays with the owner.
package struct OwnerReport: Codable, Sendable, Equatable {
  package var title: String
  package var software: String
  package var date: String
  /// What the compared release promised, when that is known.
  package var guarantee: ReportGuarantee?
  package var quality: QualityReport

  package init(title: String, software: String, date: String, guarantee: ReportGuarantee? = nil, quality: QualityReport) {
    self.title = title
    self.software = software
    self.date = date
    self.guarantee = guarantee
    self.quality = quality
  }
}
