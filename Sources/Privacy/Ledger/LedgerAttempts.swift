import Accounting
import Foundation
import GRDB

/// The joint cost of the sessions on the same people since the last session whose answers were
/// published.
package struct LedgerAttempts: Sendable, Equatable {
  /// The number of sessions, including this one; at least 1.
  package let count: Int
  /// The charges of the settled sessions plus the reservations of the others.
  package let cost: PrivacyCost
  /// The reservation of the first session, which was fixed before any of their answers was seen.
  package let first: Rho
  /// An upper bound on ``cost`` plus everything that an attempt could still have asked.
  let most: Rho
  /// Whether no earlier version charged any of them.
  let isOfToday: Bool

  package init(count: Int, cost: PrivacyCost, first: Rho, most: Rho, isOfToday: Bool = true) {
    self.count = count
    self.cost = cost
    self.first = first
    self.most = most
    self.isOfToday = isOfToday
  }

  /// Returns the epsilon of all of them together, at a δ of `delta` for the conversion, which is
  /// needed twice: once for a first attempt that is published, once for all that follow.
  ///
  /// The number of attempts depends on their answers, so the sum of their costs alone promises
  /// nothing. The steps fixed by the first attempt do: its ρ times the root of two, 2, 2 times the
  /// root of two, … Anything within the j-th is within its ε, at a δ of 2^-j times `delta`. See
  /// `docs/proofs/gate-scores.md`.
  package func epsilon(delta: Delta) -> Epsilon {
    let ratio = first.value > 0 ? most.value / first.value : .infinity
    guard ratio.isFinite else { return Epsilon(checked: .greatestFiniteMagnitude) }
    var step = max(1, Int((2 * log2(ratio)).rounded(.up)))
    while first.value * exp2(Double(step) / 2) < most.value { step += 1 }
    let part = delta.value * exp2(-Double(step))
    guard part > 0 else { return Epsilon(checked: .greatestFiniteMagnitude) }
    let rho = Rho(checked: first.value * exp2(Double(step) / 2))
    return (isOfToday ? GaussianCurve.epsilon : Accountant.epsilon)(rho, Delta(checked: part))
  }
}

extension LedgerSession {
  /// Records that this session's answers are in a published release. Until then, they count as a
  /// failed attempt: a crash in between makes the next release name too many attempts, never too
  /// few.
  ///
  /// - Throws: ``LedgerError``.
  package func notePublication() throws {
    _ = try ledger.write { db in
      try db.append(
        JournalEntry.Published(session: self.number, time: JournalEntry.now()),
        key: self.ledger.fingerprintKey)
    }
  }

  /// Returns this session and all others of its account, that is, of every dataset that holds the
  /// same people, after the last published one: attempts that were refused, failed or are still
  /// running. Anyone who sees a release sees that they were not published, so their cost belongs to
  /// it. Sessions of versions that did not record publications count as not published until one is.
  ///
  /// - Throws: ``LedgerError``.
  package func attempts() throws -> LedgerAttempts {
    try ledger.read { db in
      guard
        let dataset = try Int64.fetchOne(
          db, sql: "SELECT dataset FROM sessions WHERE sequence = ?", arguments: [self.number])
      else {
        throw LedgerChain.Fault(detail: "session \(self.number) is not there")
      }
      let account = Set(try LedgerAccounts(db).account(holding: dataset).datasets.map(\.number))
      let sessions = try Row.fetchAll(
        db,
        sql: """
          SELECT sessions.dataset, sessions.sequence, coalesce(settlements.rho, sessions.rho) AS rho,
            coalesce(settlements.delta, sessions.delta) AS delta, sessions.rho AS reserved, canonical
          FROM sessions JOIN journal ON journal.sequence = sessions.sequence
          LEFT JOIN settlements ON settlements.session = sessions.sequence ORDER BY sessions.sequence
          """
      ).filter { account.contains(try $0.decode(forColumn: "dataset")) }
      let published = try self.publishedSessions(db)
      let last =
        try sessions.map { try $0.decode(Int64.self, forColumn: "sequence") }.filter(
          published.contains
        ).max() ?? 0
      var (count, rho, delta, unused, isOfToday) = (0, 0.0, 0.0, 0.0, true)
      var first: Double?
      for row in sessions {
        let sequence: Int64 = try row.decode(forColumn: "sequence")
        guard sequence > last || sequence == self.number else { continue }
        count += 1
        let (reserved, counted): (Double, Double) = (
          try row.decode(forColumn: "reserved"), try row.decode(forColumn: "rho")
        )
        first = first ?? reserved
        rho = OutwardSum.up(rho, counted)
        unused = max(unused, OutwardSum.up(reserved, -counted))
        if !JournalEntry.isOfToday(try row.decode(forColumn: "canonical")) { isOfToday = false }
        delta = OutwardSum.up(delta, try row.decode(forColumn: "delta"))
      }
      return LedgerAttempts(
        count: count, cost: PrivacyCost(rho: Rho(checked: rho), delta: Delta(checked: delta)),
        first: Rho(checked: first ?? 0),
        most: Rho(checked: OutwardSum.up(rho, unused)), isOfToday: isOfToday)
    }
  }

  private func publishedSessions(_ db: Database) throws -> Set<Int64> {
    let beginning = JournalEntry.Published.beginning
    let texts = try String.fetchAll(
      db, sql: "SELECT canonical FROM journal WHERE substr(canonical, 1, ?) = ?",
      arguments: [beginning.count, beginning])
    return Set(texts.compactMap { Int64($0.dropFirst(beginning.count).prefix { $0 != "," }) })
  }
}
