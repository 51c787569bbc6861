/// Everything that can happen at a hub. The log is a list of events, and the state follows from
/// them alone. None holds a cell of a table or a number that was learned from one.
package enum Event: Sendable, Codable, Equatable {
  case accountMade(Account)
  case rolesSet(account: String, roles: [Role])
  case accountDisabled(account: String)
  case accountNoted(account: String, note: AccountNote)

  case datasetRegistered(Dataset)
  case datasetDescribed(dataset: String, words: DatasetWords)
  case policySet(dataset: String, policy: Policy)
  case balanceSeen(dataset: String, balance: Balance)

  case projectOpened(Project)
  case memberAdded(project: String, account: String)
  case memberRemoved(project: String, account: String)
  case agreementAccepted(project: String, digest: String)
  case projectClosed(project: String, reason: String)

  case drafted(request: String, dataset: String, project: String?, spec: Spec)
  case edited(request: String, spec: Spec)
  case submitted(request: String)
  case commented(request: String, text: String)
  case voted(request: String, role: Role, version: Int, reason: String)
  case returned(request: String, reason: String)
  case refused(request: String, reason: String)
  case withdrawn(request: String)
  case approved(request: String, by: Approval)
  case queued(request: String)
  case started(request: String)
  /// Somebody asked for the end of the work, which a worker sees within a second.
  case cancelAsked(request: String)
  case finished(request: String, atGate: Bool)
  case passed(request: String, reason: String)
  case failed(request: String, failure: Failure)
  case answeredBefore(request: String, by: String)
  case revoked(request: String, reason: String)
  case fetched(request: String, file: String)
  case logExported(entries: Int)

  /// The request that it is about.
  package var request: String? {
    switch self {
    case .drafted(let request, _, _, _), .edited(let request, _), .submitted(let request),
      .commented(let request, _), .voted(let request, _, _, _), .returned(let request, _),
      .refused(let request, _), .withdrawn(let request), .approved(let request, _),
      .queued(let request), .started(let request), .cancelAsked(let request),
      .finished(let request, _),
      .passed(let request, _), .failed(let request, _), .answeredBefore(let request, _),
      .revoked(let request, _), .fetched(let request, _):
      request
    case .accountMade, .rolesSet, .accountDisabled, .accountNoted, .datasetRegistered,
      .datasetDescribed, .policySet, .balanceSeen, .projectOpened, .memberAdded, .memberRemoved,
      .agreementAccepted,
      .projectClosed, .logExported:
      nil
    }
  }
}

/// Things that happen to an account and do not change its rights.
package enum AccountNote: String, Sendable, Codable {
  case signedIn = "signed in"
  case signInRefused = "sign-in refused"
  case signedOn = "signed in by the identity provider"
  case signedOut = "signed out"
  case confirmed = "confirmed with a code"
  case codeIssued = "one-time code issued"
  case passwordSet = "password and second factor set"
  case sessionsEnded = "sessions ended"
  case tokenMade = "token for programs made"
  case tokensEnded = "tokens for programs ended"
  case addressSet = "address for letters set"
  case feedMade = "feed made"
  case feedEnded = "feed ended"
  case passwordChanged = "password changed"
}

/// An event with its time, in seconds since 1970, and the account that caused it.
package struct DatedEvent: Sendable, Codable, Equatable {
  package let time: Int
  package let who: String
  package let event: Event

  package init(time: Int, who: String, event: Event) {
    (self.time, self.who, self.event) = (time, who, event)
  }
}
