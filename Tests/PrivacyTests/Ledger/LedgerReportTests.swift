import Accounting
import Curation
import Foundation
import Ledger
import Tables
import Testing

@Suite struct LedgerReportTests {
  @Test func theHistoryTellsEverySessionAndCharge() throws {
    let folder = try TemporaryFolder()
    let (ledger, dataset) = try ledger(in: folder)
    let first = try ledger.openSession(
      dataset: dataset, reserving: reservation(0.0078125, 1e-9), purpose: "teaching copy")
    let events = try [0.001953125, 0.0009765625].map { try question(costing: $0) }
    for event in events { try first.charge(event) }
    try first.close()
    _ = try ledger.openSession(
      dataset: dataset, reserving: reservation(0.00390625), purpose: "at work")

    let report = try ledger.report(furtherDelta: Delta(1e-9))
    let account = try #require(report.datasets.first)
    #expect(report.datasets.count == 1)
    #expect(account.dataset == dataset)
    #expect(account.rows == 40)
    #expect(account.columns == 3)
    #expect(account.grants.map(\.origin) == ["grant"])
    #expect(account.sessions.map(\.purpose) == ["teaching copy", "at work"])
    #expect(account.sessions.map(\.state) == [.closed, .open])
    #expect(account.sessions[0].charges.map(\.event) == events)
    #expect(
      account.sessions[0].charges.map(\.cost) == (try events.map { $0.price(left: try Rho(1)) }))
    let charged = try OutwardSum.up(price(0.001953125), price(0.0009765625))
    #expect(account.sessions[0].counted == (try reservation(charged)))
    #expect(account.sessions[1].counted == account.sessions[1].reserved)
    #expect(account.used == (try reservation(OutwardSum.up(charged, 0.00390625))))
    #expect(
      account.usedEpsilon == GaussianCurve.epsilon(rho: account.used.rho, delta: try Delta(5e-7)))
    let opened = try Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(
      account.sessions[0].opened)
    #expect(abs(opened.timeIntervalSinceNow) < 120)
  }

  @Test func theReportReadsBackFromJSON() throws {
    let folder = try TemporaryFolder()
    let (ledger, dataset) = try ledger(in: folder)
    try ledger.openSession(
      dataset: dataset, reserving: reservation(0.0078125), purpose: "a release"
    ).charge(question(costing: 0.001))
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let text = try encoder.encode(ledger.report(furtherDelta: Delta(1e-9)))
    #expect(try encoder.encode(JSONDecoder().decode(LedgerReport.self, from: text)) == text)
  }

  @Test func aFurtherReleaseOfTheReportedEpsilonFits() throws {
    for (spent, eventDelta) in [(0.0, 0.0), (0.001, 1e-10), (0.0037, 5e-10), (0.0078, 0)] {
      let folder = try TemporaryFolder()
      let (ledger, dataset) = try ledger(in: folder)
      if spent > 0 {
        let earlier = try ledger.openSession(
          dataset: dataset, reserving: reservation(spent), purpose: "earlier")
        try earlier.charge(question(costing: spent * 0.999))
        try earlier.close()
      }
      let account = try #require(
        try ledger.report(furtherDelta: Delta(1e-9), eventDelta: Delta(eventDelta)).datasets.first)
      let further = account.furtherEpsilon
      #expect(further.value > 0)
      let cost = try Ledger.reservation(
        epsilon: further, delta: Delta(1e-9), eventDelta: Delta(eventDelta))
      #expect(cost.rho <= account.leftRho)
      let more = try Ledger.reservation(
        epsilon: Epsilon(further.value * 1.000001), delta: Delta(1e-9),
        eventDelta: Delta(eventDelta))
      #expect(throws: LedgerError.self) {
        try ledger.openSession(dataset: dataset, reserving: more, purpose: "a little more")
      }
      _ = try ledger.openSession(dataset: dataset, reserving: cost, purpose: "the rest")
    }
  }

  @Test func anEmptyLedgerHasAnEmptyReport() throws {
    let folder = try TemporaryFolder()
    #expect(try Ledger(at: folder.ledger).report(furtherDelta: Delta(1e-9)).datasets.isEmpty)
  }

  @Test func aDatasetWithoutAGrantIsListed() throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger(at: folder.ledger)
    _ = try ledger.register(ledger.fingerprint(of: OwnerTable(people())), name: "patients")
    let account = try #require(try ledger.report(furtherDelta: Delta(1e-9)).datasets.first)
    #expect(account.grants.isEmpty && account.furtherEpsilon.value == 0 && account.leftRho == .zero)
  }
}
