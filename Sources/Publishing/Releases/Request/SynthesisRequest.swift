import Accounting
import CountedTables
import Curation
import DelimitedText
import Foundation
import Ledger
import MarginalSynthesis
import Policies
import Synthesis
import TableSources
import Tables

/// A request for a release.
package struct SynthesisRequest {
  /// Share of a release's delta spent on naming labels; the rest converts rho to epsilon.
  package static let eventShare = LedgerBalance.eventShare

  /// The table of people.
  package var input: URL
  /// The folder to create. It must not exist, unless ``replacesOutput``.
  package var output: URL
  /// Whether an existing release at ``output`` is replaced.
  package var replacesOutput = false
  /// Facts on the form of ``input`` that need not be detected if it is read without a schema.
  package var reading = ReadOptions()
  /// The table, if it is counted where it is: ``input`` then only names it, and is not read.
  package var counted: CountedInput?
  /// The statements by which the table would be counted where it is, for a plan.
  package var countStatements: CountStatements?
  /// The driver that delivered the rows from a database; nil if a file holds them.
  package var driver: DriverRecord?
  /// The owner's schema file. Without it, the schema is inferred from the rows, which is recorded
  /// as an accepted hazard.
  package var schemaFile: URL?
  /// How the contribution of a person with several rows is bounded.
  package var personBound = PersonBound.rows
  /// Whether a table is refused if a row does not fit the schema. By default the row is fitted, by
  /// rules that read one row each. A published strict run reveals that all rows fit, which is a
  /// named hazard.
  package var isStrict = false
  /// The ε of the release. The ledger must have it left; the first use of a dataset without a grant
  /// grants it.
  package var epsilon: Epsilon
  /// The δ of the release, above 0 and below 1.
  package var delta = Delta(checked: 1e-9)
  /// Columns that researchers will predict, besides those that the schema marks.
  package var targets: [String] = []
  /// Rows to write; by default about the learned number, and at most ten times the schema's, or ten
  /// million.
  package var rows: Int?
  /// Whether the table is written as Parquet too.
  package var writesParquet = false
  /// The engine that learns how columns go together.
  package var engine = Engine.aim
  /// Whether a rule chooses the engine from the schema instead, see `AutomaticEngine`.
  package var choosesEngine = false
  /// The ledger file.
  package var ledger: URL
  /// Datasets or populations of the ledger that hold the same people and share one budget.
  package var samePeopleAs: [String] = []
  /// Whether the owner declares that the people differ from those of every similar table in the
  /// ledger.
  package var hasOtherPeople = false
  /// The folder of the owner's keys, if it is not the one beside the ledger.
  package var keys: URL?
  /// Settings of the engine.
  package var options = SynthesisOptions()
  /// Whether the owner's report, which compares with the original, is made too.
  package var comparesWithOriginal = true
  /// The destination of the owner's report, outside the release; nil for a folder
  /// `owner/<release>-<date>` beside the ledger.
  package var ownerFolder: URL?
  /// The requirements for the release. A release that does not meet them is not published. A policy
  /// on attacks has the release attacked.
  package var policy: PolicyFile?
  /// Whether the release is attacked although no policy asks for it: for the owner's report, and
  /// never as a reason to refuse.
  package var isAttacked = false
  /// People who are not in ``input``, for attacks to be compared with. Without it, some of
  /// ``input`` are held out and not trained on.
  package var control: URL?
  /// A table of the same kind that the owner declares public, such as last year's release: its
  /// labels and ranges are declared, and the model starts from its relations. Needs ``schemaFile``.
  package var publicTable: URL?
  /// A seed that makes the run repeatable and **not private**. Every artefact is marked so.
  package var seed: UInt64?
  /// Watches or replaces answers, for tests. The run is then not private.
  package var probe: (any CuratorProbe)?
  /// Whether a gate judges a seeded or watched run, for the test that nothing travels. Such a run
  /// is still marked not private.
  package var gateAdmitsTestRuns = false
  /// The clock of the manifest.
  package var now: @Sendable () -> Date = { Date() }

  /// Creates a request for a private release. The other settings have their defaults.
  package init(input: URL, output: URL, epsilon: Epsilon, ledger: URL) {
    self.input = input
    self.output = output
    self.epsilon = epsilon
    self.ledger = ledger
  }
}

/// The result of a release.
package struct SynthesisSummary: Sendable, Codable {
  /// The folder that may be shared.
  package let release: URL
  /// The owner's report, if one was made. It is not part of the release.
  package let ownerReport: URL?
  /// Rows of `synthetic.csv`.
  package let rows: Int
  /// The ε of the guarantee.
  package let epsilon: Double
  /// The δ of the guarantee.
  package let delta: Double
  /// False if a seed or a probe made the run repeatable.
  package let isPrivate: Bool
  /// The number of columns about which something was learned.
  package let learnedColumns: Int
  /// The columns about which nothing was learned: their cells are empty.
  package let unlearned: [String]
  /// The weaknesses of the guarantee, a sentence or two each; empty if there are none.
  package let hazards: [String]
  /// The name of the policy that the release meets, if one was given.
  package let policy: String?
  /// The policy's requirements that the release was found not to meet after publication, for the
  /// owner's eyes. Empty if all are met.
  package let laterFailures: [String]
  /// Sentences for the owner, such as a first grant or a dataset that resembles another. They never
  /// travel.
  package let ownerMessages: [String]
}

/// The cost and the expected result of a release, before any budget is spent. Made from the schema
/// alone, so it reveals nothing.
package struct SynthesisPlan: Sendable, Codable {
  /// The estimate for a pair of columns.
  package struct Pair: Sendable, Codable {
    /// One column's name.
    package let first: String
    /// The other column's name.
    package let second: String
    /// Expected total variation distance of the pair, from measurement noise alone, if it is
    /// measured once.
    package let expectedError: Double
  }

  /// The estimate for a table of one size.
  package struct Estimate: Sendable, Codable {
    /// The number of rows that the estimate assumes.
    package let rows: Int
    /// The time of the whole run, on one core of a 2024 server; within about a factor of three
    /// elsewhere.
    package let cpuSeconds: Double
    /// The peak, in 10^6 bytes.
    package let memoryMegabytes: Double
    /// Mean total variation distance of single columns, 0 to 1, from noise alone.
    package let meanOneWayError: Double
    /// Mean total variation distance of pairs of columns, 0 to 1, from noise alone.
    package let meanPairError: Double
    /// Every pair of modelled columns.
    package let pairs: [Pair]
  }

  /// The expected errors of the same release at one price.
  package struct Price: Sendable, Codable {
    /// The ε.
    package let epsilon: Double
    /// As in ``Estimate``, for its largest table.
    package let meanOneWayError: Double
    /// As in ``Estimate``.
    package let meanPairError: Double
  }

  /// The ε of the release.
  package let epsilon: Double
  /// The δ of the release.
  package let delta: Double
  /// The budget of the events: half the squared mean of a Gaussian mechanism.
  package let rho: Double
  /// `row`, or the name of the person column.
  package let unit: String
  /// The name of the engine that learns how columns go together.
  package let engine: String
  /// Variables of the model.
  package let modelledColumns: Int
  /// One estimate if the schema gives an approximate number of rows; otherwise three, for tables of
  /// different sizes.
  package let estimates: [Estimate]
  /// The last estimate's errors at a quarter, half, twice and four times the price, and at it.
  package let prices: [Price]
  /// The split of the budget, in percent.
  package let shares: [String: Double]
  /// The relations between columns that will not be examined, a sentence or two each; empty if
  /// nothing is left out.
  package let limits: [String]
  /// The weaknesses that the guarantee would have, a sentence or two each; empty if there are none.
  package let hazards: [String]
  /// About what is asked of the place of a table that is counted there; nil if its rows are read.
  package let counting: CountingForecast?
}
