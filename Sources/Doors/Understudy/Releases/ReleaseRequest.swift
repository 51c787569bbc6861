import Accounting
import Engines
import Foundation
import MarginalSynthesis
import Policies
import Releases
import Synthesis

/// A request for a release.
public struct ReleaseRequest: Sendable, Codable {
  /// The table of people.
  public var table: TableSource
  /// The owner's schema; nil to infer it from the rows, which is a named hazard.
  public var schema: TableSchema?
  /// The folder to create.
  public var output: URL
  /// Whether a release that is there already is replaced.
  public var replacesOutput = false
  /// The ε of the release, above 0: how much it may reveal about any one person; 1 is usual.
  public var epsilon: Double
  /// The δ of the release, above 0 and below 1: the chance that is left out of the guarantee.
  public var delta = BudgetBook.usualDelta
  /// The engine that learns how columns go together.
  public var engine = ReleaseEngine.aim
  /// Columns that researchers will predict, besides those that the schema marks.
  public var targets: [String] = []
  /// Rows to write; nil for about as many as the table has.
  public var rows: Int?
  /// The requirements for publication: a preset (`open`, `partners`, `internal`) or the path of a
  /// policy file; nil for none.
  public var policy: String?
  /// Whether the release is attacked for the owner's report although no policy asks for it.
  public var isAttacked = false
  /// People who are not in the table, for attacks to be compared with; nil to hold some out.
  public var control: TableSource?
  /// The owner's statement on a table that resembles a known one.
  public var people = PeopleStatement.unstated
  /// Whether the owner's report, which compares the release with the original, is made too.
  public var makesOwnerReport = true
  /// A seed that makes the run repeatable and **not private**, for tests only.
  public var seed: UInt64?

  /// Creates a request for a private release. The other settings have their defaults.
  public init(table: TableSource, schema: TableSchema? = nil, epsilon: Double, output: URL) {
    (self.table, self.schema, self.epsilon, self.output) = (table, schema, epsilon, output)
  }
}

/// The engine that learns how columns go together.
public enum ReleaseEngine: String, Sendable, Codable, CaseIterable {
  /// Measures the marginals that are approximated worst, one after another.
  case aim
  /// Keeps a tree of pairs of columns.
  case mst
  /// Keeps no relation between columns.
  case independent
  /// A generator and its critic.
  case gan
  /// A generator fitted to noisy marginals.
  case gem
  /// The one that suits the schema.
  case automatic = "auto"
}

/// The owner's statement about whose people a table holds. It is needed if the table resembles one
/// that the ledger knows: the error then has the ``UnderstudyError/id`` `people.decision-needed`
/// and names the ``UnderstudyError/candidates``.
public enum PeopleStatement: Sendable, Codable, Equatable {
  /// Nothing is stated.
  case unstated
  /// The same people as in these datasets or populations of the ledger: they share one budget.
  case sameAs([String])
  /// Nobody in the table is in any known table that it resembles. Every release says so as a
  /// hazard.
  case others
}

extension ReleaseRequest {
  /// Returns the request of the pipeline.
  /// - Throws: ``AccountingError`` for an ε or δ that cannot be; the errors of tables and policies.
  func settled(on workbench: Workbench, _ files: StagedFiles) throws -> SynthesisRequest {
    let schemaFile = try files.url(of: schema)
    var request = SynthesisRequest(
      input: try files.url(of: table, under: schemaFile), output: output,
      epsilon: try Epsilon(epsilon), ledger: workbench.ledger)
    request.reading = StagedFiles.reading(table)
    (request.schemaFile, request.delta, request.replacesOutput) = (
      schemaFile, try Delta(delta), replacesOutput
    )
    (request.engine, request.choosesEngine) = (
      Engine(named: engine.rawValue) ?? .aim, engine == .automatic
    )
    (request.targets, request.rows, request.isAttacked, request.seed) = (
      targets, rows, isAttacked, seed
    )
    request.policy = try policy.map { try PolicyFile(named: $0) }
    request.control = try control.map { try files.url(of: $0, under: schemaFile) }
    (request.samePeopleAs, request.hasOtherPeople) = (people.names, people == .others)
    (request.comparesWithOriginal, request.keys) = (makesOwnerReport, workbench.keys)
    return request
  }
}

extension PeopleStatement {
  /// The datasets and populations that are named.
  var names: [String] {
    guard case .sameAs(let names) = self else { return [] }
    return names
  }
}
