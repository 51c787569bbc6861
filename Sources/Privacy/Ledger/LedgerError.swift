import Accounting

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
