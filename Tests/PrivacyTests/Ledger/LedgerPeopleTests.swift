import Accounting
import Curation
import Dispatch
import Foundation
import GRDB
import Ledger
import Synchronization
import Tables
import Testing

/// A budget belongs to people, whatever file they are in.
@Suite struct LedgerPeopleTests {
  /// Visits of one month: other rows of the same people.
  private func month(_ number: Int) -> Tables.Table { people(60, seed: 1000 * number) }

  private func admit(
    _ ledger: Ledger, _ table: Tables.Table, _ name: String, _ claim: PeopleClaim = PeopleClaim()
  ) throws -> Admission {
    try ledger.admit(ledger.fingerprint(of: OwnerTable(table)), name: name, claim: claim)
  }

  private func journal(_ folder: TemporaryFolder) throws -> Int {
    try LedgerAudit(at: folder.ledger).entries
  }

  /// A table that resembles `people()`, with one more row.
  private var oneMore: Tables.Table { people(41) }

  private func isStopped(_ body: () throws -> some Any) -> PeopleDecision? {
    guard case .decisionNeeded(let decision) = ledgerError(body) else { return nil }
    return decision
  }

  @Test func threeMonthlyExtractsChargeOneBudget() throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger(at: folder.ledger)
    let claim = PeopleClaim(population: "ward-7")
    try ledger.grant(toPeople: "ward-7", epsilon: Epsilon(1), delta: Delta(1e-6))
    for number in 0..<3 {
      let admission = try admit(ledger, month(number), "month-\(number).csv", claim)
      #expect(admission.account == "ward-7" && admission.isShared)
      #expect(
        try !ledger.grantOnFirstUse(admission.dataset, epsilon: Epsilon(1), delta: Delta(1e-6)))
      let session = try ledger.openSession(
        dataset: admission.dataset, reserving: reservation(0.001953125), purpose: "a release")
      try session.charge(question(costing: 0.001953125))
      try session.close()
      #expect(
        try abs(
          ledger.balance(of: admission.dataset).usedRho - Double(number + 1) * price(0.001953125))
          < 1e-15)
    }
    let report = try ledger.report(furtherDelta: Delta(1e-9))
    let ward = try #require(report.populations.first)
    #expect(report.datasets.isEmpty && report.populations.count == 1)
    #expect(
      ward.name == "ward-7"
        && ward.datasets.map(\.dataset.name) == ["month-0.csv", "month-1.csv", "month-2.csv"])
    #expect(try abs(ward.used.rho.value - 3 * price(0.001953125)) < 1e-15)
    #expect(ward.sessions.map(\.dataset) == ["month-0.csv", "month-1.csv", "month-2.csv"])
    // The remainder is shared by all of them.
    let left = try ledger.largestReservation(of: ward.datasets[0].dataset, delta: .zero)
    _ = try ledger.openSession(
      dataset: ward.datasets[1].dataset, reserving: PrivacyCost(rho: left), purpose: "the rest")
    for dataset in ward.datasets {
      #expect(throws: LedgerError.self) {
        try ledger.openSession(
          dataset: dataset.dataset, reserving: reservation(0.001), purpose: "too much")
      }
    }
  }

  @Test func whatADatasetSpentMovesAlongIntoItsPopulation() throws {
    let folder = try TemporaryFolder()
    let (ledger, dataset) = try ledger(in: folder)
    try ledger.openSession(dataset: dataset, reserving: reservation(0.001953125), purpose: "")
      .charge(question(costing: 0.001953125))
    let admission = try admit(ledger, people(), "patients", PeopleClaim(population: "ward-7"))
    #expect(admission.dataset == dataset && admission.account == "ward-7")
    let second = try admit(ledger, month(3), "march", PeopleClaim(population: "ward-7")).dataset
    for one in [dataset, second] {
      #expect(try ledger.balance(of: one).usedRho == 0.001953125)
      #expect(try ledger.balance(of: one).grantedEpsilon == 1)
    }
    #expect(try !ledger.grantOnFirstUse(second, epsilon: Epsilon(5), delta: Delta(1e-6)))
    // A table that has joined stays: without the claim, under another population's name, or as
    // other people.
    #expect(try admit(ledger, people(), "patients").account == "ward-7")
    #expect(
      ledgerError { try admit(ledger, people(), "patients", PeopleClaim(population: "ward-8")) }
        == .populationDiffers(dataset: "ward-7", kept: "ward-7", asked: "ward-8"))
    #expect(
      try admit(ledger, people(), "patients", PeopleClaim(areOthers: true)).account == "ward-7")
  }

  /// One side of the test of merging: the grants and use of an account.
  private struct Side {
    var grants: [(Double, Double)]
    var uses: [Double]
  }

  /// Whatever two accounts hold, one budget for both never allows an amount that one of them alone
  /// would have refused, to the last bit.
  @Test func oneBudgetForTwoIsNeverMoreGenerous() throws {
    var generator = Dice(state: 7)
    for _ in 0..<25 {
      let folder = try TemporaryFolder()
      let ledger = try Ledger(at: folder.ledger)
      var datasets: [DatasetIdentity] = []
      for side in 0..<2 {
        let dataset = try admit(
          ledger, month(side + 1), "side \(side)", PeopleClaim(population: "p\(side)")
        ).dataset
        for _ in 0..<generator.below(3) {
          let epsilon = [0.1, 0.5, 1, 3][generator.below(4)]
          try ledger.grant(
            dataset, epsilon: Epsilon(epsilon),
            delta: Delta([0, 1e-9, 1e-6, 1e-4][generator.below(4)]))
        }
        for _ in 0..<generator.below(3) {
          let rho = [0.0001220703125, 0.0009765625, 0.0078125][generator.below(3)]
          if let session = try? ledger.openSession(
            dataset: dataset, reserving: reservation(rho, 1e-10), purpose: "")
          {
            if generator.below(2) == 0 { try session.close() }
          }
        }
        datasets.append(dataset)
      }
      let before = try datasets.map { try ledger.balance(of: $0) }
      let granted = before.filter { $0.grantedEpsilon > 0 }
      _ = try admit(ledger, month(2), "side 1", PeopleClaim(population: "p1", samePeopleAs: ["p0"]))
      let after = try datasets.map { try ledger.balance(of: $0) }
      #expect(after[0] == after[1])
      #expect(
        after[0].usedRho >= before.map(\.usedRho).max() ?? 0
          && after[0].usedDelta >= before.map(\.usedDelta).max() ?? 0)
      #expect(abs(after[0].usedRho - before.map(\.usedRho).reduce(0, +)) <= 1e-15)
      for delta in [0, 1e-10, 1e-7] {
        let most = granted.map { $0.largestRho(delta: delta) }.min() ?? 0
        #expect(after[0].largestRho(delta: delta) <= most, "before \(before), after \(after[0])")
      }
    }
  }

  /// A grant to a population after answers is a part of its own, whichever dataset gave the
  /// answers.
  @Test func aGrantToAPopulationAfterAnswersIsAPart() throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger(at: folder.ledger)
    let claim = PeopleClaim(population: "ward-7")
    let months = try (0..<2).map { try admit(ledger, month($0), "month-\($0).csv", claim).dataset }
    for _ in 0..<2 { try ledger.grant(toPeople: "ward-7", epsilon: Epsilon(1), delta: Delta(1e-6)) }
    let two = try GaussianCurve.rho(epsilon: Epsilon(2), delta: Delta(1e-6)).value
    #expect(try ledger.largestReservation(of: months[0], delta: .zero).value == two)
    try ledger.openSession(dataset: months[0], reserving: reservation(0.001953125), purpose: "")
      .charge(question(costing: 0.001953125))
    try ledger.grant(months[1], epsilon: Epsilon(1), delta: Delta(1e-6))
    let one = try GaussianCurve.rho(epsilon: Epsilon(1), delta: Delta(5e-7)).value
    #expect(
      try abs(
        ledger.largestReservation(of: months[1], delta: .zero).value - (two + one - 0.001953125))
        < 1e-15)
    let account = try #require(try ledger.report(furtherDelta: Delta(1e-9)).populations.first)
    #expect(
      account.parts == 2 && !account.isAnswered && account.promisedEpsilon.value == 3
        && !account.isJoined)
  }

  /// Releases made before two accounts were joined drew on separate budgets: together they stay
  /// within the sum of both. The smaller budget limits only later releases.
  @Test func joinedAccountsPromiseTheSumOfBoth() throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger(at: folder.ledger)
    var datasets: [DatasetIdentity] = []
    let sides = [(1.0, 1e-6), (2.0, 1e-8)]
    for (index, side) in sides.enumerated() {
      let dataset = try admit(
        ledger, month(index + 1), "side \(index)", PeopleClaim(population: "p\(index)")
      ).dataset
      try ledger.grant(dataset, epsilon: Epsilon(side.0), delta: Delta(side.1))
      let all = try ledger.largestReservation(of: dataset, delta: .zero)
      try ledger.openSession(dataset: dataset, reserving: PrivacyCost(rho: all), purpose: "")
        .charge(question(costing: 0.001953125))
      datasets.append(dataset)
    }
    _ = try admit(ledger, month(2), "side 1", PeopleClaim(population: "p1", samePeopleAs: ["p0"]))
    var account = try #require(try ledger.report(furtherDelta: Delta(1e-9)).populations.first)
    #expect(
      account.isJoined && account.promisedEpsilon.value == 3
        && abs(account.promisedDelta.value - 1.01e-6) < 1e-18)
    #expect(
      account.grantedEpsilon.value == 1 && account.grantedDelta.value == 1e-8
        && account.leftRho == .zero)
    // Both are used up: together they used the sum, not the smaller.
    #expect(try #require(account.usedEpsilon).value > 2.99)
    // A later grant gives nothing until it has made up for the use beyond the smaller budget.
    try ledger.grant(datasets[0], epsilon: Epsilon(0.5), delta: Delta(1e-7))
    account = try #require(try ledger.report(furtherDelta: Delta(1e-9)).populations.first)
    #expect(account.promisedEpsilon.value == 3.5 && account.leftRho == .zero && account.parts == 3)
  }

  @Test func grantsAfterJoiningAdd() throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger(at: folder.ledger)
    for (name, epsilon, delta) in [("a", 1.0, 1e-6), ("b", 3.0, 1e-9)] {
      try ledger.grant(toPeople: name, epsilon: Epsilon(epsilon), delta: Delta(delta))
    }
    let dataset = try admit(
      ledger, people(), "patients", PeopleClaim(population: "a", samePeopleAs: ["b"])
    ).dataset
    #expect(
      try ledger.balance(of: dataset).grantedEpsilon == 1
        && ledger.balance(of: dataset).grantedDelta == 1e-9)
    try ledger.grant(toPeople: "b", epsilon: Epsilon(2), delta: Delta(0))
    #expect(
      try ledger.balance(of: dataset).grantedEpsilon == 3
        && ledger.balance(of: dataset).grantedDelta == 1e-9)
    let account = try #require(try ledger.report(furtherDelta: Delta(1e-9)).populations.first)
    #expect(account.populations == ["a", "b"])
    #expect(account.grants.map(\.isCounted) == [false, false, true, true])
  }

  @Test func aTableThatResemblesIsStoppedAndNothingIsWritten() throws {
    let folder = try TemporaryFolder()
    let (ledger, dataset) = try ledger(in: folder)
    let (entries, bytes) = (try journal(folder), try Data(contentsOf: folder.ledger))
    for claim in [PeopleClaim(), PeopleClaim(population: "new people")] {
      let decision = try #require(isStopped { try admit(ledger, oneMore, "more.csv", claim) })
      #expect(decision.table == "more.csv" && decision.candidates.map(\.name) == ["patients"])
    }
    #expect(
      ledgerError { try admit(ledger, oneMore, "more.csv", PeopleClaim(samePeopleAs: ["patient"])) }
        == .unknownPeople(name: "patient"))
    #expect(
      ledgerError { try admit(ledger, oneMore, "more.csv", PeopleClaim(population: " ")) }
        == .invalidPopulationName)
    #expect(try journal(folder) == entries && Data(contentsOf: folder.ledger) == bytes)
    #expect(try ledger.report(furtherDelta: Delta(1e-9)).populations.isEmpty)
    // A table that shares the budget needs no grant of its own, and the question is not asked
    // again.
    let shared = try admit(ledger, oneMore, "more.csv", PeopleClaim(samePeopleAs: ["patients"]))
    #expect(shared.isShared && !shared.restsOnOtherPeople && shared.account == "patients")
    #expect(try ledger.balance(of: shared.dataset) == ledger.balance(of: dataset))
    #expect(try admit(ledger, oneMore, "again.csv").dataset == shared.dataset)
    // A table that resembles both, which already share one budget.
    #expect(
      isStopped { try admit(ledger, people(42), "even more.csv") }?.candidates.map(\.name) == [
        "patients"
      ])
  }

  @Test func otherPeopleAreDeclaredOnceAndSaidEverAfter() throws {
    let folder = try TemporaryFolder()
    let (ledger, dataset) = try ledger(in: folder)
    #expect(try !admit(ledger, people(), "patients").restsOnOtherPeople)
    let others = try admit(ledger, oneMore, "others.csv", PeopleClaim(areOthers: true))
    #expect(others.restsOnOtherPeople && !others.isShared && others.dataset != dataset)
    #expect(try ledger.balance(of: others.dataset).grantedEpsilon == 0)
    // Both rest on the declaration: a person who is in both loses twice.
    for table in [people(), oneMore] {
      #expect(try admit(ledger, table, "again").restsOnOtherPeople)
    }
    // A table that joins the others is also separate from the first, so the first is still a
    // candidate.
    let (entries, third) = (try journal(folder), people(42))
    #expect(isStopped { try admit(ledger, third, "third.csv") }?.candidates.count == 2)
    #expect(try journal(folder) == entries)
    let joined = try admit(ledger, third, "third.csv", PeopleClaim(samePeopleAs: ["others.csv"]))
    #expect(joined.restsOnOtherPeople && joined.account == "others.csv")
    // If the declaration is withdrawn and the budget shared after all, it no longer counts.
    let one = try admit(ledger, third, "third.csv", PeopleClaim(samePeopleAs: ["patients"]))
    #expect(!one.restsOnOtherPeople && one.account == "patients")
    #expect(try ledger.report(furtherDelta: Delta(1e-9)).populations.first?.datasets.count == 3)
  }

  /// The declaration is a hazard even if the table resembles nothing, because whether a release has
  /// a hazard must not depend on the rows.
  @Test func theHazardDoesNotTellWhetherAnythingResembled() throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger(at: folder.ledger)
    #expect(try admit(ledger, people(), "first", PeopleClaim(areOthers: true)).restsOnOtherPeople)
    let entries = try journal(folder)
    #expect(try admit(ledger, people(), "first", PeopleClaim(areOthers: true)).restsOnOtherPeople)
    #expect(try admit(ledger, people(), "first").restsOnOtherPeople)
    #expect(try journal(folder) == entries)
  }

  /// If an older version charged two tables separately, their owner is asked about them at their
  /// next use, before anything more is charged.
  @Test func datasetsOfAnOlderLedgerAreAskedAbout() throws {
    let folder = try TemporaryFolder()
    let (ledger, dataset) = try ledger(in: folder)
    let other = try admit(ledger, oneMore, "more.csv", PeopleClaim(areOthers: true)).dataset
    try DatabaseQueue(path: folder.ledger.path).write { db in
      // As in a ledger of format 2: two datasets and no statement about them.
      try db.execute(
        sql: """
          DROP TABLE sketches; DROP TABLE declarations; DROP TABLE joins; DROP TABLE population_grants; DROP TABLE populations;
          DROP TRIGGER chain_never_delete; DROP TRIGGER journal_never_delete;
          DELETE FROM chain; DELETE FROM journal WHERE sequence = 4; UPDATE sqlite_sequence SET seq = 3;
          DROP TABLE chain; DROP TABLE head; ALTER TABLE sessions DROP COLUMN unit; PRAGMA user_version = 1;
          CREATE TRIGGER journal_never_delete BEFORE DELETE ON journal
          BEGIN SELECT RAISE(ABORT, 'a ledger is only ever appended to'); END
          """)
    }
    let old = try Ledger(at: folder.ledger)
    #expect(
      isStopped { try admit(old, people(), "patients") }?.candidates.map(\.name) == ["more.csv"])
    #expect(
      isStopped { try admit(old, oneMore, "more.csv") }?.candidates.map(\.name) == ["patients"])
    let one = try admit(old, people(), "patients", PeopleClaim(samePeopleAs: ["more.csv"]))
    #expect(one.dataset == dataset && one.isShared)
    #expect(try old.balance(of: other) == old.balance(of: dataset))
  }

  @Test func namesOfSeveralDatasetsAreTakenByTheirKeys() throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger(at: folder.ledger)
    let months = try (1...2).map { try admit(ledger, month($0), "export.csv").dataset }
    let claim = PeopleClaim(samePeopleAs: ["export.csv"])
    #expect(
      ledgerError { try admit(ledger, people(), "patients", claim) }
        == .ambiguousPeople(name: "export.csv", keys: months.map(\.shortKey)))
    let admission = try admit(
      ledger, people(), "patients", PeopleClaim(samePeopleAs: [months[1].shortKey]))
    #expect(
      try ledger.report(furtherDelta: Delta(1e-9)).populations.first?.datasets.map(\.dataset) == [
        months[1], admission.dataset,
      ])
  }

  /// Two processes arrive at once with tables that resemble each other: one gets an account and a
  /// grant, and the other is stopped.
  @Test func twoAtOnceMakeOneGrantAndOneStop() throws {
    for _ in 0..<10 {
      let folder = try TemporaryFolder()
      let ledgers = try (0..<2).map { _ in try Ledger(at: folder.ledger, busySeconds: 3600) }
      let fingerprints = [
        ledgers[0].fingerprint(of: OwnerTable(people())),
        ledgers[1].fingerprint(of: OwnerTable(oneMore)),
      ]
      let ends = Mutex<[Bool]>([])
      DispatchQueue.concurrentPerform(iterations: 2) { index in
        do {
          let admission = try ledgers[index].admit(
            fingerprints[index], name: "file \(index)", claim: PeopleClaim())
          let isFirst = try ledgers[index].grantOnFirstUse(
            admission.dataset, epsilon: Epsilon(1), delta: Delta(1e-9))
          ends.withLock { $0.append(isFirst) }
        } catch {
          guard case LedgerError.decisionNeeded = error else { return }
          ends.withLock { $0.append(false) }
        }
      }
      #expect(ends.withLock { $0.sorted { !$0 && $1 } } == [false, true])
      let report = try ledgers[0].report(furtherDelta: Delta(1e-9))
      #expect(report.datasets.count == 1 && report.datasets.flatMap(\.grants).count == 1)
    }
  }

  @Test func theUnitIsThatOfTheWholeAccount() throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger(at: folder.ledger)
    let units: [PrivacyUnit] = [.row, .person(column: "who", maximumRows: 2)]
    var datasets: [DatasetIdentity] = []
    for (index, unit) in units.enumerated() {
      let dataset = try admit(ledger, month(index + 1), "month \(index)").dataset
      try ledger.grant(dataset, epsilon: Epsilon(1), delta: Delta(1e-6))
      try ledger.openSession(
        dataset: dataset, reserving: reservation(0.001), purpose: "", unit: unit
      ).close()
      datasets.append(dataset)
    }
    let entries = try journal(folder)
    let error = ledgerError {
      try admit(ledger, month(1), "month 0", PeopleClaim(samePeopleAs: ["month 1"]))
    }
    #expect(error == .unitDiffers(dataset: "month 1", kept: "person in column 'who'", asked: "row"))
    #expect(try journal(folder) == entries)
    let third = try admit(ledger, month(3), "month 3", PeopleClaim(samePeopleAs: ["month 1"]))
      .dataset
    #expect(
      ledgerError {
        try ledger.openSession(
          dataset: third, reserving: reservation(0.001), purpose: "", unit: .row)
      } != nil)
    _ = try ledger.openSession(
      dataset: third, reserving: reservation(0.001), purpose: "", unit: units[1])
  }
}
