import HubRecords

/// The next step of a job whose worker was killed, from what it left. It is pure.
///
/// Noise is never drawn twice for one charge, and nothing is charged twice: where a charge stands
/// and its result is not to be found, the job fails and a person decides.
package enum Recovery: Sendable, Equatable {
  /// Nothing was charged: begin again.
  case run
  /// The result is there, whole: take it.
  case take
  /// The charge is settled, so the answer is kept beside the ledger: ask again, at no cost.
  case askAgain
  /// The other process is still at it: look again later.
  case wait
  /// Charged, and without a result.
  case fail

  package init(
    kind: Spec.Kind, isMarked: Bool, hasResult: Bool, sessions: [SessionState], hasGrant: Bool
  ) {
    if hasResult {
      self = .take
    } else if !isMarked {
      self = .run
    } else if kind == .budget {
      self = hasGrant ? .take : .run
    } else if sessions.contains(.open) {
      self = .wait
    } else if sessions.isEmpty {
      self = .run
    } else if kind == .analysis, sessions.allSatisfy({ $0 == .closed }) {
      self = .askAgain
    } else {
      self = .fail
    }
  }

  /// The state of a session of the ledger.
  package enum SessionState: String, Sendable, CaseIterable {
    case open, closed, abandoned
  }
}
