extension ReleaseReport {
  /// Returns the page `report.html`: one file that needs no other file, no script and no network.
  package func html() throws -> String {
    try ReportTemplates.render(ReportTemplates.release, content: ReleasePage(self))
  }
}

extension OwnerReport {
  /// Returns the page `owner-report.html`: one file that needs no other file, no script and no
  /// network.
  package func html() throws -> String {
    try ReportTemplates.render(ReportTemplates.owner, content: OwnerPage(self))
  }
}
