/// The stage of a request, or of a project.
package enum Stage: String, Sendable, Codable, CaseIterable {
  case draft, submitted
  case inReview = "in review"
  case returned, approved, refused, withdrawn, queued, running
  case atGate = "at the gate"
  case released, failed, revoked
  /// The stages of a project.
  case open, expired, closed
  /// The stage of things that have none.
  case always

  /// The stages of a request.
  package static let ofRequests: [Stage] = [
    .draft, .submitted, .inReview, .returned, .approved, .refused, .withdrawn, .queued, .running,
    .atGate, .released, .failed, .revoked,
  ]

  /// The stages of a project.
  package static let ofProjects: [Stage] = [.open, .expired, .closed]

  /// Whether people still decide about it.
  package var isUnderReview: Bool { self == .submitted || self == .inReview }

  /// Whether a worker has it, or will.
  package var isAtWork: Bool { self == .queued || self == .running }

  /// Whether its units of precision count against its project's share.
  package var countsUnits: Bool {
    switch self {
    case .approved, .queued, .running, .atGate, .released, .revoked: true
    case .draft, .submitted, .inReview, .returned, .refused, .withdrawn, .failed, .open, .expired,
      .closed, .always:
      false
    }
  }

  /// The stages that can follow. A stage without any is the end.
  package var next: Set<Stage> {
    switch self {
    case .draft: [.submitted, .withdrawn]
    case .submitted: [.inReview, .returned, .approved, .refused, .withdrawn, .released, .queued]
    case .inReview: [.returned, .approved, .refused, .withdrawn, .submitted]
    case .returned: [.submitted, .withdrawn]
    case .approved: [.queued, .revoked]
    case .queued: [.running, .revoked]
    case .running: [.atGate, .released, .failed]
    case .atGate: [.released, .refused]
    case .released: [.revoked]
    case .open: [.expired, .closed]
    case .expired: [.closed]
    case .refused, .withdrawn, .failed, .revoked, .closed, .always: []
    }
  }
}
