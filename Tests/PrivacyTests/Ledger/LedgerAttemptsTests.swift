import Foundation
import GRDB
import Privacy
import Testing

/// Which sessions count as attempts of a release that is out.
@Suite struct LedgerAttemptsTests {
  private func session(_ ledger: Ledger, _ dataset: DatasetIdentity, _ rho: Double) throws -> LedgerSession {
    let session = try ledger.openSession(dataset: dataset, reserving: reservation(2 * rho), purpose: "a release")
    try session.charge(question(costing: rho))
    return session
  }

  private func holds(_ attempts: LedgerAttempts, _ count: Int, _ cost: PrivacyCost) -> Bool {
    attempts.count == count && attempts.cost == cost
  }

  @Test func whatWasNotPublishedCountsUntilSomethingIs() throws {
    let folder = try TemporaryFolder()
    let (ledger, dataset) = try ledger(in: folder, epsilon: 3)
    let other = try ledger.register(ledger.fingerprint(of: people(seed: 9)), name: "others")
    try ledger.grant(other, epsilon: Epsilon(1), delta: Delta(1e-6))
    try session(ledger, other, 0.00390625).close()

    let first = try session(ledger, dataset, 0.001953125)
    try first.close()
    #expect(try holds(first.attempts(), 1, reservation(0.001953125)))
    // Refused. A second is not settled, and counts in full.
    let second = try session(ledger, dataset, 0.00390625)
    let third = try session(ledger, dataset, 0.0078125)
    try third.close()
    #expect(try holds(third.attempts(), 3, reservation(0.001953125 + 0.0078125 + 0.0078125)))
    try third.notePublication()
    let fourth = try session(ledger, dataset, 0.001953125)
    try fourth.close()
    #expect(try holds(fourth.attempts(), 1, reservation(0.001953125)))
    // What was still at work then and is published now counts itself and all behind the last that was.
    try second.close()
    #expect(try holds(second.attempts(), 2, reservation(0.001953125 + 0.00390625)))
  }

  /// The note is in the chain, and a ledger keeps its format: versions that do not know it pass over it.
  @Test func theNoteIsChained() throws {
    let folder = try TemporaryFolder()
    let (ledger, dataset) = try ledger(in: folder)
    let session = try session(ledger, dataset, 0.001953125)
    try session.close()
    let before = try LedgerAudit(at: folder.ledger)
    try session.notePublication()
    let after = try LedgerAudit(at: folder.ledger)
    #expect(after.fault == nil && after.entries == before.entries + 1)
    #expect(after.events(of: try session.marks())?.count == 1)
    try DatabaseQueue(path: folder.ledger.path).write { db in
      try db.execute(sql: "DROP TRIGGER journal_never_update")
      try db.execute(sql: "UPDATE journal SET canonical = replace(canonical, 'published', 'forgotten')")
    }
    #expect(try LedgerAudit(at: folder.ledger).fault != nil)
  }
}
