import Attacks

/// One requirement of a privacy officer's checklist, and its answer.
package struct EvidenceLine: Codable, Sendable, Equatable {
  package enum Status: String, Codable, Sendable {
    case met
    case notMet = "not-met"
    /// An attempt was made but could not have shown it.
    case saysNothing = "says-nothing"
    /// Left for people to answer.
    case notAssessed = "not-assessed"

    init(_ finding: AttackFinding) {
      self =
        switch finding {
        case .met: .met
        case .notMet: .notMet
        case .saysNothing: .saysNothing
        }
    }

    var words: String {
      switch self {
      case .met: "met"
      case .notMet: "not met"
      case .saysNothing: "says nothing"
      case .notAssessed: "not assessed"
      }
    }
  }

  /// The source of the requirement: `WP29 Opinion 05/2014`.
  package var source: String
  package var requirement: String
  package var status: Status
  /// The basis of the status, with its number.
  package var basis: String

  package init(_ source: String, _ requirement: String, _ status: Status, _ basis: String) {
    self.source = source
    self.requirement = requirement
    self.status = status
    self.basis = basis
  }
}
