import HubRecords

/// A state of the hub as one person may see it at one time.
package struct Sight: Sendable {
  package let state: HubState
  package let account: Account
  package let now: Int

  /// Nil for an account that does not exist or is disabled.
  package init?(_ state: HubState, account name: String, now: Int) {
    guard let account = state.accounts[name], !account.isDisabled else { return nil }
    (self.state, self.account, self.now) = (state, account, now)
  }

  package var name: String { account.name }

  // MARK: Standing

  package func relation(to request: RequestRecord) -> Relation {
    if request.author == name { return .own }
    return project(of: request)?.hasMember(name) == true ? .member : .other
  }

  package func relation(to project: ProjectRecord) -> Relation {
    project.hasMember(name) ? .member : .other
  }

  /// The project that a request belongs to, or that it opened.
  package func project(of request: RequestRecord) -> ProjectRecord? {
    state.projects[request.project ?? request.id]
  }

  private func roles(in project: ProjectRecord?) -> Set<Role> {
    var roles = Set(account.roles)
    if project?.project.lead == name { roles.insert(.lead) }
    return roles
  }

  // MARK: Verdicts

  package func verdict(_ command: Command, on request: RequestRecord) -> Rights.Verdict {
    Rights.verdict(
      command, roles: roles(in: project(of: request)), relation: relation(to: request),
      stage: request.stage)
  }

  package func verdict(_ command: Command, on project: ProjectRecord) -> Rights.Verdict {
    Rights.verdict(
      command, roles: roles(in: project), relation: relation(to: project),
      stage: project.stage(at: now))
  }

  package func verdict(_ command: Command) -> Rights.Verdict {
    Rights.verdict(command, roles: Set(account.roles), relation: .other, stage: .always)
  }

  package func may(_ command: Command, on request: RequestRecord) -> Bool {
    verdict(command, on: request) == .allowed && isServed(command, request)
  }

  package func may(_ command: Command, on project: ProjectRecord) -> Bool {
    verdict(command, on: project) == .allowed
  }

  package func may(_ command: Command) -> Bool { verdict(command) == .allowed }

  /// Whether a member of the project still has what the command needs: results and work end with
  /// the project, and begin with the agreement.
  func isServed(_ command: Command, _ request: RequestRecord) -> Bool {
    guard [.readResult, .submit, .edit].contains(command), relation(to: request) != .other,
      let id = request.project, let project = state.projects[id]
    else { return true }
    return project.stage(at: now) == .open && project.hasAccepted(name)
  }

  // MARK: What there is

  /// The requests that the person may know of, newest first.
  package var requests: [RequestRecord] {
    state.requestsInOrder.reversed().filter { may(.seeRequest, on: $0) }
  }

  package var projects: [ProjectRecord] {
    state.projects.values.filter { may(.seeProject, on: $0) }
      .sorted { ($0.opened, $0.project.id) > ($1.opened, $1.project.id) }
  }

  /// The requests that wait for this person's decision, oldest first.
  package var inbox: [RequestRecord] {
    state.requestsInOrder.filter { request in
      (may(.approve, on: request) && !request.votes.contains { $0.by == name })
        || may(.passGate, on: request)
    }
  }

  package func request(_ id: String) throws(Refusal) -> RequestRecord {
    guard let request = state.requests[id], may(.seeRequest, on: request) else { throw .notFound }
    return request
  }

  package func project(_ id: String) throws(Refusal) -> ProjectRecord {
    guard let project = state.projects[id], may(.seeProject, on: project) else { throw .notFound }
    return project
  }

  package func dataset(_ id: String) throws(Refusal) -> DatasetRecord {
    guard let dataset = state.datasets[id], may(.seeCatalogue) else { throw .notFound }
    return dataset
  }

  /// Finds a request that the person may do something with.
  package func request(_ id: String, for command: Command) throws(Refusal) -> RequestRecord {
    let request = try request(id)
    try settle(verdict(command, on: request), stage: request.stage)
    guard isServed(command, request) else {
      throw .conflict(
        "The project has ended, or you have not accepted its agreement. Results and work are for its people while it runs."
      )
    }
    return request
  }

  package func project(_ id: String, for command: Command) throws(Refusal) -> ProjectRecord {
    let project = try project(id)
    try settle(verdict(command, on: project), stage: project.stage(at: now))
    return project
  }

  package func require(_ command: Command) throws(Refusal) {
    try settle(verdict(command), stage: .always)
  }

  private func settle(_ verdict: Rights.Verdict, stage: Stage) throws(Refusal) {
    switch verdict {
    case .allowed: return
    case .forbidden: throw .forbidden
    case .wrongStage:
      throw .conflict("This cannot be done now: it is \(stage.rawValue).")
    }
  }
}
