import Foundation
import Privacy
import Testing

@Suite struct LedgerBudgetTests {
  @Test func whatIsChargedIsCountedAndTheRestGivenBack() throws {
    let folder = try TemporaryFolder()
    let (ledger, dataset) = try ledger(in: folder)
    let session = try ledger.openSession(dataset: dataset, reserving: reservation(0.0078125, 1e-9), purpose: "a release")
    #expect(try ledger.balance(of: dataset).usedRho == 0.0078125)
    try session.charge(question(costing: 0.001953125))
    try session.charge(question(costing: 0.00390625))
    #expect(try ledger.balance(of: dataset).usedRho == 0.0078125)
    #expect(try session.remaining() == reservation(0.001953125, 1e-9))
    #expect(try session.close() == reservation(0.005859375))
    #expect(try ledger.balance(of: dataset).usedRho == 0.005859375)
    #expect(try ledger.balance(of: dataset).usedDelta == 0)
  }

  @Test func aReservationIsRefusedFromTheNextLargerNumberOn() throws {
    let folder = try TemporaryFolder()
    let (ledger, dataset) = try ledger(in: folder)
    for eventDelta in [0, 1e-7] {
      let largest = try ledger.largestReservation(of: dataset, delta: Delta(eventDelta)).value
      #expect(largest > 0)
      let error = ledgerError {
        try ledger.openSession(dataset: dataset, reserving: reservation(largest.nextUp, eventDelta), purpose: "too much")
      }
      guard case .overdraw(let shortfall) = error else {
        Issue.record("expected an overdraw, found \(String(describing: error))")
        return
      }
      #expect(shortfall.leftRho.value == largest)
      try ledger.openSession(dataset: dataset, reserving: reservation(largest, eventDelta), purpose: "all").close()
    }
  }

  @Test func aReleaseFitsItsOwnGrantToTheLastBit() throws {
    for (epsilon, delta, eventDelta) in [(1.0, 1e-9, 5e-10), (0.1, 1e-9, 0), (10, 1e-6, 1e-7), (0.001, 1e-12, 3e-13)] {
      let folder = try TemporaryFolder()
      let ledger = try Ledger(at: folder.ledger)
      let dataset = try ledger.register(ledger.fingerprint(of: people()), name: "patients")
      #expect(try ledger.grantOnFirstUse(dataset, epsilon: Epsilon(epsilon), delta: Delta(delta)))
      let cost = try Ledger.reservation(epsilon: Epsilon(epsilon), delta: Delta(delta), eventDelta: Delta(eventDelta))
      // Within the accountant's own margin of what its inverse says.
      let inverse = try Accountant.rho(epsilon: Epsilon(epsilon), delta: Delta((delta - eventDelta).nextDown)).value
      #expect(abs(cost.rho.value - inverse) <= inverse * 1e-8)
      let session = try ledger.openSession(dataset: dataset, reserving: cost, purpose: "first")
      try session.charge(question(costing: cost.rho.value / 4))
      #expect(throws: LedgerError.self) { try ledger.openSession(dataset: dataset, reserving: cost, purpose: "second") }
    }
  }

  @Test func theFirstUseGrantsOnceAndSaysSo() throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger(at: folder.ledger)
    let dataset = try ledger.register(ledger.fingerprint(of: people()), name: "patients")
    #expect(
      ledgerError { try ledger.openSession(dataset: dataset, reserving: reservation(0.25), purpose: "") } == .noGrant(dataset: "patients"))
    #expect(try ledger.grantOnFirstUse(dataset, epsilon: Epsilon(1), delta: Delta(1e-9)))
    #expect(try !ledger.grantOnFirstUse(dataset, epsilon: Epsilon(5), delta: Delta(1e-3)))
    #expect(try ledger.balance(of: dataset).grantedEpsilon == 1)
    #expect(try ledger.balance(of: dataset).grantedDelta == 1e-9)
  }

  @Test func grantsAdd() throws {
    let folder = try TemporaryFolder()
    let (ledger, dataset) = try ledger(in: folder, epsilon: 1, delta: 0.25)
    try ledger.grant(dataset, epsilon: Epsilon(2), delta: Delta(0.5))
    try ledger.grant(dataset, epsilon: Epsilon(0.5), delta: Delta(0))
    #expect(try ledger.balance(of: dataset).grantedEpsilon == 3.5)
    #expect(try ledger.balance(of: dataset).grantedDelta == 0.75)
    #expect(
      ledgerError { try ledger.grant(dataset, epsilon: Epsilon(1), delta: Delta(0.25)) } == .grantsTooLarge(dataset: "patients", delta: 1))
    #expect(ledgerError { try ledger.grant(dataset, epsilon: Epsilon(0), delta: Delta(0)) } == .invalidGrant(epsilon: 0, delta: 0))
    #expect(ledgerError { try ledger.grant(dataset, epsilon: Epsilon(1), delta: Delta(1)) } == .invalidGrant(epsilon: 1, delta: 1))
  }

  @Test func aGrantWithoutDeltaAllowsNothing() throws {
    let folder = try TemporaryFolder()
    let (ledger, dataset) = try ledger(in: folder, epsilon: 3, delta: 0)
    #expect(try ledger.largestReservation(of: dataset, delta: .zero) == .zero)
    #expect(throws: LedgerError.self) { try ledger.openSession(dataset: dataset, reserving: reservation(1e-30), purpose: "") }
    try ledger.openSession(dataset: dataset, reserving: .init(rho: .zero), purpose: "asks nothing").close()
  }

  @Test func theDeltaOfEventsIsTakenFromTheGrant() throws {
    let folder = try TemporaryFolder()
    let (ledger, dataset) = try ledger(in: folder, epsilon: 1, delta: 1e-6)
    #expect(throws: LedgerError.self) { try ledger.openSession(dataset: dataset, reserving: reservation(1e-9, 1e-6), purpose: "") }
    #expect(throws: LedgerError.self) { try ledger.openSession(dataset: dataset, reserving: reservation(0, 2e-6), purpose: "") }
    #expect(
      ledgerError { try ledger.openSession(dataset: dataset, reserving: reservation(0, 1), purpose: "") } == .invalidReservation(delta: 1))
    _ = try ledger.openSession(dataset: dataset, reserving: reservation(0, 5e-7), purpose: "half")
    let whole = Accountant.rho(epsilon: try Epsilon(1), delta: try Delta(1e-6)).value
    let half = Accountant.rho(epsilon: try Epsilon(1), delta: try Delta(5e-7)).value
    let left = try ledger.largestReservation(of: dataset, delta: .zero).value
    #expect(abs(left - half) < half * 1e-6)
    #expect(left < whole)
  }

  @Test func aSessionCannotSpendMoreThanItReserved() throws {
    let folder = try TemporaryFolder()
    let (ledger, dataset) = try ledger(in: folder)
    let session = try ledger.openSession(dataset: dataset, reserving: reservation(0.0078125), purpose: "a release")
    try session.charge(question(costing: 0.00390625))
    let tooMuch = try question(costing: 0.00390625 + 0.0000152587890625)
    guard case .reservationExceeded(_, _, _, let left) = ledgerError({ try session.charge(tooMuch) }) else {
      Issue.record("a charge beyond the reservation was accepted")
      return
    }
    #expect(left == (try reservation(0.00390625)))
    try session.charge(question(costing: 0.00390625))
    #expect(throws: LedgerError.self) { try session.charge(question(costing: 1e-12)) }
    #expect(try session.close().rho.value == 0.0078125)
    #expect(try session.close().rho.value == 0.0078125)
    #expect(ledgerError { try session.charge(question(costing: 1e-12)) } == .sessionClosed(dataset: "patients", session: session.number))
  }

  @Test func whatRemainsCanBeChargedToTheLastBit() throws {
    // Numbers without a short binary form, so that every sum is rounded.
    for (whole, part) in [(0.1, 0.03), (0.3, 0.1), (0.7, 1e-17), (1.0 / 3, 1.0 / 7)] {
      var balance = LedgerBalance()
      balance.use(rho: part, delta: 0)
      let rest = OutwardSum.difference(whole, part)
      balance.use(rho: rest, delta: 0)
      #expect(balance.usedRho <= whole)
      #expect(OutwardSum.up(part, rest.nextUp) >= whole)
    }
  }

  @Test func sumsErrOnTheSideOfPrivacy() {
    #expect(OutwardSum.up(1, 1e-30) == 1.0.nextUp)
    #expect(OutwardSum.down(1, 1e-30) == 1)
    #expect(OutwardSum.down(1, -1e-30) == 1.0.nextDown)
    #expect(OutwardSum.up(0.25, 0.5) == 0.75)
    #expect(OutwardSum.down(0.25, 0.5) == 0.75)
  }

  @Test func datasetsDoNotShareABudget() throws {
    let folder = try TemporaryFolder()
    let (ledger, first) = try ledger(in: folder)
    let second = try ledger.register(ledger.fingerprint(of: people(50, seed: 1)), name: "others")
    try ledger.grant(second, epsilon: Epsilon(1), delta: Delta(1e-6))
    let all = try ledger.largestReservation(of: first, delta: .zero)
    _ = try ledger.openSession(dataset: first, reserving: .init(rho: all), purpose: "all of the first")
    #expect(try ledger.largestReservation(of: first, delta: .zero) == .zero)
    #expect(try ledger.largestReservation(of: second, delta: .zero) == all)
    let stranger = DatasetIdentity(identity: "none", name: "elsewhere")
    #expect(ledgerError { try ledger.grant(stranger, epsilon: Epsilon(1), delta: .zero) } == .unknownDataset(name: "elsewhere"))
  }

  @Test func aReopenedLedgerRemembers() throws {
    let folder = try TemporaryFolder()
    do {
      let (ledger, dataset) = try ledger(in: folder)
      let session = try ledger.openSession(dataset: dataset, reserving: reservation(0.0078125), purpose: "a release")
      try session.charge(question(costing: 0.001953125))
      try session.close()
      _ = try ledger.openSession(dataset: dataset, reserving: reservation(0.00390625), purpose: "never closed")
    }
    let ledger = try Ledger(at: folder.ledger)
    guard case .known(let dataset) = try ledger.recognise(ledger.fingerprint(of: people())) else {
      Issue.record("the dataset was forgotten")
      return
    }
    #expect(try ledger.balance(of: dataset).usedRho == 0.001953125 + 0.00390625)
  }
}
