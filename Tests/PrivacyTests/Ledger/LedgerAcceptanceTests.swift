import Accounting
import Curation
import Foundation
import Ledger
import Tables
import Testing

/// An owner's acceptance of a weak promise follows the people, as the budget does.
@Suite struct LedgerAcceptanceTests {
  private func standing(
    _ ledger: Ledger, _ table: Tables.Table?, _ claim: PeopleClaim = PeopleClaim()
  ) throws -> LedgerStanding {
    try ledger.standing(of: table.map { ledger.fingerprint(of: OwnerTable($0)) }, claim: claim)
  }

  private func admit(
    _ ledger: Ledger, _ table: Tables.Table, _ name: String, _ claim: PeopleClaim = PeopleClaim()
  ) throws -> Admission {
    try ledger.admit(ledger.fingerprint(of: OwnerTable(table)), name: name, claim: claim)
  }

  private func month(_ number: Int) -> Tables.Table { people(60, seed: 1000 * number) }

  @Test func nothingIsAcceptedUnlessItIsSaid() throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger(at: folder.ledger)
    #expect(
      try standing(ledger, people()) == LedgerStanding(epsilon: 0, delta: 0, isAccepted: false))
    let dataset = try admit(ledger, people(), "patients").dataset
    try ledger.grant(dataset, epsilon: Epsilon(1), delta: Delta(1e-6))
    #expect(
      try standing(ledger, people()) == LedgerStanding(epsilon: 1, delta: 1e-6, isAccepted: false))
    try ledger.grant(dataset, epsilon: Epsilon(30), delta: Delta(0), isAccepted: true)
    #expect(
      try standing(ledger, people()) == LedgerStanding(epsilon: 31, delta: 1e-6, isAccepted: true))
    #expect(try !standing(ledger, month(1)).isAccepted, "other people's word is not theirs")
    #expect(
      try Ledger(at: folder.ledger).report(furtherDelta: Delta(1e-9)).datasets.first?.grants.map(
        \.origin) == ["grant", "grant, accepted"])
  }

  @Test func whatAPopulationAcceptedHoldsForItsTables() throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger(at: folder.ledger)
    let ward = PeopleClaim(population: "ward-7")
    try ledger.grant(toPeople: "ward-7", epsilon: Epsilon(30), delta: Delta(1e-9), isAccepted: true)
    #expect(
      try standing(ledger, nil, ward) == LedgerStanding(epsilon: 30, delta: 1e-9, isAccepted: true))
    #expect(
      try standing(ledger, month(1), ward).isAccepted && !standing(ledger, month(1)).isAccepted)
    #expect(try !standing(ledger, month(1), PeopleClaim(population: "ward-8")).isAccepted)
    let before = try LedgerAudit(at: folder.ledger).entries
    _ = try standing(ledger, month(1), ward)
    #expect(try LedgerAudit(at: folder.ledger).entries == before, "asking writes nothing")
    _ = try admit(ledger, month(1), "month-1.csv", ward)
    // The table belongs to the population from now on, whether or not the claim is repeated, and so
    // does a table that shares its budget.
    #expect(try standing(ledger, month(1)).isAccepted)
    #expect(try standing(ledger, month(2), PeopleClaim(samePeopleAs: ["month-1.csv"])).isAccepted)
    #expect(try !standing(ledger, month(2), PeopleClaim(samePeopleAs: ["nobody"])).isAccepted)
  }

  /// Before two budgets are joined, the standing is already that of the joined budget: the smaller
  /// of both.
  @Test func theStandingOfTwoBudgetsIsWhatTheyWillBeTogether() throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger(at: folder.ledger)
    for (number, epsilon) in [(1, 15.0), (2, 9)] {
      let dataset = try admit(ledger, month(number), "month-\(number).csv").dataset
      try ledger.grant(dataset, epsilon: Epsilon(epsilon), delta: Delta(1e-9))
    }
    let claim = PeopleClaim(samePeopleAs: ["month-1.csv"])
    let expected = LedgerStanding(epsilon: 9, delta: 1e-9, isAccepted: false)
    #expect(try standing(ledger, month(2), claim) == expected)
    _ = try admit(ledger, month(2), "month-2.csv", claim)
    #expect(try standing(ledger, month(2)) == expected)
  }
}
