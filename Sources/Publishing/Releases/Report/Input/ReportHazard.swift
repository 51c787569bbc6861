/// A fact that the reader of a release should know before accepting it.
package struct ReportHazard: Codable, Sendable, Equatable {
  package enum Severity: String, Codable, Sendable {
    /// Worth knowing; the guarantee stands.
    case note
    /// Weakens the guarantee in a stated way.
    case caution
    /// There is no guarantee.
    case serious
  }

  package var severity: Severity
  package var title: String
  package var detail: String

  package init(severity: Severity, title: String, detail: String) {
    self.severity = severity
    self.title = title
    self.detail = detail
  }
}
