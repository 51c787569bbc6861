import Crypto
import Foundation
import GRDB
import HubAccounts
import HubRecords

/// The secrets of accounts: passwords, second factors, one-time codes. None is in the log.
extension HubStore {
  /// The longest time for which a one-time code can be used, in seconds.
  package static let codeSeconds = 3 * 86_400

  /// Issues the code with which the first account is made: an administrator and data owner. Nil if
  /// there is an account already.
  package func firstCode(at now: Int) throws -> String? {
    let name = "owner"
    let made = try write(by: HubName.console, at: now) { state in
      state.accounts.isEmpty
        ? [
          .accountMade(
            Account(name: name, fullName: "First owner", roles: [.administrator, .owner]))
        ] : []
    }
    let password = try database.read { db in
      try String.fetchOne(
        db, sql: "SELECT password FROM secrets WHERE account = ?", arguments: [name])
    }
    let isUnused = try password == nil && state().accounts.keys.elementsEqual([name])
    guard !made.isEmpty || isUnused else { return nil }
    return try issueCode(for: name, by: HubName.console, at: now)
  }

  /// Issues a one-time code with which a person sets a password and a second factor. An earlier
  /// code, the password, all sessions, tokens and feeds of the account end, and its tie to a person
  /// of the identity provider.
  package func issueCode(for account: String, by who: String, at now: Int) throws -> String {
    let code = RandomToken.code()
    try alone { db in
      _ = try append(by: who, at: now, db) { state in
        guard state.accounts[account]?.isDisabled == false else { return [] }
        return [.accountNoted(account: account, note: .codeIssued)]
      }
      try db.execute(
        sql: """
          INSERT INTO secrets (account, code, codeUntil) VALUES (?1, ?2, ?3)
          ON CONFLICT (account) DO UPDATE SET code = ?2, codeUntil = ?3, password = NULL,
            factor = NULL, failures = 0, waitUntil = 0
          """,
        arguments: [account, RandomToken.digest(code), now + Self.codeSeconds])
      for table in ["sessions", "tokens", "feeds", "identities"] {
        try db.execute(sql: "DELETE FROM \(table) WHERE account = ?", arguments: [account])
      }
      return true
    }
    return code
  }

  /// The account whose one-time code this is; nil if there is none, or it is too old.
  package func account(ofCode code: String, at now: Int) throws -> String? {
    let digest = RandomToken.digest(code.trimmingCharacters(in: .whitespaces).lowercased())
    let name = try database.read { db in
      try String.fetchOne(
        db, sql: "SELECT account FROM secrets WHERE code = ? AND codeUntil > ?",
        arguments: [digest, now])
    }
    guard let name, try state().accounts[name]?.isDisabled == false else { return nil }
    return name
  }

  /// Uses up a one-time code: sets the password and the second factor.
  /// - Returns: Whether the code and the first code of the factor were right.
  package func enrol(
    code: String, password: String, factor: CodeGenerator, factorCode: String, at now: Int
  ) throws -> Bool {
    guard let account = try account(ofCode: code, at: now),
      let step = factor.step(of: factorCode, at: now, after: 0)
    else { return false }
    let stored = String(decoding: try JSONEncoder().encode(StoredPassword(password)), as: UTF8.self)
    let sealed = try ChaChaPoly.seal(factor.secret, using: boxKey).combined
    let digest = RandomToken.digest(code.trimmingCharacters(in: .whitespaces).lowercased())
    return try alone { db in
      try db.execute(
        sql: """
          UPDATE secrets SET password = ?, factor = ?, lastStep = ?, code = NULL,
            codeUntil = NULL, failures = 0, waitUntil = 0 WHERE account = ? AND code = ?
          """, arguments: [stored, sealed, step, account, digest])
      guard db.changesCount == 1 else { return false }
      _ = try append(by: account, at: now, db) { _ in
        [.accountNoted(account: account, note: .passwordSet)]
      }
      return true
    }
  }

  /// The outcome of a sign-in.
  package enum SignIn: Equatable, Sendable {
    /// The secret of the new session.
    case session(String)
    case wrong
    /// Too many failures: nothing is looked at for some seconds.
    case wait(seconds: Int)
  }

  /// Signs in with password and code. A wrong name takes as long as a wrong password.
  package func signIn(
    _ account: String, password: String, code: String, device: String, at now: Int
  ) throws -> SignIn {
    let secrets = try secrets(of: account)
    if let secrets, secrets.waitUntil > now { return .wait(seconds: secrets.waitUntil - now) }
    guard let secrets, let stored = secrets.password, let factor = secrets.factor,
      try state().accounts[account]?.isDisabled == false
    else {
      _ = try Self.decoy.get().matches(password)
      return .wrong
    }
    let isRight = try stored.matches(password)
    let step = factor.step(of: code, at: now, after: secrets.lastStep)
    guard isRight, let step else {
      try noteFailure(account, secrets.failures + 1, at: now)
      return .wrong
    }
    let secret = RandomToken.secret()
    let isFirst = try use(step: step, of: account, note: .signedIn, at: now) { db in
      try db.execute(
        sql: """
          INSERT INTO sessions (digest, account, created, seen, confirmed, device)
          VALUES (?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          RandomToken.digest(secret), account, now, now, now, String(device.prefix(120)),
        ])
    }
    return isFirst ? .session(secret) : .wrong
  }

  /// Confirms a session with a further code, for decisions. The session goes on under a new secret.
  /// - Returns: The new secret; nil if the code was wrong.
  package func confirm(_ session: SessionRecord, code: String, at now: Int) throws -> String? {
    guard let secrets = try secrets(of: session.account), secrets.waitUntil <= now,
      let factor = secrets.factor
    else { return nil }
    guard let step = factor.step(of: code, at: now, after: secrets.lastStep) else {
      try noteFailure(session.account, secrets.failures + 1, at: now)
      return nil
    }
    let secret = RandomToken.secret()
    let isFirst = try use(step: step, of: session.account, note: .confirmed, at: now) { db in
      try db.execute(
        sql: "UPDATE sessions SET confirmed = ?, digest = ? WHERE digest = ?",
        arguments: [now, RandomToken.digest(secret), session.digest])
    }
    return isFirst ? secret : nil
  }

  /// Changes the password of a person who knows the present one. All other sessions end.
  /// - Parameter session: The digest of the session that stays.
  package func changePassword(
    of account: String, from present: String, to new: String, keeping session: String, at now: Int
  ) throws -> Bool {
    guard let secrets = try secrets(of: account), secrets.waitUntil <= now,
      let stored = secrets.password
    else { return false }
    guard try stored.matches(present) else {
      try noteFailure(account, secrets.failures + 1, at: now)
      return false
    }
    let fresh = String(decoding: try JSONEncoder().encode(StoredPassword(new)), as: UTF8.self)
    return try alone { db in
      try db.execute(
        sql: "UPDATE secrets SET password = ?, failures = 0 WHERE account = ?",
        arguments: [fresh, account])
      try db.execute(
        sql: "DELETE FROM sessions WHERE account = ? AND digest <> ?",
        arguments: [account, session])
      _ = try append(by: account, at: now, db) { _ in
        [.accountNoted(account: account, note: .passwordChanged)]
      }
      return true
    }
  }

  /// Takes a step of the second factor, once: of two who show the same code, one is let in.
  private func use(
    step: Int, of account: String, note: AccountNote, at now: Int,
    then work: (Database) throws -> Void
  ) throws -> Bool {
    return try alone { db in
      try db.execute(
        sql: """
          UPDATE secrets SET lastStep = ?1, failures = 0, waitUntil = 0
          WHERE account = ?2 AND lastStep < ?1
          """, arguments: [step, account])
      guard db.changesCount == 1 else { return false }
      try work(db)
      _ = try append(by: account, at: now, db) { _ in
        [.accountNoted(account: account, note: note)]
      }
      return true
    }
  }

  private func noteFailure(_ account: String, _ failures: Int, at now: Int) throws {
    try alone { db in
      try db.execute(
        sql: "UPDATE secrets SET failures = ?, waitUntil = ? WHERE account = ?",
        arguments: [failures, now + BackOff.seconds(after: failures), account])
      _ = try append(by: account, at: now, db) { _ in
        [.accountNoted(account: account, note: .signInRefused)]
      }
      return true
    }
  }

  private struct Secrets {
    let password: StoredPassword?
    let factor: CodeGenerator?
    let lastStep: Int
    let failures: Int
    let waitUntil: Int
  }

  private func secrets(of account: String) throws -> Secrets? {
    let row = try database.read { db in
      try Row.fetchOne(db, sql: "SELECT * FROM secrets WHERE account = ?", arguments: [account])
    }
    guard let row else { return nil }
    let password: String? = row["password"]
    let sealed: Data? = row["factor"]
    return Secrets(
      password: try password.map {
        try JSONDecoder().decode(StoredPassword.self, from: Data($0.utf8))
      },
      factor: try sealed.map {
        CodeGenerator(
          secret: try ChaChaPoly.open(ChaChaPoly.SealedBox(combined: $0), using: boxKey))
      },
      lastStep: row["lastStep"], failures: row["failures"], waitUntil: row["waitUntil"])
  }

  /// The password that a name without an account is compared with.
  private static let decoy = Result { try StoredPassword(RandomToken.secret()) }
}
