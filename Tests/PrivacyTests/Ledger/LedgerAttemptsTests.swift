import Accounting
import Basics
import Curation
import Foundation
import GRDB
import Ledger
import Tables
import Testing

/// Which sessions count as attempts at a published release.
@Suite struct LedgerAttemptsTests {
  private func session(_ ledger: Ledger, _ dataset: DatasetIdentity, _ rho: Double) throws
    -> LedgerSession
  {
    let session = try ledger.openSession(
      dataset: dataset, reserving: reservation(2 * rho), purpose: "a release")
    try session.charge(question(costing: rho))
    return session
  }

  private func holds(_ attempts: LedgerAttempts, _ count: Int, _ costs: [Double]) -> Bool {
    attempts.count == count && attempts.cost.delta == .zero
      && abs(attempts.cost.rho.value / costs.reduce(0, +) - 1) < 1e-12
  }

  @Test func whatWasNotPublishedCountsUntilSomethingIs() throws {
    let folder = try TemporaryFolder()
    let (ledger, dataset) = try ledger(in: folder, epsilon: 3)
    let other = try ledger.register(
      ledger.fingerprint(of: OwnerTable(people(seed: 9))), name: "others")
    try ledger.grant(other, epsilon: Epsilon(1), delta: Delta(1e-6))
    try session(ledger, other, 0.00390625).close()

    let first = try session(ledger, dataset, 0.001953125)
    try first.close()
    #expect(try holds(first.attempts(), 1, [price(0.001953125)]))
    // The first was refused. The second is not settled, so it counts in full.
    let second = try session(ledger, dataset, 0.00390625)
    let third = try session(ledger, dataset, 0.0078125)
    try third.close()
    #expect(try holds(third.attempts(), 3, [price(0.001953125), 0.0078125, price(0.0078125)]))
    try third.notePublication()
    let fourth = try session(ledger, dataset, 0.001953125)
    try fourth.close()
    #expect(try holds(fourth.attempts(), 1, [price(0.001953125)]))
    // A session that was open at the publication and is published now counts itself and all
    // sessions after the published one.
    try second.close()
    #expect(try holds(second.attempts(), 2, [price(0.00390625), price(0.001953125)]))
  }

  @Test func whatAttemptsComeToIsAStepAboveWhatTheyCouldAsk() throws {
    let folder = try TemporaryFolder()
    let (ledger, dataset) = try ledger(in: folder, epsilon: 3)
    let sessions = try (0..<3).map { _ in try session(ledger, dataset, 0.001953125) }
    for session in sessions { try session.close() }
    let delta = try Delta(1e-6)
    // Three sessions of one size, each of which reserved twice its charge. The first reserved 2
    // units of one charge; all three could ask for 3 and the unused part of one.
    let (reserved, asked) = (2 * 0.001953125, 3 * (try price(0.001953125)) + 0.001953125)
    let found = try sessions[2].attempts().epsilon(delta: delta).value
    let step = (2 * log2(asked / reserved)).rounded(.up)
    let expected = GaussianCurve.epsilon(
      rho: try Rho(reserved * exp2(step / 2)), delta: try Delta(1e-6 * exp2(-step))
    ).value
    #expect(abs(found / expected - 1) < 1e-9)
    #expect(found > GaussianCurve.epsilon(rho: try Rho(asked), delta: delta).value)
  }

  /// An adversary who tries again as long as the answers do not reveal enough. The figure holds;
  /// the sum of the costs, converted as if it had been fixed beforehand, does not.
  @Test func tryingAgainUntilItSuitsStaysWithinTheFigure() throws {
    let (each, delta, runs) = (0.03, 0.05, 40_000)
    let most = 150
    func figures(_ figure: (Int) throws -> Double) rethrows -> [Double] {
      try (1...most).map(figure)
    }
    let stepped = try figures { count in
      let rho = Rho(checked: each * Double(count))
      let attempts = LedgerAttempts(
        count: count, cost: PrivacyCost(rho: rho), first: Rho(checked: each), most: rho)
      return count == 1
        ? GaussianCurve.epsilon(rho: rho, delta: try Delta(delta)).value
        : attempts.epsilon(delta: try Delta(delta)).value
    }
    let summed = try figures {
      GaussianCurve.epsilon(rho: Rho(checked: each * Double($0)), delta: try Delta(delta)).value
    }
    func passed(_ figures: [Double]) -> Double {
      var random = SplitMix64(seed: 21)
      var sum = 0.0
      for _ in 0..<runs {
        var (loss, epsilon) = (0.0, 0.0)
        for figure in figures {
          loss += each + (2 * each).squareRoot() * random.normal()
          epsilon = figure
          if loss > epsilon { break }
        }
        sum += max(0, -expm1(epsilon - loss)) / Double(runs)
      }
      return sum
    }
    // Hoeffding, at 1e-8.
    let slack = (log(1e8) / (2 * Double(runs))).squareRoot()
    #expect(passed(stepped) <= 2 * delta + slack)
    #expect(passed(summed) > delta + slack, "the adversary does not try")
  }

  /// The note is in the chain, and the ledger keeps its format: versions that do not know the note
  /// skip it.
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
      try db.execute(
        sql: "UPDATE journal SET canonical = replace(canonical, 'published', 'forgotten')")
    }
    #expect(try LedgerAudit(at: folder.ledger).fault != nil)
  }
}
