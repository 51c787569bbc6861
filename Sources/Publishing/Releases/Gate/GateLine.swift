import Foundation

/// One requirement of a policy, and whether a release meets it.
public struct GateLine: Sendable, Codable, Equatable {
  /// How a requirement ended.
  public enum Outcome: String, Sendable, Codable {
    case met
    case notMet = "not-met"
    /// What would decide it is not known, or was too blunt to: does not pass.
    case saysNothing = "says-nothing"

    /// As reports write it.
    public var words: String {
      switch self {
      case .met: "met"
      case .notMet: "not met"
      case .saysNothing: "says nothing"
      }
    }
  }

  /// For machines: `epsilon`, `copies-exact`, `attack singling-out-univariate`.
  public let name: String
  /// What is asked, in words.
  public let requirement: String
  /// What the release has, in words and numbers.
  public let found: String
  /// Whether the two agree.
  public let outcome: Outcome
  /// What to do where it is not met; empty where it is.
  public let remedy: String

  init(_ name: String, requires requirement: String, found: String, outcome: Outcome, remedy: String) {
    self.name = name
    self.requirement = requirement
    self.found = found
    self.outcome = outcome
    self.remedy = outcome == .met ? "" : remedy
  }

  init(_ name: String, requires requirement: String, found: String, isMet: Bool, remedy: String) {
    self.init(name, requires: requirement, found: found, outcome: isMet ? .met : .notMet, remedy: remedy)
  }

  /// A sentence or two: what is asked, what was found, what would mend it.
  public var sentence: String {
    let found = outcome == .saysNothing ? "says nothing: \(self.found)" : "found: \(self.found)"
    return "\(requirement); \(found)." + (remedy.isEmpty ? "" : " \(remedy)")
  }
}

/// What a policy says of a release.
public struct GateVerdict: Sendable, Codable, Equatable {
  /// The policy's name.
  public let policy: String
  /// Decided by what is public or paid for.
  public let publicLines: [GateLine]
  /// Decided by a look at the rows that nobody paid for: for the owner's eyes.
  public let ownerLines: [GateLine]
  /// Assessed after publication, for the owner's eyes: they decide nothing.
  public internal(set) var laterLines: [GateLine] = []

  package init(policy: String, publicLines: [GateLine], ownerLines: [GateLine]) {
    self.policy = policy
    self.publicLines = publicLines
    self.ownerLines = ownerLines
  }

  /// All requirements, those on what is promised first.
  public var lines: [GateLine] { publicLines + ownerLines + laterLines }
  /// The requirements that are not met, or of which nothing can be said.
  public var failures: [GateLine] { lines.filter { $0.outcome != .met } }
  /// Whether the release may be published.
  public var isPassed: Bool { (publicLines + ownerLines).allSatisfy { $0.outcome == .met } }
}

/// Thrown where a release does not meet its policy. Nothing was published; what was charged stays charged.
public struct GateRefusal: Error, Sendable {
  /// Every line, met or not.
  public let verdict: GateVerdict
  /// Whether the rows were asked anything, so that the budget was charged.
  public let isCharged: Bool
  /// The ε that stays charged; the ε that was asked for where nothing was.
  public let epsilon: Double
  /// The owner's report of the refused attempt, where one was made.
  public let ownerReport: URL?
}
