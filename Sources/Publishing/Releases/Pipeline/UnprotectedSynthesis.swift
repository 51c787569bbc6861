import Accounting
import AdversarialSynthesis
import Basics
import Curation
import DomainLearning
import Encoding
import Foundation
import Ledger
import Mechanisms
import NeuralNetworks
import Synthesis
import Tables

/// A stand-in **without any guarantee**, for the owner's comparisons: how much privacy costs, and
/// how much its absence leaks.
///
/// The output is not a release. It has no manifest, no signature and no report. It touches no
/// ledger, no gate accepts it, and the name of every file says NOT-PRIVATE.
package struct UnprotectedSynthesis {
  /// The table of people.
  package var input: URL
  /// The folder to create.
  package var output: URL
  /// Whether an existing folder at ``output`` is replaced.
  package var replacesOutput = false
  /// The owner's schema file; without it the schema is inferred from the rows.
  package var schemaFile: URL?
  /// Columns that researchers will predict, besides those that the schema marks.
  package var targets: [String] = []
  /// Rows to write; by default as many as there are.
  package var rows: Int?
  /// A seed that makes the run repeatable.
  package var seed: UInt64?
  /// Training steps; nil for the usual number.
  package var steps: Int?
  package var options = AdversarialOptions()
  package var checkpointInterval: TimeInterval = 20

  /// The names of the output files.
  package enum FileName {
    package static let table = "synthetic.NOT-PRIVATE.csv"
    package static let model = "model.NOT-PRIVATE.json"
    /// The file that distinguishes such a folder from all others.
    package static let mark = "NOT-PRIVATE.txt"
    /// Every file that such a folder may hold.
    static let all: Set = [table, model, mark]
  }

  /// The result of a run.
  package struct Summary: Sendable, Codable {
    /// The folder, which must not be shared.
    package let folder: URL
    /// Rows of its table.
    package let rows: Int
    /// Always false.
    package let isPrivate: Bool
    /// The step at which an interrupted run resumed; 0 if the run started afresh.
    package let resumedAtStep: Int
    /// Sentences for the owner.
    package let ownerMessages: [String]
  }

  /// Creates a run. The other settings have their defaults.
  package init(input: URL, output: URL) {
    self.input = input
    self.output = output
  }

  /// The file that keeps an interrupted run, so that the same call can resume it.
  package var checkpoint: URL {
    output.deletingLastPathComponent().appendingPathComponent(
      "\(output.lastPathComponent).NOT-PRIVATE.checkpoint")
  }

  /// Trains on the rows as they are, draws rows and writes the folder, which appears whole or not
  /// at all. The same call resumes an interrupted run, even after a crash, and gives exactly the
  /// same result.
  /// - Throws: ``ReleaseError``, the errors of tables and schemas, and those of training.
  package func run(progress: @escaping (SynthesisProgress) throws -> Void = { _ in }) throws
    -> Summary
  {
    if let rows, rows < 1 { throw ReleaseError.rowsOutOfRange(rows) }
    let folder = try ReleaseFolder(
      at: output, replaces: replacesOutput, kind: .comparison, rule: outputRule, staysClosed: true)
    let source = try request.readSource()
    let (schema, messages) = (source.schema, source.ownerMessages)
    let blueprint = try Blueprint(schema: schema)
    guard !blueprint.variables.isEmpty else { throw ReleaseError.nothingToModel }
    let table = source.table.openForOwner(reason: .trainingWithoutPrivacy).ownersRows
    let domain = try domain(of: source.consumeTable(), blueprint: blueprint, progress: progress)
    let columns = zip(domain.codecs, blueprint.prepare(table)).map { $0.encode($1) }
    let training = TrainingRows(columns: columns, sizes: domain.sizes)
    let (trainer, resumedAt) = try train(training, progress: progress)
    let model = trainer.model(total: Double(max(training.count, 1)))
    let written = rows ?? max(training.count, 1)
    let drawn = try SyntheticWriter(
      schema: schema, domain: domain, model: model, seed: trainer.samplingSeed
    )
    .write(rows: written, to: folder.url(FileName.table), progress: progress)
    let file = ModelFile(
      schema: schema, domain: domain, model: model, unlearned: [], rows: training.count,
      isPrivate: false)
    try folder.write(CanonicalJSON.lines(file), as: FileName.model)
    try folder.write(Data(UnprotectedSynthesis.notice.utf8), as: FileName.mark)
    try folder.publish()
    Checkpoint(at: checkpoint).remove()
    return Summary(
      folder: folder.destination, rows: drawn.rows, isPrivate: false, resumedAtStep: resumedAt,
      ownerMessages: messages)
  }

  private var outputRule: OutputRule {
    var rule = OutputRule()
    rule.protect(input, as: "the table that is read")
    rule.protect(schemaFile, as: "the schema that is read")
    return rule
  }

  /// The request for reading the table. Its budget is never used.
  private var request: SynthesisRequest {
    var request = SynthesisRequest(
      input: input, output: output, epsilon: Epsilon(checked: 1), ledger: output)
    request.schemaFile = schemaFile
    request.targets = targets
    return request
  }

  /// Returns the domain that the private engines would learn if their answers were exact.
  private func domain(
    of table: consuming SensitiveTable, blueprint: Blueprint,
    progress: (SynthesisProgress) throws -> Void
  ) throws -> Domain {
    let curator = Curator(
      audited: table, blueprint: blueprint, budget: Unbudgeted(), seed: 0, probe: ExactAnswers())
    let learner = DomainLearner(
      curator: curator, rho: Rho(checked: 1e4), delta: Delta(checked: 1e-9),
      binCount: Discretisation.binCount)
    return try learner.learn { name, fraction in
      try progress(SynthesisProgress(phase: .domain, fraction: fraction, detail: name))
    }.domain
  }

  private func train(
    _ rows: TrainingRows, progress: (SynthesisProgress) throws -> Void
  ) throws -> (trainer: AdversarialTrainer, resumedAt: Int) {
    var options = options
    if let steps { options.steps = steps }
    let targets = MomentTargets(
      of: rows, heads: ColumnHeads(sizes: rows.sizes), floor: options.shareFloor)
    let checkpoint = Checkpoint(at: checkpoint)
    let kept = try checkpoint.read(options: options, targets: targets)
    let state =
      kept ?? TrainingState(options: options, targets: targets, seed: seed ?? SecureRandom().next())
    let trainer = AdversarialTrainer(
      options: options, targets: targets, state: state, real: .rows(rows))
    var run = TrainingRun(trainer, checkpoint: checkpoint)
    run.checkpointInterval = checkpointInterval
    try run.run { try progress(SynthesisProgress(training: $0, note: "NOT PRIVATE")) }
    return (trainer, kept?.step ?? 0)
  }

  private static let notice = """
    NOT PRIVATE

    The table and the model in this folder were trained on people's rows without any guarantee. They may repeat what only one person's row
    says. They are for comparisons that the owner of the original makes. Do not share them; keep them as you keep the original.

    A release that may be shared is made by: understudy synthesize FILE --epsilon 1 -o FOLDER

    """
}

/// Gives exact answers instead of noisy ones. The curator that it watches is not private and says
/// so.
private final class ExactAnswers: CuratorProbe {
  func answer(to question: Question, exact: Answer, noisy: Answer) -> Answer {
    guard case .scores = exact else { return exact }
    return noisy
  }
}

extension ReleaseFolder.Kind {
  /// Made without a guarantee, and marked as such.
  fileprivate static let comparison = ReleaseFolder.Kind(
    noun: "a comparison without a guarantee", mark: UnprotectedSynthesis.FileName.mark,
    names: UnprotectedSynthesis.FileName.all)
}
