import Accounting
import Curation
import Foundation
import Ledger
import MarginalSynthesis

/// What a release is asked to be.
public struct SynthesisRequest {
  /// Of the delta of a release, what naming labels may spend; the rest converts rho to epsilon.
  package static let eventShare = LedgerBalance.eventShare
  /// Of the delta of a release, what training a network leaves out of its cost (docs/decisions/0017-accountant.md).
  package static let trainingShare = 0.1

  /// The table of people.
  public var input: URL
  /// The folder to be made. It must not exist, unless ``replacesOutput``.
  public var output: URL
  /// Whether a release that exists at ``output`` is replaced.
  public var replacesOutput = false
  /// The owner's schema file; without it the schema is inferred from the rows, which is recorded as an accepted hazard.
  public var schemaFile: URL?
  /// Whether a table is refused in which a row does not fit the schema; by default it is fitted, by rules that read one row each. That a
  /// strict run published tells that all rows fit, which is a named hazard.
  public var isStrict = false
  /// The ε of the release. The ledger must have it left; the first use of a dataset without a grant grants it.
  public var epsilon: Epsilon
  /// The δ of the release, above 0 and below 1.
  public var delta = Delta(checked: 1e-9)
  /// Columns that researchers will predict, besides those that the schema marks.
  public var targets: [String] = []
  /// Rows to write; by default about as many as there are, as far as was learned, and at most ten times what the schema says, or ten
  /// million.
  public var rows: Int?
  /// How marginals are chosen and fitted.
  public var engine = Engine.aim
  /// Whether the engine is chosen by a rule from the schema instead, see `AutomaticEngine`.
  public var choosesEngine = false
  /// The ledger's file.
  public var ledger: URL
  /// Datasets or populations of the ledger that hold the same people: they share one budget.
  public var samePeopleAs: [String] = []
  /// Whether the owner declares that the people are others than those of every table of the ledger that this one resembles.
  public var hasOtherPeople = false
  /// The folder of the owner's keys, where it is not the one beside the ledger.
  public var keys: URL?
  /// Settings of the engine.
  public var options = SynthesisOptions()
  /// Steps of training, for the engines that are networks; nil for the usual number.
  public var trainingSteps: Int?
  /// Whether the owner's report, which compares with the original, is made too.
  public var comparesWithOriginal = true
  /// Where the owner's report goes, outside the release; nil for a folder `owner/<release>-<date>` beside the ledger.
  public var ownerFolder: URL?
  /// What the release must meet; one that does not is not published. A policy on attacks has the release attacked.
  public var policy: PolicyFile?
  /// Whether the release is attacked although no policy asks for it: for the owner's report, and never a reason to refuse.
  public var isAttacked = false
  /// People who are not in ``input``, for attacks to be compared with. Without it, some of ``input`` are held out and not trained on.
  public var control: URL?
  /// Makes the run repeatable and **not private**; it is marked so in every artefact.
  public var seed: UInt64?
  /// Watches or replaces answers, for tests; the run is then not private.
  package var probe: (any CuratorProbe)?
  /// Lets a gate judge a run that is seeded or watched, for the test that nothing travels; such a run is marked not private all the same.
  package var gateAdmitsTestRuns = false
  /// The clock of the manifest.
  package var now: @Sendable () -> Date = { Date() }

  /// A request for a private release; the other settings have their defaults.
  public init(input: URL, output: URL, epsilon: Epsilon, ledger: URL) {
    self.input = input
    self.output = output
    self.epsilon = epsilon
    self.ledger = ledger
  }
}

/// What a release came to.
public struct SynthesisSummary: Sendable, Codable {
  /// The folder that may be shared.
  public let release: URL
  /// The owner's report, where one was made. It is not part of the release.
  public let ownerReport: URL?
  /// Rows of `synthetic.csv`.
  public let rows: Int
  /// The ε of the guarantee.
  public let epsilon: Double
  /// The δ of the guarantee.
  public let delta: Double
  /// False where a seed or a probe made the run repeatable.
  public let isPrivate: Bool
  /// What weakens the guarantee, a sentence or two each; empty where nothing does.
  public let hazards: [String]
  /// The name of the policy that the release meets, where one was given.
  public let policy: String?
  /// What the policy asks and the release does not meet, as was found when it was out: for the owner's eyes. Empty where all is met.
  public let laterFailures: [String]
  /// Sentences for the owner, such as a first grant or a dataset that resembles another. They never travel.
  public let ownerMessages: [String]
}

/// What a release would cost and bring, before any budget is spent. Made of the schema alone, so that it reveals nothing.
public struct SynthesisPlan: Sendable, Codable {
  /// What is expected of a pair of columns.
  public struct Pair: Sendable, Codable {
    /// A column's name.
    public let first: String
    /// The other column's name.
    public let second: String
    /// Expected total variation distance of the pair from measurement noise alone if it is measured once.
    public let expectedError: Double
  }

  /// What is expected of a table of one size.
  public struct Estimate: Sendable, Codable {
    /// The number of rows that the estimate supposes.
    public let rows: Int
    /// Of the whole run, on one core of a server of 2024; within about a factor of three elsewhere.
    public let cpuSeconds: Double
    /// At the peak, in 10^6 bytes.
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
  /// `row`, or the name of the column that says who.
  public let unit: String
  /// How marginals are chosen and fitted.
  public let engine: Engine
  /// Variables of the model.
  public let modelledColumns: Int
  /// One estimate where the schema says about how many rows there are, else three for tables of different size.
  public let estimates: [Estimate]
  /// How the budget will be split, in percent.
  public let shares: [String: Double]
  /// What of the relations between columns will not be looked at, a sentence or two each; empty where nothing is left out.
  public let limits: [String]
  /// What would weaken the guarantee, a sentence or two each; empty where nothing does.
  public let hazards: [String]
}
