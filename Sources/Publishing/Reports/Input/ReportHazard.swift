import Manifests

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

extension Hazard {
  /// The hazard as the report shows it.
  package var reported: ReportHazard {
    switch self {
    case .seededRun:
      ReportHazard(severity: .serious, title: "This run was seeded", detail: explanation)
    case .inferredSchema:
      ReportHazard(
        severity: .caution, title: "The schema was inferred from the rows", detail: explanation)
    case .observedFacts:
      ReportHazard(
        severity: .caution, title: "What the schema says was seen in the rows", detail: explanation)
    case .repeatedPersons:
      ReportHazard(severity: .caution, title: "Persons may have several rows", detail: explanation)
    case .largeDelta: ReportHazard(severity: .caution, title: "Delta is large", detail: explanation)
    case .rowUnit:
      ReportHazard(
        severity: .caution, title: "One row is protected, not one person", detail: explanation)
    case .unlearnedColumns:
      ReportHazard(severity: .note, title: "Some columns could not be learned", detail: explanation)
    case .gateDecision:
      ReportHazard(
        severity: .caution, title: "Publishing it was decided with a look at the rows",
        detail: explanation)
    case .otherPeople:
      ReportHazard(
        severity: .caution, title: "Other people, as the owner declares", detail: explanation)
    case .strictPreparation:
      ReportHazard(
        severity: .caution, title: "Publishing it tells that all rows fit the schema",
        detail: explanation)
    case .largeEpsilon:
      ReportHazard(severity: .caution, title: "Epsilon is large", detail: explanation)
    }
  }
}
