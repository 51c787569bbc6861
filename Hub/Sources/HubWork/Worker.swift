import Foundation
import HubAccounts
import HubRecords
import HubStore
import Understudy

/// A fault that ends a worker.
package enum WorkerError: Error, Equatable, CustomStringConvertible {
  /// The ledger is an older copy, which would give back what was spent.
  case olderLedger(seen: Int64, found: Int64)

  package var description: String {
    switch self {
    case .olderLedger(let seen, let found):
      "The ledger ends at entry \(found), but the hub has seen entry \(seen). It is an older copy, which would "
        + "give back what was spent: put the newest one back."
    }
  }
}

/// Carries out approved requests, one at a time: the only process of the hub that opens a table.
/// Several workers do several jobs at once, if those charge different budgets.
///
/// A job goes through points, each of which leaves enough for another worker to go on:
/// claimed → marked (where the ledger stands) → charged and written to the vault, by the core,
/// whole or not at all → ended in the log.
package struct Worker: Sendable {
  /// The points at which a process may be killed.
  package enum Point: String, Sendable, CaseIterable {
    case claimed, read, known, marked, working, written, weighed, ended
    /// Between two steps of the core that makes a release; reached many times.
    case advanced

    /// The points that every job goes through, before and after the core.
    package static let ofEveryJob = allCases.filter { $0 != .advanced }
  }

  let store: HubStore
  let workbench: Workbench
  let holder: String
  let leaseSeconds: Int
  /// The folders whose tables may be opened; nil for all that the user of the machine can read.
  let sources: [String]?
  let clock: @Sendable () -> Int
  /// Told of each point, for tests that end the process there.
  let reach: @Sendable (Point) -> Void

  package init(
    _ store: HubStore, leaseSeconds: Int = 30, sources: [URL]? = nil,
    clock: @escaping @Sendable () -> Int = { Int(Date().timeIntervalSince1970) },
    reach: @escaping @Sendable (Point) -> Void = { _ in }
  ) throws {
    self.store = store
    workbench = try Workbench(ledger: store.folder.ledger, keys: store.folder.signingKeys)
    holder = RandomToken.name()
    self.sources = sources?.map { $0.resolvingSymlinksInPath().path }
    (self.leaseSeconds, self.clock, self.reach) = (leaseSeconds, clock, reach)
  }

  /// Works until the task is cancelled, or until a request to end, after which the job at hand is
  /// still carried out.
  package func run(
    pollSeconds: Double = 1, isEnding: @escaping @Sendable () -> Bool = { false }
  ) async throws {
    defer { try? store.forgetWorker(holder) }
    var noted = Int.min
    while !Task.isCancelled, !isEnding() {
      if clock() >= noted + Self.presenceSeconds {
        noted = clock()
        try store.noteWorker(holder, at: noted)
      }
      if try await step() { continue }
      try await Task.sleep(for: .seconds(pollSeconds))
    }
  }

  /// Seconds between two notes that a worker is there.
  private static let presenceSeconds = 15

  /// Carries out one job if there is one.
  /// - Returns: Whether there was one.
  @discardableResult
  package func step() async throws -> Bool {
    guard let job = try store.claim(holder: holder, seconds: leaseSeconds, at: clock()) else {
      return false
    }
    reach(.claimed)
    let state = try store.state()
    guard let request = state.requests[job.request], request.stage == .running,
      let dataset = state.datasets[request.dataset]?.dataset
    else {
      // It was ended, and only the lease was left.
      return try store.end(job, at: clock()) { _ in [] }
    }
    let work = Task { try await carryOut(job, request, dataset, state) }
    let heartbeat = heartbeat(job, work)
    defer { heartbeat.cancel() }
    let outcome: Outcome
    do {
      outcome = try await withTaskCancellationHandler {
        try await work.value
      } onCancel: {
        work.cancel()
      }
    } catch let error as UnderstudyError {
      // A result that is there stands, however late the end was asked for.
      outcome =
        error.id == "cancelled" && hasResult(request.id)
        ? .done : .failed(try await failure(error, job))
    }
    try await end(job, request, outcome)
    reach(.ended)
    return true
  }

  enum Outcome {
    case done
    case failed(Failure)
    case later
  }

  private func carryOut(
    _ job: Job, _ request: RequestRecord, _ dataset: Dataset, _ state: HubState
  ) async throws -> Outcome {
    let marks = try LedgerMarks(await workbench.budgets())
    guard marks.newest >= state.ledgerEntry else {
      try store.postpone(job, seconds: 0, at: clock())
      throw WorkerError.olderLedger(seen: state.ledgerEntry, found: marks.newest)
    }
    reach(.read)
    let mark = job.mark ?? marks.newest
    let recovery = Recovery(
      kind: request.spec.kind, isMarked: job.mark != nil, hasResult: hasResult(request.id),
      sessions: marks.sessions(after: mark, in: job.budget)
        .compactMap { .init(rawValue: $0.state.rawValue) },
      hasGrant: marks.hasGrant(after: mark))
    switch recovery {
    case .take: return .done
    case .wait: return .later
    case .fail:
      return .failed(
        Failure(
          id: "worker.stopped",
          message: "The work was cut short after the budget was charged. Nothing was released.",
          isCharged: true))
    case .run, .askAgain:
      guard mayOpen(dataset.source) else {
        return .failed(
          Failure(
            id: "source.not-allowed",
            message: "The table is not in a folder that the worker may open.", isCharged: false))
      }
      if recovery == .run, try isCancelling(request.id) { return .failed(.cancelledBefore) }
      let budget = job.mark == nil ? try await budgetName(of: request, dataset, marks) : job.budget
      reach(.known)
      // Another worker has it if the lease was lost, or another job is at this budget; then nothing
      // may be charged here.
      guard try store.mark(job, at: mark, budget: budget) else { return .later }
      reach(.marked)
      reach(.working)
      // The last moment at which the end costs nothing.
      if recovery == .run, try isCancelling(request.id) { return .failed(.cancelledBefore) }
      try await work(job, request, dataset, state)
      reach(.written)
      return .done
    }
  }

  private func isCancelling(_ id: String) throws -> Bool {
    try store.state().requests[id]?.isCancelling ?? false
  }

  /// Whether a table lies in one of the folders that were named, also by way of links.
  func mayOpen(_ source: String) -> Bool {
    guard let sources else { return true }
    let place = URL(filePath: source).resolvingSymlinksInPath().path
    return sources.contains { place.hasPrefix($0 == "/" ? $0 : $0 + "/") }
  }

  private func hasResult(_ id: String) -> Bool {
    FileManager.default.fileExists(atPath: store.folder.result(of: id).path)
  }

  // MARK: Work

  private func work(
    _ job: Job, _ request: RequestRecord, _ dataset: Dataset, _ state: HubState
  ) async throws {
    let table = TableSource.file(URL(filePath: dataset.source))
    let epsilon = state.epsilon(of: request)
    let output = store.folder.result(of: request.id)
    switch request.spec {
    case .access: break
    case .budget(let epsilon, _):
      _ = try await workbench.grant(epsilon: epsilon, to: table, schema: .text(dataset.schema))
    case .release(_, let targets, let rows, let columns):
      var release = ReleaseRequest(
        table: table, schema: .text(dataset.schema(ofColumns: columns)), epsilon: epsilon,
        output: output)
      (release.targets, release.rows, release.makesOwnerReport) = (targets, rows, false)
      if let left = try await deltaLeft(to: job), left > 0 {
        release.delta = min(release.delta, left)
      }
      _ = try await workbench.synthesize(release) { progress in
        // A page that shows an old percentage is no fault, so a failed write is not one.
        try? store.setProgress(
          job, phase: progress.phase, percent: Int((progress.fraction * 100).rounded()))
        reach(.advanced)
      }
    case .analysis(let question, let release, _):
      let file = store.folder.question(of: request.id)
      try question.file().write(to: file, options: .atomic)
      _ = try await workbench.ask(
        file, of: table, release: store.folder.result(of: release), epsilon: epsilon,
        output: output)
    }
  }

  private func failure(_ error: UnderstudyError, _ job: Job) async throws -> Failure {
    let marks = try LedgerMarks(await workbench.budgets())
    let present = try store.present(job)
    let sessions = present?.mark.map { marks.sessions(after: $0, in: present?.budget) } ?? []
    let isCancelled = error.id == "cancelled"
    // A session that was settled without a charge costs nothing.
    let rho = sessions.reduce(0) { $0 + $1.counted.rho }
    return Failure(
      id: error.id,
      message: isCancelled ? "The work was cancelled. Nothing was released." : error.message,
      isCharged: isCancelled ? rho > 0 : !sessions.isEmpty,
      chargedRho: isCancelled && rho > 0 ? rho : nil)
  }

  private func end(_ job: Job, _ request: RequestRecord, _ outcome: Outcome) async throws {
    switch outcome {
    case .later: try store.postpone(job, seconds: min(2, leaseSeconds), at: clock())
    case .failed(let failure):
      let balance = try await balance(of: request.dataset, after: job)
      _ = try store.end(job, at: clock()) { _ in
        [.failed(request: request.id, failure: failure)] + balance
      }
    case .done:
      let balance = try await balance(of: request.dataset, after: job)
      reach(.weighed)
      _ = try store.end(job, at: clock()) { state in
        let checks = state.datasets[request.dataset]?.policy?.checksOutput ?? false
        let atGate = checks && request.spec.kind != .budget
        return [.finished(request: request.id, atGate: atGate)] + balance
      }
    }
  }

  /// Renews the lease until it is cancelled, and ends the work if somebody asks for that.
  private func heartbeat(_ job: Job, _ work: Task<Outcome, any Error>) -> Task<Void, Never> {
    Task {
      var renewed = clock()
      while !Task.isCancelled {
        try? await Task.sleep(for: .seconds(min(0.2, Double(leaseSeconds) / 3)))
        guard !Task.isCancelled else { return }
        if (try? isCancelling(job.request)) == true { work.cancel() }
        guard clock() >= renewed + leaseSeconds / 3 else { continue }
        guard (try? store.renew(job, seconds: leaseSeconds, at: clock())) == true else { return }
        renewed = clock()
        // A page that shows a worker as gone is no fault, so a failed write is not one.
        try? store.noteWorker(holder, at: renewed)
      }
    }
  }
}
