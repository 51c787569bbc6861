import Accounting
import ArgumentParser
import Engines
import Foundation
import MarginalSynthesis
import Policies
import Releases
import Synthesis
import TableSources
import Tables
import Understudy

/// The `understudy synthesize` command.
struct SynthesizeCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "synthesize",
    abstract:
      "Makes a release: a private stand-in for the table, its evidence, and a model to draw more rows from.",
    discussion: """
      The first release of a dataset grants it the epsilon asked for. Further ones need what is left, or a further grant. A table that \
      resembles a known one is stopped (exit code 5) until you say whether the same people are in both.

      Examples:
        understudy synthesize patients.csv --epsilon 1 -o release
        understudy synthesize patients.csv --schema patients.schema.yaml --plan \\
          --epsilon 1
        understudy synthesize patients.csv --schema patients.schema.yaml \\
          --epsilon 1 --policy partners -o release
        understudy synthesize postgresql://reader@db.example/clinic --table patients \\
          --schema patients.schema.yaml --counts-only --epsilon 1 -o release
        understudy synthesize baskets.csv --schema baskets.schema.yaml \\
          --person-bound norm --epsilon 1 -o release
        understudy synthesize hospital --schema hospital.schema.yaml \\
          --epsilon 1 --delta 1e-6 -o release
        understudy synthesize patients.csv --engine gan --no-privacy -o comparison
      """)

  @Argument(
    help: ArgumentHelp(
      "The table of people: a file, a folder of Parquet parts, - or the address of a database (docs/sources.md); or a folder of linked "
        + "tables (docs/linked-tables.md).",
      valueName: "file"))
  var file: String

  @Option(
    help: ArgumentHelp(
      "How much the release may reveal about any one person; 1 is usual.", valueName: "number"))
  var epsilon: Double?

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

  @Flag(
    help:
      "With --schema: refuse a table in which a row does not fit. By default such rows are fitted, and you are told how many."
  )
  var strict = false

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "A column that will be predicted: it weighs more. Repeatable.", valueName: "column"))
  var target: [String] = []

  @Option(
    help: ArgumentHelp(
      "Rows to write. Default: about as many as the table has, as far as was learned; at most ten times what the schema says.",
      valueName: "number"))
  var rows: Int?

  @Option(
    help: ArgumentHelp(
      "How the joint distribution is learned: aim adapts, mst keeps a tree of pairs, independent keeps none, gan and gem are networks, "
        + "auto chooses."))
  var engine = EngineChoice.aim

  @Option(
    name: .customLong("model-size"),
    help: ArgumentHelp("The most megabytes that the model may have.", valueName: "megabytes"))
  var modelSize: Double?

  @Option(
    help: ArgumentHelp(
      "Steps of training with --engine gan or gem; more are closer and slower.", valueName: "number"
    ))
  var steps: Int?

  @Option(
    name: .customLong("person-bound"),
    help:
      "What bounds a person with many rows: the number of rows (rows, the default), or the length of the counts of all rows (norm)."
  )
  var personBound = PersonBound.rows

  @Flag(help: "Show cost, time, memory and expected errors, and stop. Spends nothing.")
  var plan = false

  @Flag(
    name: .customLong("no-privacy"),
    help:
      "With --engine gan: train WITHOUT ANY GUARANTEE, to compare. What comes out is no release and must not be shared."
  )
  var hasNoPrivacy = false

  @Option(help: "Write the table as Parquet too, beside the delimited file: csv or parquet.")
  var format = TableFileFormat.csv

  @Flag(help: "Replace a release that is there already.")
  var force = false

  @Flag(
    name: .customLong("no-owner-report"),
    help: "Leave out the comparison with the original, which stays with its owner.")
  var hasNoOwnerReport = false

  @Option(
    name: .customLong("owner-report"),
    help: ArgumentHelp(
      "The folder for the comparison with the original, outside the release. Default: owner/RELEASE-DATE beside the ledger.",
      valueName: "folder"))
  var ownerReport: String?

  @Option(
    help: ArgumentHelp(
      "What the release must meet, or it is not published: open, partners, internal, or a policy file.",
      valueName: "policy"))
  var policy: String?

  @Flag(
    name: [.customLong("attack"), .customLong("audit")],
    help:
      "Attack the release after it is published, for the owner's report. A policy on attacks does so before."
  )
  var isAttacked = false

  @Option(
    help: ArgumentHelp(
      "People who are not in the table, to compare attacks with. Without it some are held out.",
      valueName: "file"))
  var control: String?

  @Option(
    name: .customLong("public"),
    help: ArgumentHelp(
      "With --schema: a table of the same kind that you declare public, such as last year's release. Its labels, ranges and relations cost "
        + "nothing, and what differs in yours is paid for.", valueName: "file"))
  var publicTable: String?

  @Flag(
    name: .customLong("allow-empty"),
    help:
      "End with exit code 0 although nothing could be learned about any column. The release is made either way."
  )
  var allowsEmpty = false

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
  @OptionGroup var counting: CountingOptions
  @OptionGroup var people: PeopleOptions
  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var speech: SpeechOptions

  func validate() throws {
    try checkPrivacy()
    try Checked.delta(delta)
    try Checked.rows(rows)
    if let steps, !(1...10_000_000).contains(steps) {
      throw ValidationError("--steps: must be from 1 to 10,000,000")
    }
    if steps != nil, !engine.engine.synthesizer.takesSteps {
      throw ValidationError(
        "--steps: only networks are trained in steps. Add --engine gan or --engine gem")
    }
    if output == nil, !plan {
      throw ValidationError(
        "-o: name the folder that the release is to be made in, such as -o release")
    }
    if allowsEmpty, plan || hasNoPrivacy {
      throw ValidationError(
        "--allow-empty: is about a release: leave out --plan and --no-privacy, or this")
    }
    if control != nil, policy == nil, !isAttacked {
      throw ValidationError(
        "--control: is compared with only where the release is attacked: add --policy or --attack")
    }
    if isAttacked, hasNoOwnerReport, policy == nil {
      throw ValidationError(
        "--attack: what comes of it goes to the owner's report: leave out --no-owner-report")
    }
    if publicTable != nil, schema == nil || hasNoPrivacy {
      throw ValidationError(
        "--public: is read under the schema of a release: add --schema, and leave out --no-privacy")
    }
    if strict, schema == nil || hasNoPrivacy {
      throw ValidationError(
        "--strict: holds the rows of a release against a schema: add --schema, and leave out --no-privacy"
      )
    }
    if counting.sql != nil, !plan {
      throw ValidationError("--sql: writes the statements of a plan. Add --plan")
    }
    if personBound == .norm, hasNoPrivacy {
      throw ValidationError(
        "--person-bound: is part of a guarantee. Leave it out, or --no-privacy")
    }
    if ownerReport != nil, hasNoOwnerReport {
      throw ValidationError(
        "--owner-report: says where the comparison goes that --no-owner-report leaves out. Leave one of the two out"
      )
    }
    if let modelSize, !(modelSize >= 1 && modelSize <= 100_000) {
      throw ValidationError("--model-size: must be from 1 to 100,000 megabytes")
    }
  }

  /// Checks that there is either a guarantee or an explicit request for none.
  private func checkPrivacy() throws {
    guard hasNoPrivacy else {
      guard let epsilon else {
        throw ValidationError("Missing expected argument '--epsilon <number>'")
      }
      return try Checked.epsilon(epsilon)
    }
    if epsilon != nil {
      throw ValidationError(
        "--no-privacy: gives no guarantee, so that --epsilon means nothing. Leave one of the two out"
      )
    }
    if !engine.engine.synthesizer.trainsWithoutGuarantee {
      throw ValidationError(
        "--no-privacy: only the networks train without a guarantee. Add --engine gan")
    }
    if !people.isEmpty {
      throw ValidationError(
        "--no-privacy: charges no budget. Leave --same-people-as and --other-people out")
    }
    if plan {
      throw ValidationError(
        "--no-privacy: spends no budget, so that there is nothing to plan. Leave --plan out")
    }
    if policy != nil || isAttacked || control != nil {
      throw ValidationError(
        "--no-privacy: meets no policy and makes no release. Leave out --policy, --attack and --control; understudy attack takes its table"
      )
    }
  }

  func execute(_ console: Console) throws {
    if hasNoPrivacy { return try makeUnprotected(console) }
    if LinkedRequest.isMeant(input: InputFile.url(file), schema: schema.map(InputFile.url)) {
      return try makeLinked(console)
    }
    let (request, table) = try request()
    plan ? try showPlan(request, table, console) : try makeRelease(request, console)
  }

  /// Returns the plan alone; no row is read for it if there is a schema.
  func planned() throws -> SynthesisPlan { try Synthesis.plan(try request().0) }

  /// Returns the request, and the table if it is counted where it is.
  private func request() throws -> (SynthesisRequest, CountingOptions.Table?) {
    var request = SynthesisRequest(
      input: InputFile.url(file), output: InputFile.url(output ?? "release"),
      epsilon: try Epsilon(epsilon ?? 0),
      ledger: try ledger.url())
    request.delta = try Delta(delta)
    request.replacesOutput = force
    request.schemaFile = try schema.map(InputFile.readable)
    request.isStrict = strict
    request.personBound = personBound
    request.targets = target
    request.rows = rows
    request.writesParquet = format == .parquet
    request.engine = engine.engine
    request.choosesEngine = engine.isAutomatic
    request.options.trainingSteps = steps
    if let modelSize { request.options.modelCells = SynthesisOptions.cells(megabytes: modelSize) }
    request.comparesWithOriginal = !hasNoOwnerReport
    request.isAttacked = isAttacked
    request.ownerFolder = ownerReport.map(InputFile.url)
    request.seed = seed
    request.samePeopleAs = people.samePeopleAs
    request.hasOtherPeople = people.hasOtherPeople
    request.policy = try policy.map { try InputFile.policy($0) }
    request.control = try control.map { try InputFile.table($0, schema: schema).url }
    request.publicTable = try publicTable.map { try InputFile.table($0, schema: schema).url }
    request.keys = keys.map(InputFile.url)
    let table = try counting.table(file, for: request, schema: schema, source, isPlan: plan)
    settle(&request, counted: table)
    if table == nil {
      let read = try InputFile.table(file, schema: schema, of: source)
      (request.input, request.reading, request.driver) = (read.url, read.reading(), read.driver)
    }
    return (request, table)
  }

  private func settle(_ request: inout SynthesisRequest, counted table: CountingOptions.Table?) {
    guard let table else { return }
    (request.input, request.driver) = (InputFile.url(table.name), table.driver)
    (request.counted, request.countStatements) = (table.input, table.statements)
    request.comparesWithOriginal = false
  }

  /// Makes a release of the linked tables of a folder.
  private func makeLinked(_ console: Console) throws {
    try checkLinked()
    var request = SynthesisRequest(
      input: InputFile.url(file), output: InputFile.url(output ?? "release"),
      epsilon: try Epsilon(epsilon ?? 0), ledger: try ledger.url())
    request.delta = try Delta(delta)
    request.replacesOutput = force
    request.schemaFile = try schema.map(InputFile.readable)
    request.seed = seed
    request.samePeopleAs = people.samePeopleAs
    request.hasOtherPeople = people.hasOtherPeople
    request.keys = keys.map(InputFile.url)
    request.policy = try policy.map { try InputFile.policy($0) }
    let linked = LinkedRequest(request)
    if plan {
      let plan = try console.judged(isJSON: speech.json) { try LinkedReleasePlan(linked) }
      return speech.json
        ? try console.show(json: plan)
        : console.show(LinkedPages.text(plan, folder: file, terminal: console.terminal))
    }
    if seed != nil {
      console.warn(
        "--seed makes this release NOT PRIVATE: its noise can be repeated and removed. Use it for tests only."
      )
    }
    let summary = try console.judged(isJSON: speech.json) {
      try console.withProgress { progress in try LinkedRelease.run(linked, progress: progress) }
    }
    if speech.json {
      try console.show(json: LinkedDocument(summary))
    } else if !speech.quiet {
      console.show(LinkedPages.text(summary, terminal: console.terminal))
    }
  }

  /// Refuses what linked tables do not have.
  private func checkLinked() throws {
    let given = [
      (isAttacked, "--attack"), (control != nil, "--control"),
      (rows != nil, "--rows"), (!target.isEmpty, "--target"), (strict, "--strict"),
      (format == .parquet, "--format"), (ownerReport != nil, "--owner-report"),
      (steps != nil, "--steps"), (publicTable != nil, "--public"),
      (personBound != .rows, "--person-bound"),
      (modelSize != nil, "--model-size"), (allowsEmpty, "--allow-empty"),
    ].filter(\.0).map(\.1)
    guard let first = given.first else { return }
    throw Failure(
      "\(first): is for a single table, and \(file) is a folder of linked tables.",
      remedy: "Leave \(given.joined(separator: ", ")) out.")
  }

  private func makeUnprotected(_ console: Console) throws {
    var synthesis = UnprotectedSynthesis(
      input: try InputFile.table(file, schema: schema, of: source).url,
      output: InputFile.url(output ?? "release"))
    console.warn(
      "--no-privacy trains on people's rows WITHOUT ANY GUARANTEE. What comes out may repeat them: never share it."
    )
    synthesis.replacesOutput = force
    synthesis.schemaFile = try schema.map(InputFile.readable)
    synthesis.targets = target
    synthesis.rows = rows
    synthesis.seed = seed
    synthesis.steps = steps
    let summary = try console.withProgress { progress in try synthesis.run(progress: progress) }
    if speech.json {
      try console.show(json: UnprotectedDocument(summary))
    } else if !speech.quiet {
      console.show(SummaryPage.text(summary, terminal: console.terminal))
    }
  }

  private func showPlan(
    _ request: SynthesisRequest, _ table: CountingOptions.Table?, _ console: Console
  ) throws {
    let plan = try console.judged(isJSON: speech.json) { try Synthesis.plan(request) }
    if let sql = counting.sql, let forecast = plan.counting, let table {
      try counting.write(forecast, for: table, to: sql)
    }
    let check =
      try table != nil
      ? nil
      : request.schemaFile.map {
        try TableCheck.of(request.input, schemaFile: $0, listsTexts: false)
      }
    speech.json
      ? try console.show(json: PlanDocument(plan: plan, check: check))
      : console.show(
        PlanPage.text(
          plan, check: check, file: request.input.lastPathComponent, terminal: console.terminal))
  }

  private func makeRelease(_ request: SynthesisRequest, _ console: Console) throws {
    if seed != nil {
      console.warn(
        "--seed makes this release NOT PRIVATE: its noise can be repeated and removed. Use it for tests only."
      )
    }
    let summary = try console.judged(isJSON: speech.json) {
      try console.withProgress { progress in try Synthesis.run(request, progress: progress) }
    }
    if speech.json {
      try console.show(json: SummaryDocument(summary))
    } else if !speech.quiet || !summary.laterFailures.isEmpty || summary.learnedColumns == 0 {
      console.show(SummaryPage.text(summary, terminal: console.terminal))
    }
    // The release is out: later findings are for its owner to act on.
    if !summary.laterFailures.isEmpty || summary.learnedColumns == 0 && !allowsEmpty {
      throw AdverseVerdict()
    }
  }
}

/// An engine as named on the command line.
struct EngineChoice: ExpressibleByArgument, CaseIterable {
  let engine: Engine
  /// Whether the schema decides the engine.
  var isAutomatic = false

  static let aim = EngineChoice(engine: .aim)
  static let automatic = EngineChoice(engine: .aim, isAutomatic: true)
  static var allCases: [EngineChoice] { Engine.all.map { EngineChoice(engine: $0) } + [automatic] }

  private init(engine: Engine, isAutomatic: Bool = false) {
    (self.engine, self.isAutomatic) = (engine, isAutomatic)
  }

  init?(argument: String) {
    guard let choice = Self.allCases.first(where: { $0.defaultValueDescription == argument }) else {
      return nil
    }
    self = choice
  }

  var defaultValueDescription: String { isAutomatic ? "auto" : engine.name }
  static var allValueStrings: [String] { allCases.map(\.defaultValueDescription) }
}

extension PersonBound: ExpressibleByArgument {}
