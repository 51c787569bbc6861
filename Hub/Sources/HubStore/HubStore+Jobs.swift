import Foundation
import GRDB
import HubRecords

/// A request in the hands of a worker.
package struct Job: Sendable, Equatable {
  package let request: String
  /// The worker that holds it.
  package let holder: String
  /// The number of the ledger's newest entry before anything was charged; nil if nothing was.
  package let mark: Int64?
  /// The name of the ledger's budget that it charges; nil if it is not known.
  package let budget: String?
}

extension Failure {
  /// The end that somebody asked for before anything was charged.
  package static let cancelledBefore = Failure(
    id: "cancelled", message: "Cancelled before anything was charged.", isCharged: false)
}

/// Jobs. A worker claims one by a lease that it must renew; if it dies, another takes over. Jobs of
/// one budget come one after another, so that what is new in a budget is the job's own; jobs of
/// different budgets run beside each other.
extension HubStore {
  /// Claims a job whose worker is gone, or else the oldest that waits and whose data set no other
  /// job works on.
  ///
  /// A queued request becomes running in the same transaction, or fails if its project has ended or
  /// its end was asked for.
  package func claim(holder: String, seconds: Int, at now: Int) throws -> Job? {
    var job: Job?
    try alone { db in
      let held = try Row.fetchOne(
        db, sql: "SELECT * FROM jobs WHERE until <= ? ORDER BY until, request LIMIT 1",
        arguments: [now])
      if let held {
        try db.execute(
          sql: "UPDATE jobs SET holder = ?, until = ? WHERE request = ?",
          arguments: [holder, now + seconds, held["request"] as String])
        job = Job(
          request: held["request"], holder: holder, mark: held["mark"], budget: held["budget"])
        return true
      }
      job = try start(holder: holder, until: now + seconds, at: now, db)
      return true
    }
    return job
  }

  private func start(holder: String, until: Int, at now: Int, _ db: Database) throws -> Job? {
    let held = try Set(String.fetchAll(db, sql: "SELECT request FROM jobs"))
    var chosen: String?
    _ = try append(by: HubName.worker, at: now, db) { state in
      let busy = Set(held.compactMap { state.requests[$0]?.dataset })
      let next = state.requestsInOrder
        .filter { $0.stage == .queued && !busy.contains($0.dataset) }
        .min { $0.changed < $1.changed }
      guard let next else { return [] }
      if let failure = Self.reasonNotToStart(next, state, at: now) {
        // It runs and fails at once, before anything is charged.
        return [.started(request: next.id), .failed(request: next.id, failure: failure)]
      }
      chosen = next.id
      return [.started(request: next.id)]
    }
    guard let chosen else { return nil }
    try db.execute(
      sql: "INSERT INTO jobs (request, holder, until) VALUES (?, ?, ?)",
      arguments: [chosen, holder, until])
    return Job(request: chosen, holder: holder, mark: nil, budget: nil)
  }

  private static func reasonNotToStart(
    _ request: RequestRecord, _ state: HubState, at now: Int
  ) -> Failure? {
    if request.isCancelling { return .cancelledBefore }
    guard let project = request.project.flatMap({ state.projects[$0] }),
      project.stage(at: now) != .open
    else { return nil }
    return Failure(id: "project.ended", message: "The project has ended.", isCharged: false)
  }

  /// Writes down where the ledger stands and which budget the job charges, before anything is
  /// charged; unless another job is at the same budget.
  /// - Parameter budget: The name of the ledger's budget; nil if it is not known, so that the job
  ///   must be the only one.
  /// - Returns: Whether the worker may go on.
  package func mark(_ job: Job, at mark: Int64, budget: String?) throws -> Bool {
    var isFree = false
    try alone { db in
      let others = try Int.fetchOne(
        db,
        sql: """
          SELECT COUNT(*) FROM jobs WHERE request <> ?1 AND mark IS NOT NULL
            AND (?2 IS NULL OR budget IS NULL OR budget = ?2)
          """, arguments: [job.request, budget])
      guard others == 0 else { return false }
      try db.execute(
        sql: "UPDATE jobs SET mark = ?, budget = ? WHERE request = ? AND holder = ?",
        arguments: [mark, budget, job.request, job.holder])
      isFree = db.changesCount == 1
      return isFree
    }
    return isFree
  }

  /// The job as it stands, with its mark; nil if the worker holds it no longer.
  package func present(_ job: Job) throws -> Job? {
    try database.read { db in
      try Row.fetchOne(
        db, sql: "SELECT * FROM jobs WHERE request = ? AND holder = ?",
        arguments: [job.request, job.holder]
      ).map {
        Job(request: $0["request"], holder: $0["holder"], mark: $0["mark"], budget: $0["budget"])
      }
    }
  }

  /// Renews the lease.
  package func renew(_ job: Job, seconds: Int, at now: Int) throws -> Bool {
    try update(job, "until = ?", [now + seconds])
  }

  /// Gives the job back as it is; after some seconds a worker looks again.
  package func postpone(_ job: Job, seconds: Int, at now: Int) throws {
    _ = try update(job, "until = ?", [now + seconds])
  }

  package func setProgress(_ job: Job, phase: String, percent: Int) throws {
    _ = try update(job, "phase = ?, percent = ?", [phase, percent])
  }

  private func update(_ job: Job, _ change: String, _ values: [any DatabaseValueConvertible])
    throws -> Bool
  {
    try database.write { db in
      try db.execute(
        sql: "UPDATE jobs SET \(change) WHERE request = ? AND holder = ?",
        arguments: StatementArguments(values + [job.request, job.holder]))
      return db.changesCount == 1
    }
  }

  /// Ends a job with its events, if the worker still holds it.
  package func end(_ job: Job, at now: Int, _ events: (HubState) throws -> [Event]) throws -> Bool {
    return try alone { db in
      try db.execute(
        sql: "DELETE FROM jobs WHERE request = ? AND holder = ?",
        arguments: [job.request, job.holder])
      guard db.changesCount == 1 else { return false }
      _ = try append(by: HubName.worker, at: now, db, events)
      return true
    }
  }

  /// The progress of a job: a phase in words and hundredths.
  package func progress(of request: String) throws -> (phase: String, percent: Int)? {
    try database.read { db in
      try Row.fetchOne(
        db, sql: "SELECT phase, percent FROM jobs WHERE request = ?", arguments: [request]
      ).map { ($0["phase"], $0["percent"]) }
    }
  }

  // MARK: Budgets

  /// The name of the budget that a data set's table had when its file bore a stamp; nil if another
  /// file was read, or none.
  package func budget(of dataset: String, stamp: String) throws -> String? {
    try database.read { db in
      try String.fetchOne(
        db, sql: "SELECT budget FROM tables WHERE dataset = ? AND stamp = ?",
        arguments: [dataset, stamp])
    }
  }

  package func keep(budget: String, of dataset: String, stamp: String) throws {
    try database.write { db in
      try db.execute(
        sql: "INSERT OR REPLACE INTO tables (dataset, stamp, budget) VALUES (?, ?, ?)",
        arguments: [dataset, stamp, budget])
    }
  }
}
