import GRDB
import HubAccounts
import HubRecords

/// Tokens with which programs act for a person. What needs a fresh code cannot be done with one.
extension HubStore {
  /// Makes a token. Its secret is shown once and not kept.
  package func makeToken(for account: String, name: String, at now: Int) throws -> String {
    let secret = "uh_" + RandomToken.secret()
    try alone { db in
      try db.execute(
        sql: "INSERT INTO tokens (digest, account, name, created) VALUES (?, ?, ?, ?)",
        arguments: [RandomToken.digest(secret), account, String(name.prefix(80)), now])
      _ = try append(by: account, at: now, db) { _ in
        [.accountNoted(account: account, note: .tokenMade)]
      }
      return true
    }
    return secret
  }

  /// The account of a token; nil if there is no such token, or the account is disabled.
  package func account(ofToken secret: String) throws -> String? {
    let name = try database.read { db in
      try String.fetchOne(
        db, sql: "SELECT account FROM tokens WHERE digest = ?",
        arguments: [RandomToken.digest(secret)])
    }
    guard let name, try state().accounts[name]?.isDisabled == false else { return nil }
    return name
  }

  /// The names and the times of an account's tokens, newest first.
  package func tokens(of account: String) throws -> [(name: String, created: Int)] {
    try database.read { db in
      try Row.fetchAll(
        db, sql: "SELECT name, created FROM tokens WHERE account = ? ORDER BY created DESC",
        arguments: [account]
      ).map { ($0["name"], $0["created"]) }
    }
  }

  /// Ends all tokens of an account.
  package func endTokens(of account: String, at now: Int) throws {
    try alone { db in
      try db.execute(sql: "DELETE FROM tokens WHERE account = ?", arguments: [account])
      guard db.changesCount > 0 else { return false }
      _ = try append(by: account, at: now, db) { _ in
        [.accountNoted(account: account, note: .tokensEnded)]
      }
      return true
    }
  }
}
