import GRDB
import HubAccounts
import HubRecords

/// Addresses for letters, and the secrets of feeds. None is in the log.
extension HubStore {
  /// Sets the address of an account, or removes it.
  package func setAddress(_ address: String?, of account: String, at now: Int) throws {
    try alone { db in
      if let address {
        try db.execute(
          sql: "INSERT OR REPLACE INTO addresses (account, address) VALUES (?, ?)",
          arguments: [account, address])
      } else {
        try db.execute(sql: "DELETE FROM addresses WHERE account = ?", arguments: [account])
      }
      _ = try append(by: account, at: now, db) { _ in
        [.accountNoted(account: account, note: .addressSet)]
      }
      return true
    }
  }

  /// The addresses of all accounts that have one.
  package func addresses() throws -> [String: String] {
    try database.read { db in
      let rows = try Row.fetchAll(db, sql: "SELECT account, address FROM addresses")
      return Dictionary(uniqueKeysWithValues: rows.map { ($0["account"], $0["address"]) })
    }
  }

  /// When a letter was last sent to each account.
  package func lettersSent() throws -> [String: Int] {
    try database.read { db in
      let rows = try Row.fetchAll(db, sql: "SELECT account, sent FROM mails")
      return Dictionary(uniqueKeysWithValues: rows.map { ($0["account"], $0["sent"]) })
    }
  }

  package func noteLetter(to account: String, at now: Int) throws {
    try database.write { db in
      try db.execute(
        sql: "INSERT OR REPLACE INTO mails (account, sent) VALUES (?, ?)",
        arguments: [account, now])
    }
  }

  // MARK: Feeds

  /// Makes the feed of an account; an earlier one ends. Its secret is shown once and not kept.
  package func makeFeed(for account: String, at now: Int) throws -> String {
    let secret = "uf_" + RandomToken.secret()
    try alone { db in
      try db.execute(sql: "DELETE FROM feeds WHERE account = ?", arguments: [account])
      try db.execute(
        sql: "INSERT INTO feeds (digest, account, created) VALUES (?, ?, ?)",
        arguments: [RandomToken.digest(secret), account, now])
      _ = try append(by: account, at: now, db) { _ in
        [.accountNoted(account: account, note: .feedMade)]
      }
      return true
    }
    return secret
  }

  package func endFeed(of account: String, at now: Int) throws {
    try alone { db in
      try db.execute(sql: "DELETE FROM feeds WHERE account = ?", arguments: [account])
      guard db.changesCount > 0 else { return false }
      _ = try append(by: account, at: now, db) { _ in
        [.accountNoted(account: account, note: .feedEnded)]
      }
      return true
    }
  }

  /// When the feed of an account was made; nil if there is none.
  package func feed(of account: String) throws -> Int? {
    try database.read { db in
      try Int.fetchOne(
        db, sql: "SELECT created FROM feeds WHERE account = ?", arguments: [account])
    }
  }

  /// The account of a feed; nil if there is no such feed, or the account is disabled.
  package func account(ofFeed secret: String) throws -> String? {
    let name = try database.read { db in
      try String.fetchOne(
        db, sql: "SELECT account FROM feeds WHERE digest = ?",
        arguments: [RandomToken.digest(secret)])
    }
    guard let name, try state().accounts[name]?.isDisabled == false else { return nil }
    return name
  }
}
