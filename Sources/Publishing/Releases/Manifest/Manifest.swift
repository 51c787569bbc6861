import Accounting
import Curation
import Encoding
import Ledger
import MarginalSynthesis
import Tables

/// The record that travels with a release so that others can check it: how it was made, the
/// questions asked of the rows, and their cost.
///
/// All of it is public, declared or paid for.
public struct Manifest: Sendable, Codable {
  /// The newest format that this version writes and reads.
  public static let currentFormat = 4

  /// The format of this manifest, counting from 1.
  public var format = Manifest.currentFormat
  /// The software that made the release.
  public let software: Software
  /// The owner of the key that signs this manifest; the signature is in `manifest.signature.json`.
  public let signer: ManifestSigner
  /// The keyed fingerprint of the input, and its place in the ledger. Only the owner can read them.
  public let marks: LedgerMarks
  /// The time of creation, in ISO 8601.
  public let created: String
  /// The table's name, from the schema.
  public let table: String
  /// The promise, whom it protects, and its ε and δ.
  public let guarantee: Guarantee
  /// The schema used for the release.
  public let schema: SchemaRecord
  /// How the marginals were chosen and fitted.
  public let engine: Engine
  /// The largest model allowed, in cells of its junction tree.
  public let modelCells: Int
  package let columns: [ColumnTreatment]
  /// The columns about which nothing could be learned at this budget: every cell of them is empty,
  /// also if the schema says that none may be missing. Nil in releases made before there were such
  /// columns, which hold placeholders instead.
  public let unlearned: [String]?
  /// The weaknesses of the guarantee; empty if there are none.
  public let hazards: [Hazard]
  /// Rows of `synthetic.csv`.
  public let rows: Int
  /// The use of the budget.
  public let spending: Spending
  /// Every question to the curator, in order.
  public let events: [EventRecord]
  /// The attacks on the release before it was published; nil if there were none. New in format 3.
  public let trial: Trial?
  /// The policy that the release meets; nil if none was given. New in format 3.
  public internal(set) var gate: GateRecord?
  /// This release and the earlier attempts that were not published; nil in formats before 4.
  public let attempts: Attempts?
  /// SHA-256 of every other file of the release except the signature, in hexadecimal.
  public var files: [String: String] = [:]

  /// The program that made a release.
  public struct Software: Sendable, Codable {
    /// The program's name.
    public let name: String
    /// The program's version, see ``SoftwareVersion``.
    public let version: String
    /// The exact program.
    public let build: SoftwareBuild
  }

  /// The promise of a release. ε and δ bound the joint cost of all its events.
  public struct Guarantee: Sendable, Codable {
    /// False if a seed or a probe made the run repeatable; ε and δ then promise nothing.
    public let isPrivate: Bool
    /// Positive.
    public let epsilon: Double
    /// Above 0 and below 1.
    public let delta: Double
    /// The total rho of the events.
    public let rho: Double
    /// The δ that events spend themselves, such as the naming of labels. Part of ``delta``.
    public let eventsDelta: Double
    /// `row`, or the name of the person column.
    public let unit: String
    /// The largest number of rows of one unit that were used; at least 1.
    public let maximumRowsPerUnit: Int
    /// The difference between neighbouring tables, in words.
    public let neighbouringRelation: String
    /// True if the unit is the row and the owner declares that each row is a separate person. New
    /// in format 4.
    public let eachRowIsAPerson: Bool?
    /// The same promise at other deltas, for several people and for single columns, and its
    /// composition: as Gaussian mechanisms. Nil before format 4; ``rho`` is then that of
    /// zero-concentrated differential privacy.
    public let loss: LossRecord?
  }

  /// The joint cost of all attempts since something about these people was last published. Whoever
  /// sees this release also sees that the earlier ones were not published.
  public struct Attempts: Sendable, Codable, Equatable {
    /// The number of attempts including this release; 1 if there were no earlier attempts.
    public let count: Int
    /// The rho charged for all of them together.
    public let rho: Double
    /// The δ that their events spend themselves.
    public let eventsDelta: Double
    /// The joint ε at ``delta`` for this release and for the fact that the earlier attempts were
    /// not published; the release's own if there were none.
    public let epsilon: Double
    /// ``eventsDelta`` plus twice the δ that converts the questions' cost; the release's own if
    /// there were no earlier attempts.
    public let delta: Double
  }

  /// The schema that was used, and its author.
  public struct SchemaRecord: Sendable, Codable {
    /// SHA-256 of the schema's canonical text, in hexadecimal.
    public let sha256: String
    /// `declared` or `inferred`.
    public let origin: String
    /// The schema in its file format.
    public let text: String
    /// The person who answers for facts observed in the rows; nil if nobody does. New in format 4.
    public let reviewed: SchemaReview?
    /// The earlier cost of learning its facts, in addition to this release; nil if none was learned
    /// this way. New in format 4.
    public let learned: LearningCost?
  }

  /// The attacks on a release before it was published, as far as they may be told: no figure of any
  /// attack.
  public struct Trial: Sendable, Codable, Equatable {
    /// The kinds of attack, see ``AttackKind``.
    public let attacks: [AttackKind]
    /// Each unit's chance of being held out of training as the control; nil if the owner gave a
    /// control. The actual number held out is not stated: it would reveal the number of people.
    public let holdOut: Double?
    /// The control, in words.
    public let control: String

    package init(attacks: [AttackKind], holdOut: Double?, control: String) {
      self.attacks = attacks
      self.holdOut = holdOut
      self.control = control
    }
  }

  /// The use of the budget.
  public struct Spending: Sendable, Codable {
    /// Rho by purpose.
    public let byPurpose: [String: Double]
  }

  /// One question to the curator, and its cost.
  public struct EventRecord: Sendable, Codable {
    /// The purpose of the answer.
    public let purpose: Purpose
    /// The question, in public terms.
    public let question: Question
    /// The mechanism that answered, with its parameters.
    public let event: PrivacyEvent
    /// The cost: half the squared mean of a Gaussian mechanism that reveals at least as much.
    /// Before format 4, the cost in zero-concentrated differential privacy.
    public let rho: Double
    /// The question's own δ; 0 for most mechanisms.
    public let delta: Double
  }
}
