extension ReleaseReport {
  /// The page `report.html`: one file that needs no other, no script and no network.
  package func html() throws -> String { try ReportTemplates.render(ReportTemplates.release, content: ReleasePage(self)) }
}

extension OwnerReport {
  /// The page `owner-report.html`: one file that needs no other, no script and no network.
  package func html() throws -> String { try ReportTemplates.render(ReportTemplates.owner, content: OwnerPage(self)) }
}
