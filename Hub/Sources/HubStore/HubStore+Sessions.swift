import Foundation
import GRDB
import HubAccounts
import HubRecords

/// A session of a person who has signed in.
package struct SessionRecord: Sendable, Equatable {
  /// SHA-256 of its secret, in hexadecimal: the secret itself is only with the browser.
  package let digest: String
  package let account: String
  package let created: Int
  package let seen: Int
  /// When a code of the second factor was last shown.
  package let confirmed: Int
  /// The name that the browser gives itself.
  package let device: String

  /// Seconds without a request after which a session ends.
  package static let idleSeconds = 1800
  /// Seconds after which it ends in any case.
  package static let longestSeconds = 12 * 3600
  /// Seconds for which a code is good for decisions.
  package static let confirmedSeconds = 600

  func isAlive(at now: Int) -> Bool {
    now < seen + Self.idleSeconds && now < created + Self.longestSeconds
  }

  package func isConfirmed(at now: Int) -> Bool { now < confirmed + Self.confirmedSeconds }
}

extension HubStore {
  /// The session of a secret, if it lasts and its account is not disabled.
  package func session(_ secret: String, at now: Int) throws -> SessionRecord? {
    let digest = RandomToken.digest(secret)
    let session = try database.read { db in
      try Row.fetchOne(db, sql: "SELECT * FROM sessions WHERE digest = ?", arguments: [digest])
        .map(SessionRecord.init)
    }
    guard let session, session.isAlive(at: now),
      try state().accounts[session.account]?.isDisabled == false
    else { return nil }
    // Once a minute is enough, and spares a write for every page.
    if now >= session.seen + 60 {
      try database.write { db in
        try db.execute(
          sql: "UPDATE sessions SET seen = ? WHERE digest = ?", arguments: [now, digest])
      }
    }
    return session
  }

  /// The sessions of an account that last, newest first.
  package func sessions(of account: String, at now: Int) throws -> [SessionRecord] {
    try database.read { db in
      try Row.fetchAll(
        db, sql: "SELECT * FROM sessions WHERE account = ? ORDER BY created DESC",
        arguments: [account]
      ).map(SessionRecord.init)
    }.filter { $0.isAlive(at: now) }
  }

  /// Ends one session of an account, or all of them.
  package func endSessions(of account: String, digest: String? = nil, at now: Int) throws {
    try alone { db in
      try db.execute(
        sql: "DELETE FROM sessions WHERE account = ?1 AND (?2 IS NULL OR digest = ?2)",
        arguments: [account, digest])
      guard db.changesCount > 0 else { return false }
      _ = try append(by: account, at: now, db) { _ in
        [.accountNoted(account: account, note: digest == nil ? .sessionsEnded : .signedOut)]
      }
      return true
    }
  }
}

extension SessionRecord {
  fileprivate init(_ row: Row) {
    self.init(
      digest: row["digest"], account: row["account"], created: row["created"], seen: row["seen"],
      confirmed: row["confirmed"], device: row["device"])
  }
}
