import Accounting
import Curation
import Foundation
import Ledger
import MarginalSynthesis

/// A request for a release.
public struct SynthesisRequest {
  /// Share of a release's delta spent on naming labels; the rest converts rho to epsilon.
  package static let eventShare = LedgerBalance.eventShare
  /// Share of a release's delta that training a network leaves out of its cost
  /// (docs/decisions/0017-accountant.md).
  package static let trainingShare = 0.1

  /// The table of people.
  public var input: URL
  /// The folder to create. It must not exist, unless ``replacesOutput``.
  public var output: URL
  /// Whether an existing release at ``output`` is replaced.
  public var replacesOutput = false
  /// The owner's schema file. Without it, the schema is inferred from the rows, which is recorded
  /// as an accepted hazard.
  public var schemaFile: URL?
  /// Whether a table is refused if a row does not fit the schema. By default the row is fitted, by
  /// rules that read one row each. A published strict run reveals that all rows fit, which is a
  /// named hazard.
  public var isStrict = false
  /// The ε of the release. The ledger must have it left; the first use of a dataset without a grant
  /// grants it.
  public var epsilon: Epsilon
  /// The δ of the release, above 0 and below 1.
  public var delta = Delta(checked: 1e-9)
  /// Columns that researchers will predict, besides those that the schema marks.
  public var targets: [String] = []
  /// Rows to write; by default about the learned number, and at most ten times the schema's, or ten
  /// million.
  public var rows: Int?
  /// The engine that chooses and fits marginals.
  public var engine = Engine.aim
  /// Whether a rule chooses the engine from the schema instead, see `AutomaticEngine`.
  public var choosesEngine = false
  /// The ledger file.
  public var ledger: URL
  /// Datasets or populations of the ledger that hold the same people and share one budget.
  public var samePeopleAs: [String] = []
  /// Whether the owner declares that the people differ from those of every similar table in the
  /// ledger.
  public var hasOtherPeople = false
  /// The folder of the owner's keys, if it is not the one beside the ledger.
  public var keys: URL?
  /// Settings of the engine.
  public var options = SynthesisOptions()
  /// Training steps for network engines; nil for the usual number.
  public var trainingSteps: Int?
  /// Whether the owner's report, which compares with the original, is made too.
  public var comparesWithOriginal = true
  /// The destination of the owner's report, outside the release; nil for a folder
  /// `owner/<release>-<date>` beside the ledger.
  public var ownerFolder: URL?
  /// The requirements for the release. A release that does not meet them is not published. A policy
  /// on attacks has the release attacked.
  public var policy: PolicyFile?
  /// Whether the release is attacked although no policy asks for it: for the owner's report, and
  /// never as a reason to refuse.
  public var isAttacked = false
  /// People who are not in ``input``, for attacks to be compared with. Without it, some of
  /// ``input`` are held out and not trained on.
  public var control: URL?
  /// A seed that makes the run repeatable and **not private**. Every artefact is marked so.
  public var seed: UInt64?
  /// Watches or replaces answers, for tests. The run is then not private.
  package var probe: (any CuratorProbe)?
  /// Whether a gate judges a seeded or watched run, for the test that nothing travels. Such a run
  /// is still marked not private.
  package var gateAdmitsTestRuns = false
  /// The clock of the manifest.
  package var now: @Sendable () -> Date = { Date() }

  /// Creates a request for a private release. The other settings have their defaults.
  public init(input: URL, output: URL, epsilon: Epsilon, ledger: URL) {
    self.input = input
    self.output = output
    self.epsilon = epsilon
    self.ledger = ledger
  }
}

/// The result of a release.
public struct SynthesisSummary: Sendable, Codable {
  /// The folder that may be shared.
  public let release: URL
  /// The owner's report, if one was made. It is not part of the release.
  public let ownerReport: URL?
  /// Rows of `synthetic.csv`.
  public let rows: Int
  /// The ε of the guarantee.
  public let epsilon: Double
  /// The δ of the guarantee.
  public let delta: Double
  /// False if a seed or a probe made the run repeatable.
  public let isPrivate: Bool
  /// The number of columns about which something was learned.
  public let learnedColumns: Int
  /// The columns about which nothing was learned: their cells are empty.
  public let unlearned: [String]
  /// The weaknesses of the guarantee, a sentence or two each; empty if there are none.
  public let hazards: [String]
  /// The name of the policy that the release meets, if one was given.
  public let policy: String?
  /// The policy's requirements that the release was found not to meet after publication, for the
  /// owner's eyes. Empty if all are met.
  public let laterFailures: [String]
  /// Sentences for the owner, such as a first grant or a dataset that resembles another. They never
  /// travel.
  public let ownerMessages: [String]
}

/// The cost and the expected result of a release, before any budget is spent. Made from the schema
/// alone, so it reveals nothing.
public struct SynthesisPlan: Sendable, Codable {
  /// The estimate for a pair of columns.
  public struct Pair: Sendable, Codable {
    /// One column's name.
    public let first: String
    /// The other column's name.
    public let second: String
    /// Expected total variation distance of the pair, from measurement noise alone, if it is
    /// measured once.
    public let expectedError: Double
  }

  /// The estimate for a table of one size.
  public struct Estimate: Sendable, Codable {
    /// The number of rows that the estimate assumes.
    public let rows: Int
    /// The time of the whole run, on one core of a 2024 server; within about a factor of three
    /// elsewhere.
    public let cpuSeconds: Double
    /// The peak, in 10^6 bytes.
    public let memoryMegabytes: Double
    /// Mean total variation distance of single columns, 0 to 1, from noise alone.
    public let meanOneWayError: Double
    /// Mean total variation distance of pairs of columns, 0 to 1, from noise alone.
    public let meanPairError: Double
    /// Every pair of modelled columns.
    public let pairs: [Pair]
  }

  /// The ε of the release.
  public let epsilon: Double
  /// The δ of the release.
  public let delta: Double
  /// The budget of the events: half the squared mean of a Gaussian mechanism.
  public let rho: Double
  /// `row`, or the name of the person column.
  public let unit: String
  /// The engine that chooses and fits marginals.
  public let engine: Engine
  /// Variables of the model.
  public let modelledColumns: Int
  /// One estimate if the schema gives an approximate number of rows; otherwise three, for tables of
  /// different sizes.
  public let estimates: [Estimate]
  /// The split of the budget, in percent.
  public let shares: [String: Double]
  /// The relations between columns that will not be examined, a sentence or two each; empty if
  /// nothing is left out.
  public let limits: [String]
  /// The weaknesses that the guarantee would have, a sentence or two each; empty if there are none.
  public let hazards: [String]
}
