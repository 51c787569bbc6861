import HubLog
import HubRecords

/// Requests: drafted, submitted, approved.
extension Ruling {
  func draft(_ id: String, _ place: Act.Place, _ spec: Spec) throws(Refusal) -> [Event] {
    guard state.requests[id] == nil, Words.isName(id) else {
      throw .conflict("There is a request of this name.")
    }
    try checkOpen()
    switch (place, spec.kind) {
    case (.dataset(let dataset), .access), (.dataset(let dataset), .budget):
      try sight.require(spec.kind == .access ? .askAccess : .askBudget)
      let record = try sight.dataset(dataset)
      try check(spec, dataset: record, project: nil)
      return [.drafted(request: id, dataset: dataset, project: nil, spec: spec)]
    case (.project(let project), .release), (.project(let project), .analysis):
      let record = try sight.project(project, for: .askInProject)
      try checkAgreement(record)
      let dataset = try sight.dataset(record.project.dataset)
      try check(spec, dataset: dataset, project: record)
      return [
        .drafted(request: id, dataset: record.project.dataset, project: project, spec: spec)
      ]
    default:
      throw .invalid(field: "kind", "Releases and analyses are asked for in a project.")
    }
  }

  /// The most requests of one person that wait for a decision, drafts included.
  package static let mostOpen = 100

  private func checkOpen() throws(Refusal) {
    let waiting: Set<Stage> = [.draft, .submitted, .inReview, .returned]
    let count = state.requests.values.count { $0.author == name && waiting.contains($0.stage) }
    guard count < Self.mostOpen else {
      throw .conflict(
        "You have \(count) requests that nobody has decided on. Withdraw some of them first.")
    }
  }

  func edit(_ id: String, _ spec: Spec) throws(Refusal) -> [Event] {
    let request = try sight.request(id, for: .edit)
    guard spec.kind == request.spec.kind else {
      throw .invalid(field: "kind", "The kind of a request stays. Make another one.")
    }
    try check(
      spec, dataset: try sight.dataset(request.dataset),
      project: request.project.flatMap { state.projects[$0] })
    return [.edited(request: id, spec: spec)]
  }

  func submit(_ id: String) throws(Refusal) -> [Event] {
    let request = try sight.request(id, for: .submit)
    let dataset = try sight.dataset(request.dataset)
    guard let policy = dataset.policy else {
      throw .conflict("No privacy officer has set a policy for this data set yet.")
    }
    if let earlier = state.answer(to: request) {
      return [.submitted(request: id), .answeredBefore(request: id, by: earlier.id)]
    }
    try checkShare(request)
    guard request.spec.kind == .analysis, policy.automaticUnits >= request.spec.units,
      policy.officer != name,
      sight.project(of: request)?.hasMember(policy.officer) == false
    else { return [.submitted(request: id)] }
    try checkBudget(request, dataset)
    let approval = Approval.policy(version: policy.version, officer: policy.officer)
    return [
      .submitted(request: id), .approved(request: id, by: approval), .queued(request: id),
    ]
  }

  func approve(_ id: String, _ version: Int, _ reason: String) throws(Refusal) -> [Event] {
    var request = try reviewed(id, version, for: .approve)
    guard !request.votes.contains(where: { $0.by == name }) else {
      throw .conflict("You have approved this version already.")
    }
    let dataset = try sight.dataset(request.dataset)
    guard let policy = dataset.policy else {
      throw .conflict("No privacy officer has set a policy for this data set yet.")
    }
    let reason = try Words.optional(reason, as: "reason")
    let roles = sight.account.roles
    let isMissingOfficer = request.votes(of: .officer) < policy.officers
    let role: Role =
      roles.contains(.officer) && (isMissingOfficer || !roles.contains(.checker))
      ? .officer : .checker
    request.votes.append(.init(by: name, role: role))
    var events = [Event.voted(request: id, role: role, version: version, reason: reason)]
    guard request.votes(of: .officer) >= policy.officers,
      request.votes(of: .checker) >= policy.checkers
    else { return events }
    events.append(.approved(request: id, by: .people(request.votes.map(\.by))))
    return events + (try consequences(of: request, dataset))
  }

  /// The events that follow from the last approval.
  private func consequences(of request: RequestRecord, _ dataset: DatasetRecord) throws(Refusal)
    -> [Event]
  {
    guard case .access(let title, let purpose, let units, let days, _) = request.spec else {
      try checkShare(request)
      try checkBudget(request, dataset)
      return [.queued(request: request.id)]
    }
    return [
      .projectOpened(
        Project(
          id: request.id, title: title, purpose: purpose, dataset: request.dataset,
          lead: request.author, units: units, until: sight.now + days * 86_400,
          agreement: TextDigest.of(dataset.dataset.agreement)))
    ]
  }

  // MARK: Checks

  private func check(_ spec: Spec, dataset: DatasetRecord, project: ProjectRecord?) throws(Refusal)
  {
    switch spec {
    case .access(let title, let purpose, let units, let days, let use):
      _ = try Words.checked(title, as: "title")
      guard title.count <= 120 else { throw .invalid(field: "title", "At most 120 characters.") }
      _ = try Words.checked(purpose, as: "purpose")
      guard (1...1000).contains(units) else {
        throw .invalid(field: "units", "From 1 to 1000 units of precision.")
      }
      guard (1...1830).contains(days) else { throw .invalid(field: "days", "From 1 to 1830 days.") }
      _ = try Words.optional(use?.words ?? "", as: "words")
    case .release(let units, let targets, let rows, let columns):
      try checkUnits(units)
      if let columns { try check(columns, of: dataset.dataset, targets: targets) }
      guard targets.count <= 20 else { throw .invalid(field: "targets", "At most 20 columns.") }
      guard rows.map({ (1...100_000_000).contains($0) }) ?? true else {
        throw .invalid(field: "rows", "From 1 to 100 million rows, or leave it empty.")
      }
    case .analysis(let question, let release, let units):
      try checkUnits(units)
      guard !question.kind.isEmpty else { throw .invalid(field: "kind", "Choose an analysis.") }
      guard let pilot = state.requests[release], pilot.project == project?.project.id,
        pilot.spec.kind == .release, pilot.stage == .released
      else {
        throw .invalid(field: "release", "Choose a stand-in that this project has received.")
      }
    case .budget(let epsilon, let reason):
      guard epsilon.isFinite, epsilon > 0, epsilon <= 20 else {
        throw .invalid(field: "epsilon", "Above 0 and at most 20.")
      }
      _ = try Words.checked(reason, as: "reason")
    }
  }

  /// Columns that are chosen are ones that a stand-in models, each once, with the targets among
  /// them.
  private func check(_ columns: [String], of dataset: Dataset, targets: [String]) throws(Refusal) {
    guard !columns.isEmpty else {
      throw .invalid(field: "columns", "Choose one column or more.")
    }
    guard Set(columns).count == columns.count,
      NarrowedSchema(dataset.schema, keeping: columns) != nil
    else {
      throw .invalid(
        field: "columns", "Choose from the columns that a stand-in of this data set models.")
    }
    guard Set(targets).isSubset(of: columns) else {
      throw .invalid(field: "targets", "They must be among the columns that you choose.")
    }
  }

  private func checkUnits(_ units: Int) throws(Refusal) {
    guard (1...1000).contains(units) else {
      throw .invalid(field: "units", "At least 1 unit of precision.")
    }
  }

  private func checkAgreement(_ project: ProjectRecord) throws(Refusal) {
    guard project.hasAccepted(name) else {
      throw .conflict("Accept the project's agreement first.")
    }
  }

  /// The project's share must hold the request along with all that is used and promised.
  private func checkShare(_ request: RequestRecord) throws(Refusal) {
    guard let id = request.project, let project = state.projects[id] else { return }
    let left = project.project.units - state.units(usedBy: id)
    guard request.spec.units <= left else {
      throw .conflict(
        "The project has \(max(0, left)) of its \(project.project.units) units of precision left, and this needs \(request.spec.units)."
      )
    }
  }

  /// The data set's budget, as the ledger last told it, must hold the request along with the work
  /// that waits. The ledger itself judges again before anything is charged.
  private func checkBudget(_ request: RequestRecord, _ dataset: DatasetRecord) throws(Refusal) {
    guard request.spec.kind != .budget else { return }
    let balance = dataset.balance
    let further =
      request.spec.kind == .analysis
      ? balance?.answerEpsilon ?? balance?.furtherEpsilon : balance?.furtherEpsilon
    let left = (further ?? 0) - state.epsilonAtWork(on: request.dataset)
    guard state.epsilon(of: request) <= left * (1 + 1e-9) else {
      throw .conflict(
        "The budget of the data set does not hold this. Its owner can ask for more budget.")
    }
  }
}
