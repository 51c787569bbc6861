/// The things that can be asked for.
package enum Spec: Sendable, Codable, Equatable {
  /// A project on a data set, with a share of its budget in units of precision. `use` is nil if the
  /// author stated none.
  case access(title: String, purpose: String, units: Int, days: Int, use: IntendedUse? = nil)
  /// A stand-in for the table. `rows` is nil for about as many as the table has, `columns` for all
  /// that a stand-in models.
  case release(units: Int, targets: [String], rows: Int?, columns: [String]? = nil)
  /// One question to the real table, with a release as the pilot.
  case analysis(question: Question, release: String, units: Int)
  /// More ε for everything that leaves the data set.
  case budget(epsilon: Double, reason: String)

  package var kind: Kind {
    switch self {
    case .access: .access
    case .release: .release
    case .analysis: .analysis
    case .budget: .budget
    }
  }

  /// The units of precision that it costs its project.
  package var units: Int {
    switch self {
    case .release(let units, _, _, _), .analysis(_, _, let units): units
    case .access, .budget: 0
    }
  }

  package enum Kind: String, Sendable, Codable, CaseIterable {
    case access, release, analysis, budget

    /// Whether a worker carries it out.
    package var isWork: Bool { self != .access }
    /// Whether it belongs to a project from the start.
    package var needsProject: Bool { self == .release || self == .analysis }
  }
}

/// A request with all that has happened to it.
package struct RequestRecord: Sendable, Equatable {
  package let id: String
  package let author: String
  package let dataset: String
  /// Nil for requests that no project makes.
  package let project: String?
  package var spec: Spec
  /// Counts edits from 1. A decision names the version that was seen.
  package var version = 1
  package var stage = Stage.draft
  /// When it was last submitted, in seconds since 1970.
  package var submitted: Int?
  /// When it came to its present stage.
  package var changed: Int
  /// Approvals of the present version.
  package var votes: [Vote] = []
  package var approval: Approval?
  package var failure: Failure?
  /// Whether somebody asked for the end of the work.
  package var isCancelling = false
  /// The request whose answer this one is, if the question had been answered before.
  package var answeredBy: String?
  package var timeline: [TimelineItem] = []

  package struct Vote: Sendable, Equatable {
    package let by: String
    package let role: Role

    package init(by: String, role: Role) { (self.by, self.role) = (by, role) }
  }

  package func votes(of role: Role) -> Int { votes.count { $0.role == role } }

  /// The request in a line of words.
  package var summary: String {
    switch spec {
    case .access(let title, _, _, _, _): "Access: \(title)"
    case .release(_, let targets, _, _):
      targets.isEmpty ? "A stand-in" : "A stand-in to predict \(targets.joined(separator: ", "))"
    case .analysis(let question, _, _): "Analysis: \(question.summary)"
    case .budget: "More budget"
    }
  }
}

/// Who approved a request.
package enum Approval: Sendable, Codable, Equatable {
  case people([String])
  /// A policy, named by its version and the officer who set it.
  case policy(version: Int, officer: String)
}

/// The reason that a job failed.
package struct Failure: Sendable, Codable, Equatable {
  /// The name of the error, such as `budget.exhausted`.
  package let id: String
  /// A sentence that depends on no row.
  package let message: String
  /// Whether budget was charged without a result.
  package let isCharged: Bool
  /// The ρ that the ledger counts for it, if the session was settled.
  package let chargedRho: Double?

  package init(id: String, message: String, isCharged: Bool, chargedRho: Double? = nil) {
    (self.id, self.message, self.isCharged) = (id, message, isCharged)
    self.chargedRho = chargedRho
  }
}

/// One thing that happened to a request.
package struct TimelineItem: Sendable, Equatable {
  package let time: Int
  package let who: String
  /// What happened, in words.
  package let what: String
  /// Whether the hub did it, because of what the person did.
  package let isConsequence: Bool
  /// The words of a person, if any.
  package let text: String?
}
