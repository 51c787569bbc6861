extension RequestRecord {
  /// Takes an event into the record. An event that its stage does not allow is kept in the timeline
  /// and changes nothing else, so that no order of events leaves an end.
  mutating func apply(_ dated: DatedEvent) {
    switch dated.event {
    case .edited(_, let spec):
      guard stage == .draft || stage == .returned else { break }
      (self.spec, version, votes) = (spec, version + 1, [])
    case .submitted:
      if move(to: .submitted, dated) { (submitted, votes) = (dated.time, []) }
    case .voted(_, let role, let seen, _):
      guard stage.isUnderReview, seen == version else { break }
      votes.append(Vote(by: dated.who, role: role))
      if stage == .submitted { _ = move(to: .inReview, dated) }
    case .returned:
      if move(to: .returned, dated) { votes = [] }
    case .refused: _ = move(to: .refused, dated)
    case .withdrawn: _ = move(to: .withdrawn, dated)
    case .approved(_, let by):
      if move(to: .approved, dated) { approval = by }
    case .queued: _ = move(to: .queued, dated)
    case .started: _ = move(to: .running, dated)
    case .cancelAsked:
      if stage.isAtWork { isCancelling = true }
    case .finished(_, let atGate): _ = move(to: atGate ? .atGate : .released, dated)
    case .passed: _ = move(to: .released, dated)
    case .failed(_, let failure):
      if move(to: .failed, dated) { self.failure = failure }
    case .answeredBefore(_, let other):
      if move(to: .released, dated) { answeredBy = other }
    case .revoked: _ = move(to: .revoked, dated)
    case .accountMade, .rolesSet, .accountDisabled, .accountNoted, .datasetRegistered,
      .datasetDescribed, .policySet,
      .balanceSeen, .projectOpened, .memberAdded, .memberRemoved, .agreementAccepted,
      .projectClosed, .drafted, .commented, .fetched, .logExported:
      break
    }
    timeline.append(
      TimelineItem(
        time: dated.time, who: dated.who, what: dated.event.words,
        isConsequence: dated.event.isConsequence, text: dated.event.speech))
  }

  private mutating func move(to next: Stage, _ dated: DatedEvent) -> Bool {
    guard stage.next.contains(next) else { return false }
    (stage, changed) = (next, dated.time)
    return true
  }
}

extension Event {
  /// Whether the hub does it by itself, because of what a person did.
  package var isConsequence: Bool {
    switch self {
    case .approved, .queued, .started, .finished, .failed, .answeredBefore, .projectOpened,
      .balanceSeen:
      true
    case .accountMade, .rolesSet, .accountDisabled, .accountNoted, .datasetRegistered,
      .datasetDescribed, .policySet,
      .memberAdded, .memberRemoved, .agreementAccepted, .projectClosed, .drafted, .edited,
      .submitted, .commented, .voted, .returned, .refused, .withdrawn, .cancelAsked, .passed,
      .revoked, .fetched, .logExported:
      false
    }
  }

  /// The event of a request in words, such as "returned it".
  package var words: String {
    switch self {
    case .drafted: "drafted it"
    case .edited: "changed it; earlier approvals no longer count"
    case .submitted: "submitted it"
    case .commented: "wrote"
    case .voted(_, let role, let version, _): "approved version \(version) as \(role.title)"
    case .returned: "returned it with a question"
    case .refused: "refused it"
    case .withdrawn: "withdrew it"
    case .approved(_, .people(let names)):
      "all approvals are there: \(names.joined(separator: ", "))"
    case .approved(_, .policy(let version, let officer)):
      "approved by policy version \(version), set by \(officer)"
    case .queued: "waits for a worker"
    case .started: "work began"
    case .cancelAsked: "asked for the end of the work"
    case .finished(_, let atGate): atGate ? "finished; a checker looks at it" : "finished"
    case .passed: "checked the result and let it pass"
    case .failed: "failed"
    case .answeredBefore: "answered from what is stored, at no cost"
    case .revoked: "revoked it"
    case .fetched(_, let file): "downloaded \(file)"
    case .accountMade: "account made"
    case .rolesSet: "roles set"
    case .accountDisabled: "account disabled"
    case .accountNoted(_, let note): note.rawValue
    case .datasetRegistered: "data set registered"
    case .datasetDescribed: "words in the catalogue changed"
    case .policySet(_, let policy): "policy version \(policy.version) set"
    case .balanceSeen: "balance read from the ledger"
    case .projectOpened: "project opened"
    case .memberAdded(_, let account): "\(account) added"
    case .memberRemoved(_, let account): "\(account) removed"
    case .agreementAccepted: "agreement accepted"
    case .projectClosed: "project closed"
    case .logExported: "log exported"
    }
  }

  /// The words of the person who caused it, if any.
  package var speech: String? {
    switch self {
    case .commented(_, let text), .voted(_, _, _, let text), .returned(_, let text),
      .refused(_, let text), .passed(_, let text), .revoked(_, let text),
      .projectClosed(_, let text):
      text.isEmpty ? nil : text
    case .failed(_, let failure): failure.message
    case .accountMade, .rolesSet, .accountDisabled, .accountNoted, .datasetRegistered,
      .datasetDescribed, .policySet,
      .balanceSeen, .projectOpened, .memberAdded, .memberRemoved, .agreementAccepted, .drafted,
      .edited, .submitted, .withdrawn, .approved, .queued, .started, .cancelAsked, .finished,
      .answeredBefore, .fetched, .logExported:
      nil
    }
  }
}
