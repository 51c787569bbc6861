import Accounting
import Curation
import Encoding
import Ledger
import MarginalSynthesis
import Tables

/// What travels with a release so that others can check it: how it was made, what was asked of the rows, and what that cost.
///
/// All of it is public, declared or paid for.
public struct Manifest: Sendable, Codable {
  /// The newest format that this version writes and reads.
  public static let currentFormat = 4

  /// The format of this manifest; counts from 1.
  public var format = Manifest.currentFormat
  /// What made the release.
  public let software: Software
  /// Whose key signs this manifest; the signature is in `manifest.signature.json`.
  public let signer: ManifestSigner
  /// The keyed fingerprint of the input, and the place in the ledger: only the owner can read them.
  public let marks: LedgerMarks
  /// ISO 8601.
  public let created: String
  /// From the schema.
  public let table: String
  /// What is promised, to whom, and with which ε and δ.
  public let guarantee: Guarantee
  /// The schema that the release was made with.
  public let schema: SchemaRecord
  /// How the marginals were chosen and fitted.
  public let engine: Engine
  /// The largest model that was allowed, in cells of its junction tree.
  public let modelCells: Int
  package let columns: [ColumnTreatment]
  /// What weakens the guarantee; empty where nothing does.
  public let hazards: [Hazard]
  /// Rows of `synthetic.csv`.
  public let rows: Int
  /// What the budget went to.
  public let spending: Spending
  /// Every question to the curator, in order.
  public let events: [EventRecord]
  /// How the release was attacked before it was published; nil where it was not. New in format 3.
  public let trial: Trial?
  /// The policy that it meets; nil where none was given. New in format 3.
  public internal(set) var gate: GateRecord?
  /// This release and the attempts before it that were not published; nil in formats before 4.
  public let attempts: Attempts?
  /// SHA-256 of every other file of the release but the signature, in hexadecimal.
  public var files: [String: String] = [:]

  /// The program that made a release.
  public struct Software: Sendable, Codable {
    /// Its name.
    public let name: String
    /// Its version, see ``SoftwareVersion``.
    public let version: String
    /// The very program.
    public let build: SoftwareBuild
  }

  /// The promise of a release; ε and δ bound what all its events cost together.
  public struct Guarantee: Sendable, Codable {
    /// False where a seed or a probe made the run repeatable; ε and δ then promise nothing.
    public let isPrivate: Bool
    /// Positive.
    public let epsilon: Double
    /// Above 0 and below 1.
    public let delta: Double
    /// What the events add up to.
    public let rho: Double
    /// The δ that events, such as the naming of labels, spend themselves; a part of ``delta``.
    public let eventsDelta: Double
    /// `row` or the name of the column that says who.
    public let unit: String
    /// How many rows of one unit were used at most; at least 1.
    public let maximumRowsPerUnit: Int
    /// By what neighbouring tables differ, in words.
    public let neighbouringRelation: String
    /// True where the unit is the row and the owner declares that each row is a person of its own. New in format 4.
    public let eachRowIsAPerson: Bool?
    /// The same promise at other deltas, for several people and for single columns, and how it was added up: as Gaussian mechanisms. Nil
    /// before format 4, where ``rho`` is that of zero-concentrated differential privacy.
    public let loss: LossRecord?
  }

  /// What all attempts cost together since something of these people was last published: that the earlier ones were not published is
  /// part of what can be seen of this one.
  public struct Attempts: Sendable, Codable, Equatable {
    /// This release with the earlier attempts; 1 where there were none.
    public let count: Int
    /// What they were charged together.
    public let rho: Double
    /// The δ that their events spend themselves.
    public let eventsDelta: Double
    /// For this release, and for the fact that the earlier attempts were not published, together, at ``delta``: the release's own where
    /// there were none.
    public let epsilon: Double
    /// ``eventsDelta`` and twice the δ that converts what was asked; the release's own where there were no earlier attempts.
    public let delta: Double
  }

  /// Which schema was used, and who wrote it.
  public struct SchemaRecord: Sendable, Codable {
    /// Of the schema's canonical text, in hexadecimal.
    public let sha256: String
    /// `declared` or `inferred`.
    public let origin: String
    /// The schema in its file format.
    public let text: String
    /// Who answers for what was observed in the rows; nil where nobody does. New in format 4.
    public let reviewed: SchemaReview?
    /// What its facts cost beforehand, beside this release; nil where none was learned so. New in format 4.
    public let learned: LearningCost?
  }

  /// How a release was attacked before it was published, as far as that may be told: no figure of any attack.
  public struct Trial: Sendable, Codable, Equatable {
    /// The kinds of attack, see ``AttackKind``.
    public let attacks: [AttackKind]
    /// Each unit's chance to be held out of training as the control; nil where the owner gave a control of their own. How many were held
    /// out in fact is not said: it would tell how many people there are.
    public let holdOut: Double?
    /// In words.
    public let control: String

    package init(attacks: [AttackKind], holdOut: Double?, control: String) {
      self.attacks = attacks
      self.holdOut = holdOut
      self.control = control
    }
  }

  /// What the budget went to.
  public struct Spending: Sendable, Codable {
    /// Rho by purpose.
    public let byPurpose: [String: Double]
  }

  /// One question to the curator and what it cost.
  public struct EventRecord: Sendable, Codable {
    /// What the answer was for.
    public let purpose: Purpose
    /// What was asked, in public terms.
    public let question: Question
    /// The mechanism that answered, with its parameters.
    public let event: PrivacyEvent
    /// Its cost: half the squared mean of a Gaussian mechanism that tells at least as much; before format 4, that of zero-concentrated
    /// differential privacy.
    public let rho: Double
    /// The δ of its own; 0 for most mechanisms.
    public let delta: Double
  }
}
