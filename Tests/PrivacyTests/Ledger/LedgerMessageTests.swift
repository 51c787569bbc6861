import Accounting
import Foundation
import Ledger
import Testing

/// The messages that a data steward reads.
@Suite struct LedgerMessageTests {
  @Test func anOverdrawSaysWhatIsLeft() throws {
    let folder = try TemporaryFolder()
    let (ledger, dataset) = try ledger(in: folder)
    _ = try ledger.openSession(
      dataset: dataset, reserving: reservation(0.0078125), purpose: "a release")
    let error = ledgerError {
      try ledger.openSession(
        dataset: dataset, reserving: reservation(0.25, 1e-9), purpose: "too much")
    }
    let left = try ledger.largestReservation(of: dataset, delta: Delta(1e-9))
    guard case .overdraw(let shortfall) = error else {
      Issue.record("expected an overdraw")
      return
    }
    #expect(shortfall.leftRho == left)
    #expect(
      "\(LedgerError.overdraw(shortfall))" == """
        The budget of patients does not allow this: it asks for epsilon 4.22594 at delta 2e-09. Granted are epsilon 1 at delta 1e-06, \
        epsilon 0.523241 of it is spent or reserved, and what is left allows a release of epsilon 1.057 at delta 2e-09. \
        Ask for a smaller epsilon, or grant more.
        """)
  }

  @Test func aLackOfDeltaIsNamed() throws {
    let folder = try TemporaryFolder()
    let (ledger, dataset) = try ledger(in: folder)
    try ledger.openSession(
      dataset: dataset, reserving: reservation(0.001, 3.75e-7), purpose: "a release"
    ).close()
    _ = try ledger.openSession(
      dataset: dataset, reserving: reservation(0.001, 3.75e-7), purpose: "a release")
    let left = try #require(try ledger.report(furtherDelta: Delta(1e-9)).datasets.first).leftDelta
      .value
    #expect(abs(left - 2.5e-7) < 1e-20 && left <= 2.5e-7)
    let error = ledgerError {
      try ledger.openSession(
        dataset: dataset, reserving: reservation(0.001, 2.5e-7), purpose: "a release")
    }
    #expect(
      error.map { "\($0)" } == """
        The budget of patients does not allow this: it asks for epsilon 0.182253 at delta 5e-07. Granted are epsilon 1 at delta 1e-06; \
        only 2.5e-07 of the delta is left, whatever the epsilon. Grant more delta, or ask for a \
        smaller one.
        """)
  }

  @Test(arguments: [
    (
      LedgerError.noHomeFolder,
      "There is no place for the budget ledger: HOME is not set. Name a file."
    ),
    (
      .notALedger(path: "L"),
      "The file L is not a budget ledger of understudy. It was left as it is. Name another file."
    ),
    (
      .newerVersion(path: "L", found: 2, supported: 1),
      "The budget ledger L has format 2, made by a newer understudy; this one reads up to format 1. "
        + "Install the newer version. The file was left as it is."
    ),
    (
      .corrupt(path: "L", detail: "its pages do not fit together"),
      "The budget ledger L is damaged (its pages do not fit together). Nothing was released. "
        + "Restore it from a backup that holds every release made so far; an older backup would forget what was spent."
    ),
    (
      .readOnly(path: "L"),
      "The budget ledger L cannot be written. A release must be charged before it is made. "
        + "Make the file and its folder writable for you, or name another ledger."
    ),
    (
      .busy(path: "L", seconds: 10),
      "The budget ledger L was in use by another process for 10 seconds. Nothing was released. Try again."
    ),
    (
      .replaced(path: "L"),
      "The budget ledger L was moved, deleted or replaced while it was in use. Nothing more is released. Put it back and start again."
    ),
    (
      .noGrant(dataset: "patients"),
      "No budget was granted for patients. Grant one first."
    ),
    (
      .invalidGrant(epsilon: 0, delta: 2),
      "A grant of epsilon 0 and delta 2 is not possible: epsilon must be above 0, delta at least 0 and below 1."
    ),
    (
      .sessionClosed(dataset: "patients", session: 3),
      "Session 3 of patients is closed and cannot be charged. Open a new session."
    ),
  ])
  func messagesAreSentencesWithTheRemedy(error: LedgerError, message: String) {
    #expect("\(error)" == message)
    #expect(error.localizedDescription == message)
  }
}
