import Accounting
import ArgumentParser
import Foundation
import Policies
import Prediction
import Releases
import TableSources
import Understudy

/// The `understudy train` command.
struct TrainCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract:
      "Trains a private predictive model: a page of points that can be read, checked and shared.",
    discussion: """
      The usual model is additive: points for each bin or category of each column. They come out with their standard errors, a \
      report and a signed manifest, and cost the same budget as a release of a table. `predict` scores a table by the folder; \
      `scorecard`, `encrypt`, `answer` and `decrypt` do it under encryption.

      Examples:
        understudy train patients.csv --schema patients.schema.yaml --target readmitted \\
          --epsilon 1 -o model
        understudy train patients.csv --target ward --event ICU --epsilon 1 --plan
        understudy predict model new.csv -o scores.csv
      """)

  @Argument(
    help: ArgumentHelp(
      "The table of people: a file, a folder of Parquet parts, - or the address of a database (docs/sources.md).",
      valueName: "file"))
  var file: String

  @Option(help: ArgumentHelp("The column that is predicted.", valueName: "column"))
  var target: String

  @Option(
    help: ArgumentHelp(
      "The label that counts as yes, if the target is a category; all others count as no.",
      valueName: "label"))
  var event: String?

  @Option(
    help:
      "additive has points for bins; linear, logistic and poisson have straight lines in numbers.")
  var model = ModelChoice.additive

  @Flag(
    name: .customLong("square-root"),
    help: "Model the square root of a number, for amounts that spread more where they are larger.")
  var takesRoot = false

  @Option(
    help: ArgumentHelp(
      "How much the model may reveal about any one person; 1 is usual.", valueName: "number"))
  var epsilon: Double

  @Option(help: ArgumentHelp("The chance that is left out of the guarantee.", valueName: "number"))
  var delta = Checked.usualDelta

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The folder to be made. Needed unless --plan.", valueName: "folder"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "The schema you have read and edited. Without it, types are inferred from the rows.",
      valueName: "file"))
  var schema: String?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "A column that the model must not look at. Repeatable.", valueName: "column"))
  var ignore: [String] = []

  @Flag(help: "Show cost, form and hazards, and stop. Spends nothing.")
  var plan = false

  @Flag(help: "Replace a model that is there already.")
  var force = false

  @Option(
    help: ArgumentHelp(
      "What the model must meet, or it is not published: a policy file without attacks and distances.",
      valueName: "policy"))
  var policy: String?

  @Option(
    help: ArgumentHelp(
      "The folder of the key that signs releases. Default: beside the ledger.", valueName: "folder")
  )
  var keys: String?

  @Option(
    help: ArgumentHelp(
      "Makes the run repeatable and NOT PRIVATE. For tests only.", valueName: "number"))
  var seed: UInt64?

  @OptionGroup var source: SourceOptions
  @OptionGroup var people: PeopleOptions
  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var speech: SpeechOptions

  func validate() throws {
    try Checked.epsilon(epsilon)
    try Checked.delta(delta)
    if output == nil, !plan {
      throw ValidationError("-o: name the folder that the model is to be made in, such as -o model")
    }
  }

  func execute(_ console: Console) throws {
    let request = try request()
    try console.judged(isJSON: speech.json) {
      plan ? try showPlan(request, console) : try train(request, console)
    }
  }

  private func request() throws -> TrainingRequest {
    let table = try InputFile.table(file, schema: schema, of: source)
    var release = SynthesisRequest(
      input: table.url, output: InputFile.url(output ?? "model"), epsilon: try Epsilon(epsilon),
      ledger: try ledger.url())
    (release.reading, release.driver) = (table.reading(), table.driver)
    release.delta = try Delta(delta)
    release.replacesOutput = force
    release.schemaFile = try schema.map(InputFile.readable)
    release.seed = seed
    release.samePeopleAs = people.samePeopleAs
    release.hasOtherPeople = people.hasOtherPeople
    release.policy = try policy.map { try InputFile.policy($0) }
    release.keys = keys.map(InputFile.url)
    var task = PredictionTask(target: target)
    (task.form, task.event, task.takesRoot) = (model.form, event, takesRoot)
    task.ignored = Set(ignore)
    return TrainingRequest(release, task: task)
  }

  private func showPlan(_ request: TrainingRequest, _ console: Console) throws {
    let plan = try request.plan()
    speech.json
      ? try console.show(json: plan)
      : console.show(ModelSummaryPage.text(plan, terminal: console.terminal))
  }

  private func train(_ request: TrainingRequest, _ console: Console) throws {
    if seed != nil {
      console.warn(
        "--seed makes this model NOT PRIVATE: its noise can be repeated and removed. Use it for tests only."
      )
    }
    let summary = try console.withProgress { progress in
      try Training.run(request, progress: progress)
    }
    if speech.json {
      try console.show(json: ModelDocument(summary))
    } else if !speech.quiet {
      console.show(ModelSummaryPage.text(summary, terminal: console.terminal))
    }
  }
}

/// A kind of model as named on the command line.
struct ModelChoice: ExpressibleByArgument, CaseIterable {
  let form: PredictionTask.Form

  static let additive = ModelChoice(form: .additive)
  static var allCases: [ModelChoice] { PredictionTask.Form.allCases.map { ModelChoice(form: $0) } }

  private init(form: PredictionTask.Form) { self.form = form }

  init?(argument: String) {
    guard let form = PredictionTask.Form(rawValue: argument) else { return nil }
    self.form = form
  }

  var defaultValueDescription: String { form.rawValue }
  static var allValueStrings: [String] { allCases.map(\.defaultValueDescription) }
}
