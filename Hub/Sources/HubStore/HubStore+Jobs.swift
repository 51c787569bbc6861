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
}

/// Jobs. A worker claims one by a lease that it must renew; if it dies, another takes over. There
/// is one job at a time, so that what is new in the ledger is the job's own.
extension HubStore {
  /// Claims a job whose worker is gone, or else the oldest that waits.
  ///
  /// A queued request becomes running in the same transaction, or fails if its project has ended.
  package func claim(holder: String, seconds: Int, at now: Int) throws -> Job? {
    var job: Job?
    try alone { db in
      let held = try Row.fetchOne(db, sql: "SELECT * FROM jobs LIMIT 1")
      if let held {
        guard held["until"] <= now else { return false }
        try db.execute(
          sql: "UPDATE jobs SET holder = ?, until = ? WHERE request = ?",
          arguments: [holder, now + seconds, held["request"] as String])
        job = Job(request: held["request"], holder: holder, mark: held["mark"])
        return true
      }
      job = try start(holder: holder, until: now + seconds, at: now, db)
      return true
    }
    return job
  }

  private func start(holder: String, until: Int, at now: Int, _ db: Database) throws -> Job? {
    var chosen: String?
    _ = try append(by: HubName.worker, at: now, db) { state in
      let next = state.requestsInOrder.filter { $0.stage == .queued }
        .min { $0.changed < $1.changed }
      guard let next else { return [] }
      let project = next.project.flatMap { state.projects[$0] }
      if let project, project.stage(at: now) != .open {
        // It runs and fails at once, before anything is charged.
        let failure = Failure(
          id: "project.ended", message: "The project has ended.", isCharged: false)
        return [.started(request: next.id), .failed(request: next.id, failure: failure)]
      }
      chosen = next.id
      return [.started(request: next.id)]
    }
    guard let chosen else { return nil }
    try db.execute(
      sql: "INSERT INTO jobs (request, holder, until) VALUES (?, ?, ?)",
      arguments: [chosen, holder, until])
    return Job(request: chosen, holder: holder, mark: nil)
  }

  /// Writes down where the ledger stands, before anything is charged.
  /// - Returns: Whether the worker still holds the job.
  package func mark(_ job: Job, at mark: Int64) throws -> Bool {
    try update(job, "mark = ?", [mark])
  }

  /// The mark of a job; nil if it has none, or the worker holds it no longer.
  package func mark(of job: Job) throws -> Int64? {
    try database.read { db in
      try Row.fetchOne(
        db, sql: "SELECT mark FROM jobs WHERE request = ? AND holder = ?",
        arguments: [job.request, job.holder])?["mark"]
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
}
