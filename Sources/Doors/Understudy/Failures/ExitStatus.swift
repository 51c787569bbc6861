/// The meaning of `understudy`'s exit codes. Documented in docs/command-line.md.
package enum ExitStatus: Int32, CaseIterable, Sendable, Codable {
  case done = 0
  /// An input, a file or a setting cannot be used.
  case failed = 1
  /// The command line itself cannot be understood.
  case usage = 2
  /// A release did not pass its gate or its verification, an attack on it succeeded, or an audit
  /// refuted a claim. Also if nothing could be learned about any column of a release.
  case gateFailed = 3
  /// The budget granted for this dataset does not allow it.
  case budgetRefused = 4
  /// The table resembles one that the ledger knows: its owner must say whether the same people are
  /// in both.
  case decisionNeeded = 5
  /// Ctrl-C, or the system's request to end.
  case cancelled = 130

  /// The identifier for faults of this kind that have none of their own.
  package var id: String {
    switch self {
    case .done, .failed: "input.unusable"
    case .usage: "usage.not-understood"
    case .gateFailed: "verdict.adverse"
    case .budgetRefused: "budget.refused"
    case .decisionNeeded: "people.decision-needed"
    case .cancelled: "cancelled"
    }
  }

  package var meaning: String {
    switch self {
    case .done: "done"
    case .failed: "an input, a file or a setting cannot be used"
    case .usage: "the command line cannot be understood"
    case .gateFailed:
      "a gate, an attack, a verification or an audit was not passed, or nothing was learned"
    case .budgetRefused: "the granted budget does not allow it"
    case .decisionNeeded: "it needs a decision of the owner"
    case .cancelled: "cancelled (Ctrl-C); nothing half-written is left"
    }
  }
}
