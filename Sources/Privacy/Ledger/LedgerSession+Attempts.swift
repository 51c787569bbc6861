import GRDB

/// What the sessions on the same people cost together since the last one whose answers were published.
public struct LedgerAttempts: Sendable, Equatable {
  /// How many they are, this one with them; at least 1.
  public let count: Int
  /// What they were charged, and of those that were not settled what they reserved.
  public let cost: PrivacyCost
}

extension LedgerSession {
  /// Notes that this session's answers are in a release that is out. Until that is noted, they count as an attempt that failed: a crash in
  /// between makes the next release name too many attempts, never too few.
  ///
  /// - Throws: ``LedgerError``.
  public func notePublication() throws {
    _ = try ledger.write { db in
      try db.append(JournalEntry.Published(session: self.number, time: JournalEntry.now()), key: self.ledger.fingerprintKey)
    }
  }

  /// This session and all others of its account, that is, of every dataset that holds the same people, behind the last one that was published: attempts that were refused, failed or are still at
  /// work. Whoever sees that a release is out sees that they were not published, so that what they cost belongs to it. Sessions of versions
  /// that did not note publications count as not published until one is.
  ///
  /// - Throws: ``LedgerError``.
  public func attempts() throws -> LedgerAttempts {
    try ledger.read { db in
      guard let dataset = try Int64.fetchOne(db, sql: "SELECT dataset FROM sessions WHERE sequence = ?", arguments: [self.number]) else {
        throw LedgerChain.Fault(detail: "session \(self.number) is not there")
      }
      let account = Set(try LedgerAccounts(db).account(holding: dataset).datasets.map(\.number))
      let sessions = try Row.fetchAll(
        db,
        sql: """
          SELECT sessions.dataset, sessions.sequence, coalesce(settlements.rho, sessions.rho) AS rho,
            coalesce(settlements.delta, sessions.delta) AS delta
          FROM sessions LEFT JOIN settlements ON settlements.session = sessions.sequence ORDER BY sessions.sequence
          """
      ).filter { account.contains(try $0.decode(forColumn: "dataset")) }
      let published = try self.publishedSessions(db)
      let last = try sessions.map { try $0.decode(Int64.self, forColumn: "sequence") }.filter(published.contains).max() ?? 0
      var (count, rho, delta) = (0, 0.0, 0.0)
      for row in sessions {
        let sequence: Int64 = try row.decode(forColumn: "sequence")
        guard sequence > last || sequence == self.number else { continue }
        count += 1
        rho = OutwardSum.up(rho, try row.decode(forColumn: "rho"))
        delta = OutwardSum.up(delta, try row.decode(forColumn: "delta"))
      }
      return LedgerAttempts(count: count, cost: PrivacyCost(rho: Rho(checked: rho), delta: Delta(checked: delta)))
    }
  }

  private func publishedSessions(_ db: Database) throws -> Set<Int64> {
    let beginning = JournalEntry.Published.beginning
    let texts = try String.fetchAll(
      db, sql: "SELECT canonical FROM journal WHERE substr(canonical, 1, ?) = ?", arguments: [beginning.count, beginning])
    return Set(texts.compactMap { Int64($0.dropFirst(beginning.count).prefix { $0 != "," }) })
  }
}
