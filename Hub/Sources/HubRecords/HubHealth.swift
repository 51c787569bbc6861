/// How the hub does as a machine, for administrators: nothing of what people do with it.
package struct HubHealth: Sendable, Equatable {
  /// A worker that has not ended by itself.
  package struct Presence: Sendable, Equatable {
    package let holder: String
    package let started: Int
    package let seen: Int

    package init(holder: String, started: Int, seen: Int) {
      (self.holder, self.started, self.seen) = (holder, started, seen)
    }
  }

  package var workers: [Presence] = []
  /// Approved requests that no worker has begun, and the time at which the oldest of them began to
  /// wait.
  package var waiting = 0
  package var waitsSince: Int?
  package var running = 0
  /// Entries of the log.
  package var entries = 0
  /// The first fault of the log in words; nil for a whole one.
  package var logFault: String?
  /// Bytes of the database, and bytes that are free where it lies; nil if the system does not say.
  package var databaseBytes: Int?
  package var freeBytes: Int?
  /// The newest letter of all people; nil if none was ever sent.
  package var lastLetter: Int?

  package init() {}

  /// Seconds after which a worker that was not seen counts as gone.
  package static let workerSeconds = 60
}
