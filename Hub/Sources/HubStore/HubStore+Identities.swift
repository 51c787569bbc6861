import GRDB
import HubAccounts
import HubRecords

/// People whom an identity provider vouches for. The provider's own name for a person (`sub`) is
/// tied to one account at the first sign-in, and from then on counts alone: an account name that is
/// given to somebody else later opens nothing.
extension HubStore {
  /// The outcome of a sign-in by the provider.
  package enum SignOn: Equatable, Sendable {
    /// The secret of the new session.
    case session(String)
    /// No account of this name, or one that is disabled.
    case noAccount
    /// The account belongs to another person of the provider, or the person to another account.
    case otherPerson
  }

  /// Opens a session for a person of a provider. Decisions still need a code of the second factor.
  /// - Parameter claimed: The account that a verified claim names.
  package func signOn(
    issuer: String, subject: String, claimed: String?, device: String, at now: Int
  ) throws -> SignOn {
    let secret = RandomToken.secret()
    var outcome = SignOn.noAccount
    try alone { db in
      let known = try String.fetchOne(
        db, sql: "SELECT account FROM identities WHERE issuer = ? AND subject = ?",
        arguments: [issuer, subject])
      guard let account = known ?? claimed else { return false }
      var isActive = false
      _ = try append(by: account, at: now, db) { state in
        isActive = state.accounts[account]?.isDisabled == false
        return isActive ? [.accountNoted(account: account, note: .signedOn)] : []
      }
      guard isActive else { return false }
      if known == nil {
        let isTaken = try Bool.fetchOne(
          db, sql: "SELECT EXISTS (SELECT 1 FROM identities WHERE account = ?)",
          arguments: [account])
        guard isTaken != true else {
          outcome = .otherPerson
          return false
        }
        try db.execute(
          sql: "INSERT INTO identities (issuer, subject, account) VALUES (?, ?, ?)",
          arguments: [issuer, subject, account])
      }
      try db.execute(
        sql: """
          INSERT INTO sessions (digest, account, created, seen, confirmed, device)
          VALUES (?, ?, ?, ?, 0, ?)
          """,
        arguments: [RandomToken.digest(secret), account, now, now, String(device.prefix(120))])
      outcome = .session(secret)
      return true
    }
    return outcome
  }
}
