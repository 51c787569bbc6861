import Accounting
import Foundation
import GRDB

/// An error that keeps a ledger from being opened, or a budget from being granted or spent. No case
/// carries a cell of a table.
package enum LedgerError: Error, Sendable, Equatable {
  // The file.
  case noHomeFolder
  case cannotCreate(path: String, reason: String)
  case isFolder(path: String)
  case notALedger(path: String)
  case newerVersion(path: String, found: Int, supported: Int)
  case corrupt(path: String, detail: String)
  case readOnly(path: String)
  case busy(path: String, seconds: Double)
  case replaced(path: String)
  case storage(path: String, detail: String)

  // The budget.
  case invalidGrant(epsilon: Double, delta: Double)
  case grantsTooLarge(dataset: String, delta: Double)
  case unknownDataset(name: String)
  case noGrant(dataset: String)
  case unitDiffers(dataset: String, kept: String, asked: String)
  case invalidReservation(delta: Double)
  case overdraw(LedgerShortfall)
  case reservationExceeded(dataset: String, session: Int64, charge: PrivacyCost, left: PrivacyCost)
  case sessionClosed(dataset: String, session: Int64)

  // The people.
  case decisionNeeded(PeopleDecision)
  case unknownPeople(name: String)
  case ambiguousPeople(name: String, keys: [String])
  case populationDiffers(dataset: String, kept: String, asked: String)
  case invalidPopulationName
}

extension LedgerError {
  /// A stable identifier, for programs that read errors.
  package var id: String {
    switch self {
    case .noHomeFolder: "ledger.no-home-folder"
    case .cannotCreate: "ledger.cannot-create"
    case .isFolder: "ledger.is-folder"
    case .notALedger: "ledger.none"
    case .newerVersion: "ledger.newer-version"
    case .corrupt: "ledger.corrupt"
    case .readOnly: "ledger.read-only"
    case .busy: "ledger.busy"
    case .replaced: "ledger.replaced"
    case .storage: "ledger.storage"
    case .invalidGrant: "budget.invalid-grant"
    case .grantsTooLarge: "budget.grants-too-large"
    case .unknownDataset: "budget.unknown-dataset"
    case .noGrant: "budget.none"
    case .unitDiffers: "budget.unit-differs"
    case .invalidReservation: "budget.invalid-reservation"
    case .overdraw: "budget.exhausted"
    case .reservationExceeded: "budget.reservation-exceeded"
    case .sessionClosed: "budget.session-closed"
    case .decisionNeeded: "people.decision-needed"
    case .unknownPeople: "people.unknown"
    case .ambiguousPeople: "people.ambiguous"
    case .populationDiffers: "people.population-differs"
    case .invalidPopulationName: "people.invalid-name"
    }
  }
}

extension LedgerError: CustomStringConvertible, LocalizedError {
  package var errorDescription: String? { description }

  /// Describes the error, with its remedy in the last sentence.
  package var description: String {
    switch self {
    case .noHomeFolder: "There is no place for the budget ledger: HOME is not set. Name a file."
    case .cannotCreate(let path, let reason):
      "The budget ledger \(path) cannot be created: \(reason). Choose another place."
    case .isFolder(let path): "The budget ledger \(path) is a folder. Name a file inside it."
    case .notALedger(let path):
      "The file \(path) is not a budget ledger of understudy. It was left as it is. Name another file."
    case .newerVersion(let path, let found, let supported):
      "The budget ledger \(path) has format \(found), made by a newer understudy; this one reads up to format \(supported). "
        + "Install the newer version. The file was left as it is."
    case .corrupt(let path, let detail):
      "The budget ledger \(path) is damaged (\(detail)). Nothing was released. Restore it from a backup that holds every release made "
        + "so far; an older backup would forget what was spent."
    case .readOnly(let path):
      "The budget ledger \(path) cannot be written. A release must be charged before it is made. "
        + "Make the file and its folder writable for you, or name another ledger."
    case .busy(let path, let seconds):
      "The budget ledger \(path) was in use by another process for \(Self.number(seconds)) seconds. Nothing was released. Try again."
    case .replaced(let path):
      "The budget ledger \(path) was moved, deleted or replaced while it was in use. Nothing more is released. Put it back and start again."
    case .storage(let path, let detail):
      "The budget ledger \(path) cannot be read or written (\(detail)). Nothing was released. Check the disk and try again."
    case .invalidGrant(let epsilon, let delta):
      "A grant of epsilon \(Self.number(epsilon)) and delta \(Self.number(delta)) is not possible: "
        + "epsilon must be above 0, delta at least 0 and below 1."
    case .grantsTooLarge(let dataset, let delta):
      "With this grant the budget of \(dataset) would have delta \(Self.number(delta)); delta must stay below 1. Grant a smaller delta."
    case .unknownDataset(let name):
      "The ledger does not know the dataset \(name). Grant it a budget first."
    case .noGrant(let dataset): "No budget was granted for \(dataset). Grant one first."
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
    case .decisionNeeded(let decision): Self.describe(decision)
    case .unknownPeople(let name):
      "The ledger knows no dataset or population called \(name). `understudy budget show` lists their names."
    case .ambiguousPeople(let name, let keys):
      "The ledger knows \(keys.count) datasets called \(name), with budgets of their own. "
        + "Name one by its key instead: \(keys.joined(separator: ", "))."
    case .populationDiffers(let dataset, let kept, let asked):
      "The schema says `people: \(asked)`, but the ledger counts \(dataset) with the population \(kept). "
        + "Write `people: \(kept)`, or say that they are the same people, which makes one budget of both."
    case .invalidPopulationName:
      "The name of a population must be 1 to 100 characters on one line, without a space at either end. Choose another name."
    }
  }

  private static func describe(_ shortfall: LedgerShortfall) -> String {
    let granted =
      "epsilon \(number(shortfall.grantedEpsilon.value)) at delta \(number(shortfall.grantedDelta.value))"
    let delta = number(shortfall.delta.value)
    let needed =
      shortfall.requestedEpsilon.map { "epsilon \(number($0.value)) at delta \(delta)" }
      ?? "more delta than is left"
    let isUsedUp = !shortfall.lacksDelta && shortfall.isUsedUp
    var text =
      "The budget of \(shortfall.dataset) does not allow this: it asks for \(needed). Granted are \(granted)"
    if shortfall.lacksDelta {
      let left =
        shortfall.leftDelta.value > 0
        ? "only \(number(shortfall.leftDelta.value)) of the delta is left" : "the delta is used up"
      text += "; \(left), whatever the epsilon."
    } else {
      let used =
        shortfall.usedEpsilon.map { ", epsilon \(number($0.value)) of it is spent or reserved" }
        ?? ""
      let left =
        "what is left allows a release of epsilon \(below(shortfall.leftEpsilon.value)) at delta \(delta)"
      text += isUsedUp ? "\(used), and nothing is left for any epsilon." : "\(used), and \(left)."
    }
    if shortfall.abandonedSessions > 0 {
      text +=
        " Sessions that ended without settling, counted in full: \(shortfall.abandonedSessions)."
    }
    return text + " " + advice(shortfall, isUsedUp: isUsedUp)
  }

  private static func describe(_ decision: PeopleDecision) -> String {
    let likenesses = decision.candidates.map { candidate in
      let place =
        candidate.name == candidate.dataset
        ? "'\(candidate.name)'" : "'\(candidate.dataset)' of '\(candidate.name)'"
      return "\(place) (\(candidate.resemblance))"
    }
    return
      "\(decision.table) needs a decision of its owner before anything is charged or granted: it resembles "
      + likenesses.joined(separator: " and ")
      + ". What the same people lose adds up, whatever file they are in. "
      + "Say that they are the same people, to share that budget, or that nobody in it is in the other, "
      + "for which you answer and which the release will say."
  }

  /// Returns advice; suggests a smaller request only if one could fit.
  private static func advice(_ shortfall: LedgerShortfall, isUsedUp: Bool) -> String {
    if isUsedUp || shortfall.lacksDelta && shortfall.leftDelta.value == 0 {
      return "Grant more before a further release."
    }
    return shortfall.lacksDelta
      ? "Grant more delta, or ask for a smaller one." : "Ask for a smaller epsilon, or grant more."
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

extension LedgerError {
  /// Translates an SQLite error for the owner of the ledger. SQLite's own message is left out
  /// because it could quote stored values.
  package init(_ error: DatabaseError, path: String, busySeconds: Double) {
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path: path, seconds: busySeconds)
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: self = .readOnly(path: path)
    case .SQLITE_NOTADB: self = .notALedger(path: path)
    case .SQLITE_CORRUPT: self = .corrupt(path: path, detail: "its pages do not fit together")
    case .SQLITE_FULL: self = .storage(path: path, detail: "the disk is full")
    case .SQLITE_CANTOPEN: self = .storage(path: path, detail: "the file cannot be opened")
    case .SQLITE_IOERR: self = .storage(path: path, detail: "the disk reported an error")
    case .SQLITE_CONSTRAINT:
      self = .corrupt(path: path, detail: "a record breaks a rule of the ledger")
    default:
      self = .storage(path: path, detail: "SQLite error \(error.extendedResultCode.rawValue)")
    }
  }
}
