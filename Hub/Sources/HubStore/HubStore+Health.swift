import Foundation
import GRDB
import HubLog
import HubRecords

/// Workers that are there, and what a page about the machine says.
extension HubStore {
  /// Notes that a worker is there.
  package func noteWorker(_ holder: String, at now: Int) throws {
    try database.write { db in
      try db.execute(
        sql: """
          INSERT INTO workers (holder, started, seen) VALUES (?1, ?2, ?2)
          ON CONFLICT (holder) DO UPDATE SET seen = ?2
          """, arguments: [holder, now])
      try db.execute(sql: "DELETE FROM workers WHERE seen < ?", arguments: [now - 86_400])
    }
  }

  /// Notes that a worker has ended by itself.
  package func forgetWorker(_ holder: String) throws {
    try database.write { db in
      try db.execute(sql: "DELETE FROM workers WHERE holder = ?", arguments: [holder])
    }
  }

  /// Reads the whole log to check it: for a page that few people open.
  package func health() throws -> HubHealth {
    var health = HubHealth()
    (health.workers, health.lastLetter) = try database.read { db in
      let workers = try Row.fetchAll(db, sql: "SELECT * FROM workers ORDER BY started, holder").map
      {
        HubHealth.Presence(holder: $0["holder"], started: $0["started"], seen: $0["seen"])
      }
      return (workers, try Int.fetchOne(db, sql: "SELECT MAX(sent) FROM mails"))
    }
    let waiting = try state().requestsInOrder.filter { $0.stage == .queued }
    health.waiting = waiting.count
    health.waitsSince = waiting.map(\.changed).min()
    health.running = try state().requestsInOrder.count { $0.stage == .running }
    health.entries = try entries(limit: 1).first?.number ?? 0
    health.logFault = try logFault()?.description
    let files = FileManager.default
    // What was written lately is in the second file.
    let sizes = ["", "-wal"].compactMap { ending -> Int? in
      let file = try? files.attributesOfItem(atPath: folder.database.path + ending)
      return (file?[.size] as? NSNumber)?.intValue
    }
    health.databaseBytes = sizes.isEmpty ? nil : sizes.reduce(0, +)
    let disk = try? files.attributesOfFileSystem(forPath: folder.root.path)
    health.freeBytes = (disk?[.systemFreeSize] as? NSNumber)?.intValue
    return health
  }
}
