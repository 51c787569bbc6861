/// The state of a hub: what follows from its events.
package struct HubState: Sendable, Equatable {
  package private(set) var accounts: [String: Account] = [:]
  package private(set) var datasets: [String: DatasetRecord] = [:]
  package private(set) var projects: [String: ProjectRecord] = [:]
  package private(set) var requests: [String: RequestRecord] = [:]
  /// Requests in the order in which they were drafted.
  package private(set) var order: [String] = []
  /// The newest entry of the ledger that a worker has seen.
  package private(set) var ledgerEntry: Int64 = 0

  package init() {}

  package init(_ events: some Sequence<DatedEvent>) {
    for event in events { apply(event) }
  }

  package mutating func apply(_ dated: DatedEvent) {
    switch dated.event {
    case .accountMade(let account): accounts[account.name] = account
    case .rolesSet(let name, let roles): accounts[name]?.roles = roles
    case .accountDisabled(let name): accounts[name]?.isDisabled = true
    case .accountNoted, .logExported: break
    case .datasetRegistered(let dataset):
      datasets[dataset.id] = DatasetRecord(dataset: dataset)
    case .datasetDescribed(let id, let words): datasets[id]?.dataset.words = words
    case .policySet(let id, let policy): datasets[id]?.policy = policy
    case .balanceSeen(let id, let balance):
      datasets[id]?.balance = balance
      ledgerEntry = max(ledgerEntry, balance.ledgerEntry)
    case .projectOpened(let project):
      projects[project.id] = ProjectRecord(
        project: project, opened: dated.time, members: [project.lead: nil])
    case .memberAdded(let id, let account):
      projects[id]?.members[account] = .some(nil)
    case .memberRemoved(let id, let account): projects[id]?.members.removeValue(forKey: account)
    case .agreementAccepted(let id, _): projects[id]?.members[dated.who] = .some(dated.time)
    case .projectClosed(let id, let reason):
      projects[id]?.closing = .init(time: dated.time, by: dated.who, reason: reason)
    case .drafted(let id, let dataset, let project, let spec):
      requests[id] = RequestRecord(
        id: id, author: dated.who, dataset: dataset, project: project, spec: spec,
        changed: dated.time)
      order.append(id)
    case .edited, .submitted, .commented, .voted, .returned, .refused, .withdrawn, .approved,
      .queued, .started, .cancelAsked, .finished, .passed, .failed, .answeredBefore, .revoked,
      .fetched:
      if let id = dated.event.request { requests[id]?.apply(dated) }
    }
  }

  /// Requests in the order in which they were drafted.
  package var requestsInOrder: [RequestRecord] { order.compactMap { requests[$0] } }

  package func requests(of project: String) -> [RequestRecord] {
    requestsInOrder.filter { $0.project == project }
  }

  /// The units of precision that a project has used or has promised to use. A job that failed after
  /// it was charged counts: what was spent stays spent.
  package func units(usedBy project: String) -> Int {
    requests(of: project).filter { request in
      request.answeredBy == nil
        && (request.stage.countsUnits || request.failure?.isCharged == true)
    }.reduce(0) { $0 + $1.spec.units }
  }

  /// The ε of what a data set's workers have yet to carry out.
  package func epsilonAtWork(on dataset: String) -> Double {
    guard let unit = datasets[dataset]?.dataset.unitEpsilon else { return 0 }
    return requests.values.filter { $0.dataset == dataset && $0.stage.isAtWork }
      .reduce(0) { $0 + Double($1.spec.units) * unit }
  }

  /// The ε of a request; 0 for one that costs nothing.
  package func epsilon(of request: RequestRecord) -> Double {
    Double(request.spec.units) * (datasets[request.dataset]?.dataset.unitEpsilon ?? 0)
  }

  /// An earlier request whose answer is the answer to this one: the same question at the same
  /// price.
  package func answer(to request: RequestRecord) -> RequestRecord? {
    guard case .analysis = request.spec else { return nil }
    return requestsInOrder.first {
      $0.id != request.id && $0.dataset == request.dataset && $0.spec == request.spec
        && $0.stage == .released && $0.answeredBy == nil
    }
  }
}
