import HubRecords

/// Something that a person wants to do, with all that it needs.
package enum Act: Sendable, Equatable {
  case makeAccount(Account)
  case setRoles(account: String, roles: [Role])
  case disableAccount(String)

  case registerDataset(Dataset)
  case describe(dataset: String, words: DatasetWords)
  /// The version and the officer of the policy follow from who sets it.
  case setPolicy(dataset: String, policy: Policy)

  case draft(request: String, place: Place, spec: Spec)
  case edit(request: String, spec: Spec)
  case submit(request: String)
  case withdraw(request: String)
  case cancel(request: String)
  case comment(request: String, text: String)
  case approve(request: String, version: Int, reason: String)
  case sendBack(request: String, version: Int, reason: String)
  case refuse(request: String, version: Int, reason: String)
  case pass(request: String, reason: String)
  case stop(request: String, reason: String)
  case revoke(request: String, reason: String)
  case fetch(request: String, file: String)

  case invite(project: String, account: String)
  case remove(project: String, account: String)
  case accept(project: String, digest: String)
  case close(project: String, reason: String)

  case exportLog(entries: Int)

  /// Where a request is made.
  package enum Place: Sendable, Equatable {
    case dataset(String)
    case project(String)
  }

  package var command: Command {
    switch self {
    case .makeAccount, .setRoles, .disableAccount: .manageAccounts
    case .registerDataset: .registerDataset
    case .describe: .describeDataset
    case .setPolicy: .setPolicy
    case .draft(_, _, let spec):
      switch spec.kind {
      case .access: .askAccess
      case .budget: .askBudget
      case .release, .analysis: .askInProject
      }
    case .edit: .edit
    case .submit: .submit
    case .withdraw: .withdraw
    case .cancel: .cancel
    case .comment: .comment
    case .approve: .approve
    case .sendBack: .sendBack
    case .refuse: .refuse
    case .pass: .passGate
    case .stop: .stopAtGate
    case .revoke: .revoke
    case .fetch: .readResult
    case .invite, .remove: .invite
    case .accept: .acceptAgreement
    case .close: .closeProject
    case .exportLog: .exportLog
    }
  }
}

/// The reason that an act is not done.
package enum Refusal: Error, Sendable, Equatable {
  /// There is no such thing, or the person may not know of it.
  case notFound
  case forbidden
  /// The thing is not in a state for it. The sentence says why.
  case conflict(String)
  /// A field is not filled in as it must be.
  case invalid(field: String, String)
}
