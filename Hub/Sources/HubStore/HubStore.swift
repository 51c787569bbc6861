import Crypto
import Foundation
import GRDB
import HubLog
import HubRecords
import HubRights
import Synchronization

/// The database of a hub, which several processes of one machine share: the log and what follows
/// from it, and the secrets of accounts.
///
/// Every act is ruled upon and written in one transaction that no other process can enter, on the
/// state after the last entry: of two people who ask for the last of a budget, one gets it.
package final class HubStore: Sendable {
  package let folder: HubFolder
  let database: DatabasePool
  let sealKey: SymmetricKey
  let boxKey: SymmetricKey
  private let fold = Mutex(Fold())

  /// The state after a number of entries.
  private struct Fold: Sendable {
    var state = HubState()
    var entries = 0
    var head = LogEntry.origin
  }

  /// The points of a transaction at which a process may be killed.
  package enum Point: String, Sendable, CaseIterable {
    case begun, changed, committed
  }

  /// Told of each point, for tests that end the process there.
  private let reach: @Sendable (Point) -> Void

  package init(_ folder: HubFolder, reach: @escaping @Sendable (Point) -> Void = { _ in }) throws {
    (self.folder, self.reach) = (folder, reach)
    sealKey = try folder.key("seal")
    boxKey = try folder.key("box")
    var configuration = Configuration()
    configuration.busyMode = .timeout(20)
    // A statement's arguments may be words of people; an error never shows them.
    configuration.publicStatementArguments = false
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA synchronous = FULL")
    }
    try folder.closeDatabase()
    database = try DatabasePool(path: folder.database.path, configuration: configuration)
    try Self.migrate(database)
  }

  private static func migrate(_ database: DatabasePool) throws {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { db in
      try db.execute(
        sql: """
          CREATE TABLE entries (number INTEGER PRIMARY KEY, line TEXT NOT NULL) STRICT;
          CREATE TABLE seal (only INTEGER PRIMARY KEY CHECK (only = 1), entries INTEGER NOT NULL,
            head TEXT NOT NULL, code TEXT NOT NULL) STRICT;
          CREATE TABLE secrets (account TEXT PRIMARY KEY, password TEXT, factor BLOB,
            lastStep INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0,
            waitUntil INTEGER NOT NULL DEFAULT 0, code TEXT, codeUntil INTEGER) STRICT;
          CREATE TABLE sessions (digest TEXT PRIMARY KEY, account TEXT NOT NULL,
            created INTEGER NOT NULL, seen INTEGER NOT NULL, confirmed INTEGER NOT NULL,
            device TEXT NOT NULL) STRICT;
          CREATE TABLE jobs (request TEXT PRIMARY KEY, holder TEXT NOT NULL,
            until INTEGER NOT NULL, mark INTEGER, phase TEXT NOT NULL DEFAULT '',
            percent INTEGER NOT NULL DEFAULT 0) STRICT;
          CREATE TABLE tokens (digest TEXT PRIMARY KEY, account TEXT NOT NULL, name TEXT NOT NULL,
            created INTEGER NOT NULL) STRICT;
          """)
    }
    migrator.registerMigration("operation") { db in
      try db.execute(
        sql: """
          ALTER TABLE jobs ADD COLUMN budget TEXT;
          CREATE TABLE identities (issuer TEXT NOT NULL, subject TEXT NOT NULL,
            account TEXT NOT NULL UNIQUE, PRIMARY KEY (issuer, subject)) STRICT;
          CREATE TABLE addresses (account TEXT PRIMARY KEY, address TEXT NOT NULL) STRICT;
          CREATE TABLE feeds (digest TEXT PRIMARY KEY, account TEXT NOT NULL UNIQUE,
            created INTEGER NOT NULL) STRICT;
          CREATE TABLE tables (dataset TEXT PRIMARY KEY, stamp TEXT NOT NULL,
            budget TEXT NOT NULL) STRICT;
          CREATE TABLE mails (account TEXT PRIMARY KEY, sent INTEGER NOT NULL) STRICT;
          """)
    }
    migrator.registerMigration("health") { db in
      try db.execute(
        sql: """
          CREATE TABLE workers (holder TEXT PRIMARY KEY, started INTEGER NOT NULL,
            seen INTEGER NOT NULL) STRICT;
          """)
    }
    try migrator.migrate(database)
  }

  // MARK: State

  /// The state after the last entry that any process wrote.
  package func state() throws -> HubState {
    try database.read { db in try caughtUp(db).state }
  }

  /// Reads the entries that other processes wrote since.
  private func caughtUp(_ db: Database) throws -> (state: HubState, entries: Int, head: String) {
    let known = fold.withLock(\.entries)
    let lines = try String.fetchAll(
      db, sql: "SELECT line FROM entries WHERE number > ? ORDER BY number", arguments: [known])
    return try fold.withLock { fold in
      // Another thread may have been quicker.
      for line in lines.dropFirst(max(0, fold.entries - known)) {
        try Self.take(line, into: &fold)
      }
      return (fold.state, fold.entries, fold.head)
    }
  }

  private static func take(_ line: String, into fold: inout Fold) throws {
    guard let entry = LogEntry(line: line), entry.number == fold.entries + 1,
      entry.previous == fold.head
    else { throw HubStoreError.brokenLog(entry: fold.entries + 1) }
    fold.state.apply(entry.event)
    (fold.entries, fold.head) = (entry.number, LogEntry.hash(ofLine: line))
  }

  // MARK: Acts

  /// Rules upon an act and writes what follows.
  /// - Throws: ``Refusal``, or an error of the database.
  @discardableResult
  package func perform(_ act: Act, by account: String, at now: Int) throws -> [Event] {
    try write(by: account, at: now) { state in
      guard let sight = Sight(state, account: account, now: now) else { throw Refusal.forbidden }
      return try Ruling(sight).events(of: act)
    }
  }

  /// Writes the events that `events` makes of the present state, in the same transaction.
  @discardableResult
  package func write(
    by who: String, at now: Int, _ events: (HubState) throws -> [Event]
  ) throws -> [Event] {
    var made: [Event] = []
    try alone { db in
      made = try append(by: who, at: now, db, events)
      return true
    }
    return made
  }

  /// Runs work in a transaction that no other process writes beside.
  /// - Parameter work: Returns whether its changes stay.
  /// - Returns: Whether they stayed.
  @discardableResult
  func alone(_ work: (Database) throws -> Bool) throws -> Bool {
    var stays = false
    try database.writeWithoutTransaction { db in
      try db.inTransaction(.immediate) {
        reach(.begun)
        stays = try work(db)
        reach(.changed)
        return stays ? .commit : .rollback
      }
    }
    reach(.committed)
    return stays
  }

  /// Appends events in the transaction at hand.
  func append(by who: String, at now: Int, _ db: Database, _ events: (HubState) throws -> [Event])
    throws -> [Event]
  {
    let (state, last, lastHead) = try caughtUp(db)
    let made = try events(state)
    guard !made.isEmpty else { return [] }
    var (number, head) = (last, lastHead)
    for event in made {
      number += 1
      let line = try LogEntry(
        number: number, previous: head, event: DatedEvent(time: now, who: who, event: event)
      ).line()
      try db.execute(
        sql: "INSERT INTO entries (number, line) VALUES (?, ?)", arguments: [number, line])
      head = LogEntry.hash(ofLine: line)
    }
    let seal = LogSeal(entries: number, head: head, key: sealKey)
    try db.execute(
      sql: "INSERT OR REPLACE INTO seal (only, entries, head, code) VALUES (1, ?, ?, ?)",
      arguments: [seal.entries, seal.head, seal.code])
    return made
  }

  // MARK: Log

  /// The log with its seal, at one time.
  package func log() throws -> ExportedLog {
    try database.read { db in
      let lines = try String.fetchAll(db, sql: "SELECT line FROM entries ORDER BY number")
      let seal = try Row.fetchOne(db, sql: "SELECT entries, head, code FROM seal").map { row in
        LogSeal(entries: row["entries"], head: row["head"], code: row["code"])
      }
      return ExportedLog(lines: lines, seal: seal)
    }
  }

  /// The newest entries before a number, newest first.
  package func entries(before number: Int = .max, limit: Int) throws -> [LogEntry] {
    try database.read { db in
      try String.fetchAll(
        db, sql: "SELECT line FROM entries WHERE number < ? ORDER BY number DESC LIMIT ?",
        arguments: [number, limit]
      ).compactMap(LogEntry.init(line:))
    }
  }

  /// The first fault of the log and its seal; nil if there is none.
  package func logFault() throws -> LogCheck.Fault? {
    let log = try log()
    if log.lines.isEmpty, log.seal == nil { return nil }
    return LogCheck.fault(in: log.lines, seal: log.seal, key: sealKey)
  }
}

/// A fault of the database.
package enum HubStoreError: Error, Equatable, CustomStringConvertible {
  case brokenLog(entry: Int)

  package var description: String {
    switch self {
    case .brokenLog(let entry):
      "The log is broken at entry \(entry). `understudy-hub verify` says how."
    }
  }
}
