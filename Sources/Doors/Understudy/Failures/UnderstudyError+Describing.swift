import Accounting
import AdversarialSynthesis
import Analyses
import Attacks
import Basics
import Curation
import DataDictionaries
import Encoding
import EncryptedScoring
import Foundation
import GraphicalModels
import HeatMaps
import LatticeEncryption
import Ledger
import LinkFinding
import Mechanisms
import ModelAttacks
import PlaceAttacks
import Policies
import Prediction
import ProseRedaction
import Pseudonyms
import Quality
import Releases
import Reports
import TableSources
import Tables
import TrackFiles

extension UnderstudyError {
  /// Describes an error from any room. An unknown error is named by its type only: its text might
  /// hold anything.
  package init(describing error: any Error) {
    switch error {
    case let error as UnderstudyError: self = error
    case is CancellationError: self = .cancelled
    case let error as SourceError:
      self.init(text: error.description, remedyFrom: .lastSentence, id: error.id)
    case let error as CountingFault:
      self.init(text: error.description, remedyFrom: .lastSentence, id: error.id)
    default: self.init(ofRoom: error)
    }
  }

  /// Describes an error of a room that is neither a source's nor our own.
  private init(ofRoom error: any Error) {
    switch error {
    case let error as OutputFault:
      self.init(text: error.description, remedyFrom: .lastSentence, id: error.id)
    case let error as TableError:
      self.init(text: error.description, remedyFrom: .secondSentence, id: error.problem.id)
    case let error as SchemaError:
      self.init(
        error.description, remedy: "Correct the schema and try again.", id: "schema.invalid")
    case let error as BlueprintError:
      self.init(text: error.description, remedyFrom: .lastSentence, id: error.id)
    case let error as GraphicalModelError:
      self.init(text: error.description, remedyFrom: .lastSentence, id: error.id)
    case let error as LedgerError: self.init(ledger: error)
    case let error as ReleaseError:
      self.init(text: error.description, remedyFrom: .secondSentence, id: error.id)
    case let error as PublicTableFault:
      self.init(text: error.description, remedyFrom: .secondSentence, id: error.id)
    case let error as AttackError:
      self.init(text: error.description, remedyFrom: .secondSentence, id: error.id)
    case let refusal as GateRefusal: self.init(refusal)
    case let error as PolicyError:
      self.init(
        error.description, remedy: "Correct the policy and try again.", id: "policy.invalid")
    case let error as AnalysisFault:
      self.init(text: error.description, remedyFrom: .secondSentence, id: error.id)
    case let error as HeatFault:
      self.init(text: error.description, remedyFrom: .secondSentence, id: error.id)
    case let error as LinkedFault:
      self.init(text: error.description, remedyFrom: .lastSentence, id: error.id)
    case let error as UnknownPolicy:
      self.init(text: error.description, remedyFrom: .secondSentence, id: error.id)
    case let error as TrainingError:
      self.init(text: error.description, remedyFrom: .lastSentence, id: error.id)
    case let error as Checkpoint.Problem:
      self.init(text: error.description, remedyFrom: .secondSentence, id: error.id)
    case let error as QualityError:
      self.init(text: error.description, remedyFrom: .lastSentence, id: error.id)
    case let error as AccountingError:
      self.init(text: error.description, remedyFrom: .secondSentence, id: error.id)
    case let error as MechanismError:
      self.init(text: error.description, remedyFrom: .secondSentence, id: error.id)
    case let error as GradientError:
      self.init(text: error.description, remedyFrom: .secondSentence, id: error.id)
    case let error as ProseError:
      self.init(text: error.description, remedyFrom: .secondSentence, id: error.id)
    case let error as TreatmentError:
      self.init(text: error.description, remedyFrom: .secondSentence, id: error.id)
    case let error as ScorecardFault:
      self.init(text: error.description, remedyFrom: .lastSentence, id: error.id)
    case let error as ScoringFault:
      self.init(text: error.description, remedyFrom: .lastSentence, id: error.id)
    case let error as TrackFileFault:
      self.init(text: error.description, remedyFrom: .lastSentence, id: error.id)
    case let error as ModelAttackFault:
      self.init(text: error.description, remedyFrom: .lastSentence, id: error.id)
    case let error as PlaceAttackFault:
      self.init(text: error.description, remedyFrom: .lastSentence, id: error.id)
    case let error as PredictionFault:
      self.init(text: error.description, remedyFrom: .secondSentence, id: error.id)
    case let error as LinkFindingError:
      self.init(text: error.description, remedyFrom: .lastSentence, id: error.id)
    case let error as LatticeFault:
      self.init(text: error.description, remedyFrom: .lastSentence, id: error.id)
    case let error as CocoaError: self.init(file: error)
    default: self.init(describingPaper: error)
    }
  }

  /// Describes an error about the words that go along with a table or a release.
  private init(describingPaper error: any Error) {
    switch error {
    case let error as DictionaryError:
      self.init(
        error.description, remedy: "Correct the dictionary and try again.",
        id: "dictionary.invalid")
    case let error as CodebookError:
      self.init(text: error.description, remedyFrom: .lastSentence, id: error.id)
    case let error as PaperworkError:
      self.init(text: error.description, remedyFrom: .secondSentence, id: error.id)
    default: self.init(unexpected: error)
    }
  }

  package static let cancelled = UnderstudyError(
    "Cancelled. Nothing half-written is left. What was charged to the budget before stays charged.",
    remedy: "", status: .cancelled)

  private init(ledger error: LedgerError) {
    if case .decisionNeeded(let decision) = error {
      self.init(
        text: error.description, remedyFrom: .lastSentence, status: .decisionNeeded, id: error.id)
      candidates = decision.candidates.map {
        Candidate(name: $0.name, dataset: $0.dataset, shared: $0.resemblance.description)
      }
      return
    }
    let status: ExitStatus =
      switch error {
      case .overdraw, .noGrant, .reservationExceeded, .unknownDataset: .budgetRefused
      default: .failed
      }
    self.init(text: error.description, remedyFrom: .lastSentence, status: status, id: error.id)
  }

  /// Lists the requirements that are not met. Figures of attacks are among them, for the owner.
  private init(_ refusal: GateRefusal) {
    let charge =
      refusal.isCharged
      ? "The rows were asked, so epsilon \(Numbers.short(refusal.epsilon)) stays charged to the budget."
      : "Nothing was charged: no row was asked."
    let lines =
      ["Refused by the policy '\(refusal.verdict.policy)': nothing was published."]
      + refusal.verdict.failures.map(\.sentence)
    self.init(
      (lines + [charge]).joined(separator: " "),
      remedy: "Meet these requirements, or name another policy.", status: .gateFailed)
  }

  private init(file error: CocoaError) {
    let place = error.filePath.map { "\($0): " } ?? ""
    switch error.code {
    case .fileNoSuchFile, .fileReadNoSuchFile:
      self.init(
        "\(place)there is no such file or folder.", remedy: "Check the name and the folder.",
        id: "file.missing")
    case .fileReadNoPermission, .fileWriteNoPermission:
      self.init(
        "\(place)the system does not allow this.",
        remedy: "Check the permissions of the file and its folder.", id: "file.not-allowed")
    case .fileWriteOutOfSpace:
      self.init(
        "\(place)the disk is full.", remedy: "Make room, or write to another place.",
        id: "file.disk-full")
    default:
      self.init(
        "\(place)the file cannot be read or written (code \(error.code.rawValue)).",
        remedy: "Check the file and its folder.",
        id: "file.unusable")
    }
  }

  private init(unexpected error: any Error) {
    self.init(
      "Something unexpected went wrong inside understudy (\(type(of: error))).",
      remedy:
        "Nothing was released. Please report this with the command you gave, without any data.",
      id: "internal.unexpected")
  }
}
