/// Everything that a person can do at a hub.
package enum Command: String, Sendable, CaseIterable {
  // A request.
  case seeRequest, edit, submit, withdraw, comment
  case approve, sendBack, refuse, passGate, stopAtGate, revoke
  case cancel
  case readResult, seeEpsilon
  // A project.
  case seeProject, invite, acceptAgreement, closeProject, askInProject
  // The hub.
  case seeCatalogue, askAccess, registerDataset, describeDataset, setPolicy, askBudget, seeSource
  case seeInbox, readLog, exportLog, manageAccounts, seeHealth

  /// Whether the person must have shown a code of the second factor lately.
  package var needsConfirmation: Bool {
    switch self {
    case .approve, .refuse, .passGate, .stopAtGate, .revoke, .closeProject, .setPolicy, .exportLog,
      .registerDataset, .describeDataset, .manageAccounts:
      true
    case .seeRequest, .edit, .submit, .withdraw, .cancel, .comment, .sendBack, .readResult,
      .seeEpsilon, .seeProject, .invite, .acceptAgreement, .askInProject, .seeCatalogue, .askAccess,
      .askBudget, .seeSource, .seeInbox, .readLog, .seeHealth:
      false
    }
  }
}

/// How a person stands to a request or a project.
package enum Relation: String, Sendable, CaseIterable {
  /// The author.
  case own
  /// Not the author, but in the same project.
  case member
  case other
}
