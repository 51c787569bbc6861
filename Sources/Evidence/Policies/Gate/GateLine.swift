import Foundation

/// One requirement of a policy, and whether a release meets it.
package struct GateLine: Sendable, Codable, Equatable {
  /// The outcome of a requirement.
  package enum Outcome: String, Sendable, Codable {
    case met
    case notMet = "not-met"
    /// The deciding fact is unknown or was too blunt. The release does not pass.
    case saysNothing = "says-nothing"

    /// The wording in reports.
    package var words: String {
      switch self {
      case .met: "met"
      case .notMet: "not met"
      case .saysNothing: "says nothing"
      }
    }
  }

  /// The name for machines: `epsilon`, `copies-exact`, `attack singling-out-univariate`.
  package let name: String
  /// The requirement, in words.
  package let requirement: String
  /// The finding on the release, in words and numbers.
  package let found: String
  /// Whether the two agree.
  package let outcome: Outcome
  /// The remedy if the requirement is not met; otherwise empty.
  package let remedy: String

  package init(
    _ name: String, requires requirement: String, found: String, outcome: Outcome, remedy: String
  ) {
    self.name = name
    self.requirement = requirement
    self.found = found
    self.outcome = outcome
    self.remedy = outcome == .met ? "" : remedy
  }

  package init(
    _ name: String, requires requirement: String, found: String, isMet: Bool, remedy: String
  ) {
    self.init(
      name, requires: requirement, found: found, outcome: isMet ? .met : .notMet, remedy: remedy)
  }

  /// A sentence or two with the requirement, the finding and the remedy.
  package var sentence: String {
    let found = outcome == .saysNothing ? "says nothing: \(self.found)" : "found: \(self.found)"
    return "\(requirement); \(found)." + (remedy.isEmpty ? "" : " \(remedy)")
  }
}

/// A policy's verdict on a release.
package struct GateVerdict: Sendable, Codable, Equatable {
  /// The policy's name.
  package let policy: String
  /// Requirements decided by facts that are public or paid for.
  package let publicLines: [GateLine]
  /// Requirements decided by a look at the rows that nobody paid for. For the owner's eyes.
  package let ownerLines: [GateLine]
  /// Requirements assessed after publication, for the owner's eyes. They decide nothing.
  package var laterLines: [GateLine] = []

  package init(policy: String, publicLines: [GateLine], ownerLines: [GateLine]) {
    self.policy = policy
    self.publicLines = publicLines
    self.ownerLines = ownerLines
  }

  /// All requirements, those on the promise first.
  package var lines: [GateLine] { publicLines + ownerLines + laterLines }
  /// The requirements that are not met or about which nothing can be said.
  package var failures: [GateLine] { lines.filter { $0.outcome != .met } }
  /// Whether the release may be published.
  package var isPassed: Bool { (publicLines + ownerLines).allSatisfy { $0.outcome == .met } }
}

/// Thrown if a release does not meet its policy. Nothing was published; any charge stands.
package struct GateRefusal: Error, Sendable {
  /// Every line, met or not.
  package let verdict: GateVerdict
  /// Whether the rows were asked anything, and the budget charged.
  package let isCharged: Bool
  /// The ε that stays charged, or the requested ε if nothing was charged.
  package let epsilon: Double
  /// The owner's report on the refused attempt, if one was made.
  package let ownerReport: URL?

  package init(verdict: GateVerdict, isCharged: Bool, epsilon: Double, ownerReport: URL?) {
    (self.verdict, self.isCharged) = (verdict, isCharged)
    (self.epsilon, self.ownerReport) = (epsilon, ownerReport)
  }
}
