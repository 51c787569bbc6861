import Accounting
import Curation
import Foundation
import Ledger
import Tables
import Testing

@Suite struct LedgerBudgetTests {
  @Test func whatIsChargedIsCountedAndTheRestGivenBack() throws {
    let folder = try TemporaryFolder()
    let (ledger, dataset) = try ledger(in: folder)
    let session = try ledger.openSession(
      dataset: dataset, reserving: reservation(0.0078125, 1e-9), purpose: "a release")
    #expect(try ledger.balance(of: dataset).usedRho == 0.0078125)
    try session.charge(question(costing: 0.001953125))
    try session.charge(question(costing: 0.00390625))
    #expect(try ledger.balance(of: dataset).usedRho == 0.0078125)
    let charged = OutwardSum.up(try price(0.001953125), try price(0.00390625))
    #expect(try session.remaining() == reservation(OutwardSum.difference(0.0078125, charged), 1e-9))
    #expect(try session.close() == reservation(charged))
    #expect(try ledger.balance(of: dataset).usedRho == charged)
    #expect(try ledger.balance(of: dataset).usedDelta == 0)
  }

  @Test func aReservationIsRefusedFromTheNextLargerNumberOn() throws {
    let folder = try TemporaryFolder()
    let (ledger, dataset) = try ledger(in: folder)
    for eventDelta in [0, 1e-7, 5e-7] {
      let largest = try ledger.largestReservation(of: dataset, delta: Delta(eventDelta)).value
      #expect(largest > 0)
      let error = ledgerError {
        try ledger.openSession(
          dataset: dataset, reserving: reservation(largest.nextUp, eventDelta), purpose: "too much")
      }
      guard case .overdraw(let shortfall) = error else {
        Issue.record("expected an overdraw, found \(String(describing: error))")
        return
      }
      #expect(shortfall.leftRho.value == largest)
      try ledger.openSession(
        dataset: dataset, reserving: reservation(largest, eventDelta), purpose: "all"
      ).close()
    }
  }

  /// Events with a δ of their own use up their share of it; the δ of a question only converts its
  /// ρ, so that it fits to the last bit, and is refused in its own words from there on.
  @Test func aQuestionNeedsNoneOfTheDeltaThatEventsUse() throws {
    let folder = try TemporaryFolder()
    let (ledger, dataset) = try ledger(in: folder, epsilon: 3, delta: 1e-9)
    let release = try Ledger.reservation(
      epsilon: Epsilon(1), delta: Delta(1e-9), eventDelta: Delta(0.5e-9))
    // Left open: its whole reservation stays counted.
    _ = try ledger.openSession(dataset: dataset, reserving: release, purpose: "a release")
    let account = try #require(try ledger.report(furtherDelta: Delta(1e-9)).datasets.first)
    #expect(account.leftDelta.value == 0 && account.furtherEpsilon.value > 2)
    func ask(_ epsilon: Double) throws -> LedgerSession {
      try ledger.openSession(
        dataset: dataset,
        reserving: reservation(
          LedgerBalance.reservation(epsilon: epsilon, delta: 1e-9, eventDelta: 0)),
        at: Delta(1e-9), purpose: "ask", unit: .row)
    }
    let error = ledgerError { try ask(account.furtherEpsilon.value * 1.000_001) }
    guard case .overdraw(let shortfall) = error else {
      Issue.record("expected an overdraw, found \(String(describing: error))")
      return
    }
    #expect(shortfall.delta.value == 1e-9 && !shortfall.lacksDelta)
    #expect(shortfall.leftEpsilon == account.furtherEpsilon)
    #expect(ledgerError { try ask(account.furtherEpsilon.value) } == nil)
    #expect(ledgerError { try ask(0.001) } != nil)
  }

  @Test func aReleaseFitsItsOwnGrantToTheLastBit() throws {
    for (epsilon, delta, eventDelta) in [
      (1.0, 1e-9, 5e-10), (0.1, 1e-9, 0), (10, 1e-6, 1e-7), (0.001, 1e-12, 3e-13),
    ] {
      let folder = try TemporaryFolder()
      let ledger = try Ledger(at: folder.ledger)
      let dataset = try ledger.register(
        ledger.fingerprint(of: OwnerTable(people())), name: "patients")
      #expect(try ledger.grantOnFirstUse(dataset, epsilon: Epsilon(epsilon), delta: Delta(delta)))
      let cost = try Ledger.reservation(
        epsilon: Epsilon(epsilon), delta: Delta(delta), eventDelta: Delta(eventDelta))
      // Half of delta is for events, however much of it they ask for.
      #expect(try cost.rho == GaussianCurve.rho(epsilon: Epsilon(epsilon), delta: Delta(delta / 2)))
      let session = try ledger.openSession(dataset: dataset, reserving: cost, purpose: "first")
      try session.charge(question(costing: cost.rho.value / 4))
      #expect(throws: LedgerError.self) {
        try ledger.openSession(dataset: dataset, reserving: cost, purpose: "second")
      }
    }
  }

  @Test func theFirstUseGrantsOnceAndSaysSo() throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger(at: folder.ledger)
    let dataset = try ledger.register(
      ledger.fingerprint(of: OwnerTable(people())), name: "patients")
    #expect(
      ledgerError {
        try ledger.openSession(dataset: dataset, reserving: reservation(0.25), purpose: "")
      } == .noGrant(dataset: "patients"))
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
      ledgerError { try ledger.grant(dataset, epsilon: Epsilon(1), delta: Delta(0.25)) }
        == .grantsTooLarge(dataset: "patients", delta: 1))
    #expect(
      ledgerError { try ledger.grant(dataset, epsilon: Epsilon(0), delta: Delta(0)) }
        == .invalidGrant(epsilon: 0, delta: 0))
    #expect(
      ledgerError { try ledger.grant(dataset, epsilon: Epsilon(1), delta: Delta(1)) }
        == .invalidGrant(epsilon: 1, delta: 1))
  }

  @Test func aGrantWithoutDeltaAllowsNothing() throws {
    let folder = try TemporaryFolder()
    let (ledger, dataset) = try ledger(in: folder, epsilon: 3, delta: 0)
    #expect(try ledger.largestReservation(of: dataset, delta: .zero) == .zero)
    #expect(throws: LedgerError.self) {
      try ledger.openSession(dataset: dataset, reserving: reservation(1e-30), purpose: "")
    }
    try ledger.openSession(dataset: dataset, reserving: .init(rho: .zero), purpose: "asks nothing")
      .close()
  }

  @Test func theDeltaOfEventsIsTakenFromTheGrant() throws {
    let folder = try TemporaryFolder()
    let (ledger, dataset) = try ledger(in: folder, epsilon: 1, delta: 1e-6)
    #expect(throws: LedgerError.self) {
      try ledger.openSession(dataset: dataset, reserving: reservation(1e-9, 6e-7), purpose: "")
    }
    #expect(throws: LedgerError.self) {
      try ledger.openSession(dataset: dataset, reserving: reservation(0, 2e-6), purpose: "")
    }
    #expect(
      ledgerError {
        try ledger.openSession(dataset: dataset, reserving: reservation(0, 1), purpose: "")
      } == .invalidReservation(delta: 1))
    let before = try ledger.largestReservation(of: dataset, delta: .zero)
    #expect(try before == GaussianCurve.rho(epsilon: Epsilon(1), delta: Delta(5e-7)))
    _ = try ledger.openSession(dataset: dataset, reserving: reservation(0, 5e-7), purpose: "half")
    // The half of delta that events may use is gone, and the other half is not available to them;
    // rho is unchanged.
    #expect(try ledger.largestReservation(of: dataset, delta: .zero) == before)
    #expect(try ledger.largestReservation(of: dataset, delta: Delta(1e-20)) == .zero)
  }

  @Test func aSessionCannotSpendMoreThanItReserved() throws {
    let folder = try TemporaryFolder()
    let (ledger, dataset) = try ledger(in: folder)
    let session = try ledger.openSession(
      dataset: dataset, reserving: reservation(0.0078125), purpose: "a release")
    try session.charge(question(costing: 0.00390625))
    let tooMuch = try question(costing: 0.00390625 + 0.0000152587890625)
    guard
      case .reservationExceeded(_, _, _, let left) = ledgerError({ try session.charge(tooMuch) })
    else {
      Issue.record("a charge beyond the reservation was accepted")
      return
    }
    #expect(left == (try reservation(OutwardSum.difference(0.0078125, price(0.00390625)))))
    try session.charge(question(costing: 0.00390625))
    #expect(throws: LedgerError.self) { try session.charge(question(costing: 1e-6)) }
    let charged = try 2 * price(0.00390625)
    #expect(try session.close().rho.value == charged)
    #expect(try session.close().rho.value == charged)
    #expect(
      ledgerError { try session.charge(question(costing: 1e-12)) }
        == .sessionClosed(dataset: "patients", session: session.number))
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
    let second = try ledger.register(
      ledger.fingerprint(of: OwnerTable(people(50, seed: 1))), name: "others")
    try ledger.grant(second, epsilon: Epsilon(1), delta: Delta(1e-6))
    let all = try ledger.largestReservation(of: first, delta: .zero)
    _ = try ledger.openSession(
      dataset: first, reserving: .init(rho: all), purpose: "all of the first")
    #expect(try ledger.largestReservation(of: first, delta: .zero) == .zero)
    #expect(try ledger.largestReservation(of: second, delta: .zero) == all)
    let stranger = DatasetIdentity(identity: "none", name: "elsewhere")
    #expect(
      ledgerError { try ledger.grant(stranger, epsilon: Epsilon(1), delta: .zero) }
        == .unknownDataset(name: "elsewhere"))
  }

  @Test func aReopenedLedgerRemembers() throws {
    let folder = try TemporaryFolder()
    do {
      let (ledger, dataset) = try ledger(in: folder)
      let session = try ledger.openSession(
        dataset: dataset, reserving: reservation(0.0078125), purpose: "a release")
      try session.charge(question(costing: 0.001953125))
      try session.close()
      _ = try ledger.openSession(
        dataset: dataset, reserving: reservation(0.00390625), purpose: "never closed")
    }
    let ledger = try Ledger(at: folder.ledger)
    guard
      case .known(let dataset) = try ledger.recognise(ledger.fingerprint(of: OwnerTable(people())))
    else {
      Issue.record("the dataset was forgotten")
      return
    }
    #expect(
      try ledger.balance(of: dataset).usedRho == OutwardSum.up(price(0.001953125), 0.00390625))
  }

  @Test func aGrantAfterAnAnswerAddsWhatItAllowsByItself() throws {
    let folder = try TemporaryFolder()
    let (ledger, dataset) = try ledger(in: folder, epsilon: 1, delta: 1e-9)
    let one = try ledger.largestReservation(of: dataset, delta: .zero).value
    // Not an answer yet: nothing was charged.
    let session = try ledger.openSession(
      dataset: dataset, reserving: reservation(one), purpose: "first")
    try ledger.grant(dataset, epsilon: Epsilon(1), delta: Delta(1e-9))
    let two = try GaussianCurve.rho(epsilon: Epsilon(2), delta: Delta(1e-9)).value
    #expect(
      try abs(ledger.largestReservation(of: dataset, delta: .zero).value - (two - one)) < 1e-15)
    try session.charge(question(costing: one))
    try ledger.grant(dataset, epsilon: Epsilon(1), delta: Delta(1e-9))
    #expect(try abs(ledger.largestReservation(of: dataset, delta: .zero).value - two) < 1e-15)
    // A release fits the grant that was made for it to the last bit, even if another grant was used
    // up completely.
    try session.close()
    let account = try #require(try ledger.report(furtherDelta: Delta(1e-9)).datasets.first)
    #expect(account.parts == 2 && !account.isAnswered && account.grantedEpsilon.value == 3)
    #expect(try #require(account.usedEpsilon).value <= 1)
  }

  @Test func aReleaseFitsTheGrantThatFollowsAnotherToTheLastBit() throws {
    for (epsilon, delta) in [(1.0, 1e-9), (0.1, 3e-7), (0.7, 1e-12), (2.3, 1e-6)] {
      let folder = try TemporaryFolder()
      let (ledger, dataset) = try ledger(in: folder, epsilon: epsilon, delta: delta)
      for _ in 0..<4 {
        let cost = try Ledger.reservation(
          epsilon: Epsilon(epsilon), delta: Delta(delta), eventDelta: Delta(delta / 2))
        // Left open: its whole reservation stays counted.
        let session = try ledger.openSession(
          dataset: dataset, reserving: cost, purpose: "a release")
        try session.charge(question(costing: cost.rho.value / 3))
        #expect(throws: LedgerError.self) {
          try ledger.openSession(dataset: dataset, reserving: reservation(1e-300), purpose: "more")
        }
        try ledger.grant(dataset, epsilon: Epsilon(epsilon), delta: Delta(delta))
      }
    }
  }

  @Test func whatAnEarlierVersionSpentStaysSpent() throws {
    // Ten releases under the old rule, from one grant. The unspent part remains, and a new grant
    // adds a part.
    var old = LedgerBalance()
    old.grant(epsilon: 3, delta: 3e-9)
    let each = Accountant.rho(epsilon: try Epsilon(0.5), delta: try Delta(0.5e-9)).value
    for _ in 0..<10 { old.use(rho: each, delta: 0.1e-9) }
    let used = old.usedRho
    old.closeOldRule()
    let whole = Accountant.rho(epsilon: try Epsilon(3), delta: try Delta(1.5e-9)).value
    #expect(old.usedRho == used && abs(old.largestRho(delta: 0) - (whole - used)) < 1e-12)
    let epsilon = try #require(old.usedEpsilon)
    #expect(
      abs(epsilon - Accountant.epsilon(rho: try Rho(used), delta: try Delta(1.5e-9)).value) < 1e-9)
    old.grant(epsilon: 1, delta: 1e-9)
    let added = GaussianCurve.rho(epsilon: try Epsilon(1), delta: try Delta(0.5e-9)).value
    #expect(abs(old.largestRho(delta: 0) - (whole - used + added)) < 1e-12 && old.partCount == 2)
    // More spent than today's rule would have allowed: nothing is left, and nothing is owed.
    var full = LedgerBalance()
    full.grant(epsilon: 1, delta: 1e-9)
    full.use(rho: Accountant.rho(epsilon: try Epsilon(1), delta: try Delta(1e-9)).value, delta: 0)
    full.closeOldRule()
    #expect(full.largestRho(delta: 0) == 0)
    full.grant(epsilon: 1, delta: 1e-9)
    #expect(full.largestRho(delta: 0) == added)
    // Then, all of delta went into the conversion. Half of it is not available for events a second
    // time.
    #expect(full.leftEventDelta == 0.5e-9 && full.leftDelta == 1e-9)
  }
}
