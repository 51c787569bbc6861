import Accounting
import Foundation

extension LedgerError: CustomStringConvertible, LocalizedError {
  package var errorDescription: String? { description }

  package var description: String {
    switch self {
    case .noHomeFolder, .cannotCreate, .isFolder, .notALedger, .newerVersion, .corrupt, .readOnly, .busy, .replaced, .storage:
      fileDescription
    case .decisionNeeded, .unknownPeople, .ambiguousPeople, .populationDiffers, .invalidPopulationName: peopleDescription
    default: budgetDescription
    }
  }

  private var fileDescription: String {
    switch self {
    case .noHomeFolder:
      "There is no place for the budget ledger: HOME is not set. Name a file with --ledger or UNDERSTUDY_LEDGER."
    case .cannotCreate(let path, let reason):
      "The budget ledger \(path) cannot be created: \(reason). Choose another place with --ledger or UNDERSTUDY_LEDGER."
    case .isFolder(let path):
      "The budget ledger \(path) is a folder. Name a file inside it with --ledger or UNDERSTUDY_LEDGER."
    case .notALedger(let path):
      "The file \(path) is not a budget ledger of understudy. It was left as it is. Name another file with --ledger or UNDERSTUDY_LEDGER."
    case .newerVersion(let path, let found, let supported):
      "The budget ledger \(path) has format \(found), made by a newer understudy; this one reads up to format \(supported). "
        + "Install the newer version. The file was left as it is."
    case .corrupt(let path, let detail):
      "The budget ledger \(path) is damaged (\(detail)). Nothing was released. Restore it from a backup that holds every release made "
        + "so far; an older backup would forget what was spent."
    case .readOnly(let path):
      "The budget ledger \(path) cannot be written. A release must be charged before it is made. "
        + "Make the file and its folder writable for you, or name another ledger with --ledger or UNDERSTUDY_LEDGER."
    case .busy(let path, let seconds):
      "The budget ledger \(path) was in use by another process for \(Self.number(seconds)) seconds. Nothing was released. Try again."
    case .replaced(let path):
      "The budget ledger \(path) was moved, deleted or replaced while it was in use. Nothing more is released. Put it back and start again."
    case .storage(let path, let detail):
      "The budget ledger \(path) cannot be read or written (\(detail)). Nothing was released. Check the disk and try again."
    default: ""
    }
  }

  private var budgetDescription: String {
    switch self {
    case .invalidGrant(let epsilon, let delta):
      "A grant of epsilon \(Self.number(epsilon)) and delta \(Self.number(delta)) is not possible: "
        + "epsilon must be above 0, delta at least 0 and below 1."
    case .grantsTooLarge(let dataset, let delta):
      "With this grant the budget of \(dataset) would have delta \(Self.number(delta)); delta must stay below 1. Grant a smaller delta."
    case .unknownDataset(let name):
      "The ledger does not know the dataset \(name). Grant it a budget first: understudy budget grant FILE --epsilon E --delta D."
    case .noGrant(let dataset):
      "No budget was granted for \(dataset). Grant one first: understudy budget grant FILE --epsilon E --delta D."
    case .unitDiffers(let dataset, let kept, let asked):
      "The budget of \(dataset) is counted for each \(kept), this release for each \(asked): what they spend cannot be added. "
        + "Protect the same unit as before: the schema's `unit` says whom, by a column of the same name."
    case .invalidReservation(let delta):
      "A session cannot reserve delta \(Self.number(delta)): it must be below 1."
    case .overdraw(let shortfall): Self.describe(shortfall)
    case .reservationExceeded(let dataset, let session, let charge, let left):
      "Session \(session) of \(dataset) may not spend more than it reserved: the next answer costs rho \(Self.number(charge.rho.value)) "
        + "and delta \(Self.number(charge.delta.value)), left are rho \(Self.number(left.rho.value)) and delta "
        + "\(Self.number(left.delta.value)). No noise was drawn."
    case .sessionClosed(let dataset, let session):
      "Session \(session) of \(dataset) is closed and cannot be charged. Open a new session."
    default: ""
    }
  }

  private static func describe(_ shortfall: LedgerShortfall) -> String {
    let granted = "epsilon \(number(shortfall.grantedEpsilon.value)) at delta \(number(shortfall.grantedDelta.value))"
    let delta = number(shortfall.delta.value)
    let needed = shortfall.requestedEpsilon.map { "epsilon \(number($0.value)) at delta \(delta)" } ?? "more delta than is left"
    let isUsedUp = !shortfall.lacksDelta && shortfall.isUsedUp
    var text = "The budget of \(shortfall.dataset) does not allow this: it asks for \(needed). Granted are \(granted)"
    if shortfall.lacksDelta {
      let left = shortfall.leftDelta.value > 0 ? "only \(number(shortfall.leftDelta.value)) of the delta is left" : "the delta is used up"
      text += "; \(left), whatever the epsilon."
    } else {
      let used = shortfall.usedEpsilon.map { ", epsilon \(number($0.value)) of it is spent or reserved" } ?? ""
      let left = "what is left allows a release of epsilon \(below(shortfall.leftEpsilon.value)) at delta \(delta)"
      text += isUsedUp ? "\(used), and nothing is left for any epsilon." : "\(used), and \(left)."
    }
    if shortfall.abandonedSessions > 0 {
      text += " Sessions that ended without settling, counted in full: \(shortfall.abandonedSessions)."
    }
    return text + " " + advice(shortfall, isUsedUp: isUsedUp)
  }

  /// Returns advice; suggests a smaller request only if one could fit.
  private static func advice(_ shortfall: LedgerShortfall, isUsedUp: Bool) -> String {
    let grant = "understudy budget grant FILE --epsilon E --delta D"
    if isUsedUp || shortfall.lacksDelta && shortfall.leftDelta.value == 0 {
      return "Grant more before a further release: \(grant)."
    }
    return shortfall.lacksDelta
      ? "Grant more delta, or ask for a smaller one: \(grant)." : "Ask for a smaller epsilon, or grant more: \(grant)."
  }

  /// Returns four significant digits, never above the value: an amount reported as left can be
  /// requested.
  private static func below(_ value: Double) -> String {
    guard value > 0 else { return "0" }
    let scale = pow(10, 3 - log10(value).rounded(.down))
    return String(format: "%.4g", (value * scale).rounded(.down) / scale)
  }

  /// Returns six significant digits: enough for a person; the file holds the exact number.
  package static func number(_ value: Double) -> String { String(format: "%.6g", value) }
}
