import Accounting
import Attacks
import Curation
import Encoding
import Ledger
import Policies
import TableSources
import Tables

/// The record that travels with a release so that others can check it: how it was made, the
/// questions asked of the rows, and their cost.
///
/// All of it is public, declared or paid for.
package struct Manifest: Sendable, Codable {
  /// The newest format that this version writes and reads.
  package static let currentFormat = 7
  /// The format of a table's manifest, which older versions read too.
  package static let tableFormat = 4
  /// The format of a map's manifest, whose questions about heat are new in format 5.
  package static let mapFormat = 5
  /// The format of the manifest of trips, whose questions are new in format 6.
  package static let tripFormat = 6
  /// The format of the manifest of linked tables, whose sums over people are new in format 7.
  package static let linkedFormat = 7

  /// The format of this manifest, counting from 1.
  package var format = Manifest.tableFormat
  /// The software that made the release.
  package let software: Software
  /// The owner of the key that signs this manifest; the signature is in `manifest.signature.json`.
  package let signer: ManifestSigner
  /// The keyed fingerprint of the input, and its place in the ledger. Only the owner can read them.
  package let marks: LedgerMarks
  /// The time of creation, in ISO 8601.
  package let created: String
  /// The table's name, from the schema.
  package let table: String
  /// The driver that delivered the rows from a database or a file of Parquet; nil for other files.
  package let driver: DriverRecord?
  /// The promise, whom it protects, and its ε and δ.
  package let guarantee: Guarantee
  /// The schema used for the release.
  package let schema: SchemaRecord
  /// The name of the engine that learned how columns go together.
  package let engine: String
  /// The largest model allowed, in cells of its junction tree.
  package let modelCells: Int
  package let columns: [ColumnTreatment]
  /// The columns about which nothing could be learned at this budget: every cell of them is empty,
  /// also if the schema says that none may be missing. Nil in releases made before there were such
  /// columns, which hold placeholders instead.
  package let unlearned: [String]?
  /// The weaknesses of the guarantee; empty if there are none.
  package let hazards: [Hazard]
  /// Rows of `synthetic.csv`; 0 for a map; for linked tables, the people.
  package let rows: Int
  /// The use of the budget.
  package let spending: Spending
  /// Every question to the curator, in order.
  package let events: [EventRecord]
  /// The attacks on the release before it was published; nil if there were none. New in format 3.
  package let trial: Trial?
  /// The policy that the release meets; nil if none was given. New in format 3.
  package var gate: GateRecord?
  /// The file of roads to which trips are snapped, public by declaration; nil for none. Older
  /// programs do not read it.
  package var roads: DeclaredFile?
  /// The table from whose relations the model starts, and whose labels and ranges are declared;
  /// public by declaration, nil for none. Older programs do not read it.
  package var publicTable: DeclaredFile?
  /// This release and the earlier attempts that were not published; nil in formats before 4.
  package let attempts: Attempts?
  /// SHA-256 of every other file of the release except the signature, in hexadecimal.
  package var files: [String: String] = [:]

  /// The program that made a release.
  package struct Software: Sendable, Codable {
    /// The program's name.
    package let name: String
    /// The program's version, see ``SoftwareVersion``.
    package let version: String
    /// The exact program.
    package let build: SoftwareBuild
  }

  /// The promise of a release. ε and δ bound the joint cost of all its events.
  package struct Guarantee: Sendable, Codable {
    /// False if a seed or a probe made the run repeatable; ε and δ then promise nothing.
    package let isPrivate: Bool
    /// Positive.
    package let epsilon: Double
    /// Above 0 and below 1.
    package let delta: Double
    /// The total rho of the events.
    package let rho: Double
    /// The δ that events spend themselves, such as the naming of labels. Part of ``delta``.
    package let eventsDelta: Double
    /// `row`, or the name of the person column.
    package let unit: String
    /// The largest number of rows of one unit that were used; at least 1. If ``personBound`` is
    /// the norm: the length to which the counts of all rows of a person were shortened, in rows.
    package let maximumRowsPerUnit: Int
    /// How the contribution of a person is bounded; nil means by the number of rows.
    package let personBound: PersonBound?
    /// The difference between neighbouring tables, in words.
    package let neighbouringRelation: String
    /// True if the unit is the row and the owner declares that each row is a separate person. New
    /// in format 4.
    package let eachRowIsAPerson: Bool?
    /// The same promise at other deltas, for several people and for single columns, and its
    /// composition: as Gaussian mechanisms. Nil before format 4; ``rho`` is then that of
    /// zero-concentrated differential privacy.
    package let loss: LossRecord?
  }

  /// A file that the owner declares to be public.
  package struct DeclaredFile: Sendable, Codable, Equatable {
    package let name: String
    /// SHA-256 in hexadecimal.
    package let sha256: String

    package init(name: String, sha256: String) { (self.name, self.sha256) = (name, sha256) }
  }

  /// The joint cost of all attempts since something about these people was last published. Whoever
  /// sees this release also sees that the earlier ones were not published.
  package struct Attempts: Sendable, Codable, Equatable {
    /// The number of attempts including this release; 1 if there were no earlier attempts.
    package let count: Int
    /// The rho charged for all of them together.
    package let rho: Double
    /// The δ that their events spend themselves.
    package let eventsDelta: Double
    /// The joint ε at ``delta`` for this release and for the fact that the earlier attempts were
    /// not published; the release's own if there were none.
    package let epsilon: Double
    /// ``eventsDelta`` plus twice the δ that converts the questions' cost; the release's own if
    /// there were no earlier attempts.
    package let delta: Double
  }

  /// The schema that was used, and its author.
  package struct SchemaRecord: Sendable, Codable {
    /// SHA-256 of the schema's canonical text, in hexadecimal.
    package let sha256: String
    /// `declared` or `inferred`.
    package let origin: String
    /// The schema in its file format.
    package let text: String
    /// The person who answers for facts observed in the rows; nil if nobody does. New in format 4.
    package let reviewed: SchemaReview?
    /// The earlier cost of learning its facts, in addition to this release; nil if none was learned
    /// this way. New in format 4.
    package let learned: LearningCost?

    package init(
      sha256: String, origin: String, text: String, reviewed: SchemaReview?, learned: LearningCost?
    ) {
      (self.sha256, self.origin, self.text) = (sha256, origin, text)
      (self.reviewed, self.learned) = (reviewed, learned)
    }
  }

  /// The attacks on a release before it was published, as far as they may be told: no figure of any
  /// attack.
  package struct Trial: Sendable, Codable, Equatable {
    /// The kinds of attack, see ``AttackKind``.
    package let attacks: [AttackKind]
    /// Each unit's chance of being held out of training as the control; nil if the owner gave a
    /// control. The actual number held out is not stated: it would reveal the number of people.
    package let holdOut: Double?
    /// The control, in words.
    package let control: String

    package init(attacks: [AttackKind], holdOut: Double?, control: String) {
      self.attacks = attacks
      self.holdOut = holdOut
      self.control = control
    }
  }

  /// The use of the budget.
  package struct Spending: Sendable, Codable {
    /// Rho by purpose.
    package let byPurpose: [String: Double]
  }

  /// One question to the curator, and its cost.
  package struct EventRecord: Sendable, Codable {
    /// The purpose of the answer.
    package let purpose: Purpose
    /// The question, in public terms.
    package let question: Question
    /// The mechanism that answered, with its parameters.
    package let event: PrivacyEvent
    /// The cost: half the squared mean of a Gaussian mechanism that reveals at least as much.
    /// Before format 4, the cost in zero-concentrated differential privacy.
    package let rho: Double
    /// The question's own δ; 0 for most mechanisms.
    package let delta: Double
  }
}

extension PrivacyUnit {
  /// The unit as a manifest names it: `row`, or the name of the person column.
  package var name: String {
    switch self {
    case .row: "row"
    case .person(let column, _): column
    }
  }
}
