import ArgumentParser
import Basics
import DelimitedText
import Foundation
import Releases
import SchemaFiles
import TableSources
import Tables
import Understudy

/// The `understudy start` command.
struct StartCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "start",
    abstract:
      "Asks what a release of your table needs, and leaves a schema that you answer for.",
    discussion: """
      It shows what was seen in each column, asks what is public and who answers for it, shows the \
      plan, and writes the schema and a script of the commands beside the table. Then it offers to \
      make the release. What it shows comes from the rows: it is for the owner of the data only. \
      Nothing is written before the last answer.

      Enter takes the answer in brackets, ? explains, back returns to the question before.

      Examples:
        understudy start patients.csv
        understudy start patients.csv --dictionary codebook.json
        understudy start patients.csv --page
      """)

  @Argument(
    help: ArgumentHelp(
      "The table of people: a file, or any other source (docs/sources.md).", valueName: "file"))
  var file: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Where the schema goes; the script goes beside it. Default: beside the table.",
      valueName: "schema.yaml"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "What the columns mean, as for `inspect`: its facts are the usual answers.", valueName: "file"
    ))
  var dictionary: String?

  @Option(
    help: ArgumentHelp(
      "A file of answers, one a line, instead of a terminal.", valueName: "file"))
  var answers: String?

  @Flag(
    help:
      "Ask on a page in your browser, of this machine only. Needs understudy-hub beside this program."
  )
  var page = false

  @Flag(
    help:
      "Exchange questions and answers with another program, a line of JSON each (docs/command-line.md)."
  )
  var forms = false

  @Flag(help: "Replace a schema and a script that are there already.")
  var force = false

  @OptionGroup var source: SourceOptions
  @OptionGroup var reading: ReadingOptions
  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var speech: SpeechOptions

  /// The names of the files that were written, for programs.
  private struct Outcome: Encodable {
    let schema: String
    let script: String
    let release: String?
  }

  func validate() throws {
    if [answers != nil, page, forms].filter(\.self).count > 1 {
      throw ValidationError("--answers, --page and --forms: say one of them")
    }
    if forms, !speech.json {
      throw ValidationError("--forms: what it prints is JSON. Add --json")
    }
  }

  func execute(_ console: Console) throws {
    if page {
      try HubProgram.go(
        on: ProcessInfo.processInfo.arguments.dropFirst().filter { $0 != "--page" },
        else:
          "Put it there (docs/hub.md says how it is built), or leave --page out to be asked in the terminal."
      )
    }
    guard output != nil || !InputFile.isStream(file) else {
      throw Failure(
        "-o: name the file for the schema, since nothing is beside a pipe or a database.",
        remedy: "Such as -o patients.schema.yaml.")
    }
    guard !InputFile.isFolderOfTables(file) else {
      throw Failure(
        "\(file): this is a folder of several tables, for which no questions are ready.",
        remedy: "Write a schema of them with `understudy inspect \(file)`.")
    }
    let schemaFile = output.map(InputFile.url) ?? InputFile.schemaBeside(InputFile.url(file))
    let script = schemaFile.deletingLastPathComponent().appendingPathComponent(
      Self.stem(schemaFile.lastPathComponent) + ".start.sh")
    try OutputFile.check(
      [schemaFile, script], replaces: force,
      reading: [
        (file, "the table that is read"), (dictionary, "the dictionary that is read"),
        (answers, "the answers that are read"),
      ])
    let conversation = try forms ? filled(schemaFile, script) : held(schemaFile, console)
    let plan = commands(conversation)
    let text = plan.text(schema: InputFile.name(schemaFile))
    try OutputFile.make(schemaFile) { try SchemaFile.write(conversation.draft.schema, to: $0) }
    try OutputFile.make(script) { try Data(text.utf8).write(to: $0) }
    let outcome = Outcome(
      schema: InputFile.name(schemaFile), script: InputFile.name(script), release: plan.folder)
    // The release follows with progress and a document of its own.
    if forms { try StartForms.write(outcome) }
    let isSilent = speech.json || speech.quiet
    if !isSilent { console.show("\n  Wrote \(outcome.schema) and \(outcome.script).") }
    if let folder = plan.folder {
      let words = plan.release(schema: schemaFile.path, folder: folder)
      try StartScript.run(
        words + (forms ? ["--json"] : isSilent ? ["--quiet"] : []),
        Console(terminal: console.terminal, isQuiet: isSilent && !forms, isJSON: forms))
    }
    if speech.json, !forms { try console.show(json: outcome) }
  }

  /// `patients` for `patients.schema.yaml`.
  private static func stem(_ name: String) -> String {
    for suffix in [".schema.yaml", ".yaml", ".yml"] where name.hasSuffix(suffix) {
      return String(name.dropLast(suffix.count))
    }
    return name
  }

  private func subject() throws -> StartSubject {
    let table = try InputFile.table(file, of: source)
    let inspection = try TableInspection(
      table.url, options: table.reading(try reading.readOptions()),
      dictionary: InputFile.dictionary(dictionary, of: file, read: table))
    let today = Int64((Date().timeIntervalSince1970 / 86_400).rounded(.down))
    return StartSubject(
      inspection, name: InputFile.name(table.url), day: ColumnType.date(.iso).format(tick: today))
  }

  /// Asks until everything is answered.
  private func held(_ schemaFile: URL, _ console: Console) throws -> Conversation {
    var desk = try StartDesk(console, answers: answers)
    var conversation = Conversation(try subject())
    try hold(&conversation, at: &desk, schemaName: schemaFile.lastPathComponent, console)
    try desk.finish()
    return conversation
  }

  /// Exchanges lines with another program until everything is answered.
  private func filled(_ schemaFile: URL, _ script: URL) throws -> Conversation {
    let subject = try subject()
    let name = schemaFile.lastPathComponent
    let forms = StartForms(
      sheet: StartSheet(
        subject, schemaFile: InputFile.name(schemaFile), scriptFile: InputFile.name(script)),
      plan: { conversation, epsilon in
        try withDraft(of: conversation, named: name) { draft in
          let words = commands(conversation, epsilon: epsilon).plan(schema: draft.path)
          return try SynthesizeCommand.parse(Array(words.dropFirst())).planned()
        }
      },
      check: { conversation in
        try withDraft(of: conversation, named: name) { draft in
          let words = commands(conversation).check(schema: draft.path)
          return try CheckCommand.parse(Array(words.dropFirst())).checked()
        }
      })
    return try forms.hold(Conversation(subject))
  }

  /// Asks question by question. The plan is made under a private copy of the schema.
  private func hold(
    _ conversation: inout Conversation, at desk: inout StartDesk, schemaName: String,
    _ console: Console
  ) throws {
    desk.show(
      [
        "\(conversation.subject.name): what is shown below comes from the rows. It is for the owner of the data only.",
        "Enter takes the answer in brackets, ? explains, back returns to the question before; Ctrl-D ends and writes nothing.",
      ] + conversation.subject.notes)
    desk.show(conversation.question)
    while !conversation.isOver {
      switch conversation.answer(try desk.ask(conversation.question)) {
      case .again(let sentences):
        desk.show(sentences)
        try desk.refuse(sentences)
      case .moved:
        if conversation.awaitsPlan { try showPlan(conversation, schemaName: schemaName, console) }
        if !conversation.isOver { desk.show(conversation.question) }
      }
    }
  }

  /// Shows how the table fits the schema, if it does not, and the expected errors of a release.
  private func showPlan(_ conversation: Conversation, schemaName: String, _ console: Console)
    throws
  {
    guard !speech.json, !speech.quiet else { return }
    if conversation.draft.schema.approximateRows == nil {
      console.show(
        "\n  The plan is for the \(Numbers.count(conversation.subject.rows, "row")) seen. The schema does not tell how many there are."
      )
    }
    try withDraft(of: conversation, named: schemaName) { draft in
      try showPlan(conversation, draft: draft, console)
    }
  }

  /// Works with a private copy of the schema as it is so far.
  private func withDraft<Result>(
    of conversation: Conversation, named name: String, _ work: (URL) throws -> Result
  ) throws -> Result {
    let folder = try PrivateFolder()
    defer { folder.remove() }
    let draft = folder.url.appendingPathComponent(name)
    var schema = conversation.draft.schema
    // The owner sees the number anyway, and a plan for another one would mislead.
    schema.approximateRows = schema.approximateRows ?? conversation.subject.rows
    try SchemaFile.write(schema, to: draft)
    return try work(draft)
  }

  private func showPlan(_ conversation: Conversation, draft: URL, _ console: Console) throws {
    let plan = commands(conversation)
    console.show("")
    do {
      try StartScript.run(plan.check(schema: draft.path) + ["--quiet"], console)
    } catch is AdverseVerdict {
      console.show("")
    }
    do {
      try StartScript.run(plan.plan(schema: draft.path), console)
    } catch let error where !(error is CancellationError) {
      // The answers are still there, and `back` leads to the one to change.
      console.report(Failure(advising: error))
    }
    console.show("")
  }

  /// - Parameter epsilon: Nil for the one of the draft.
  private func commands(_ conversation: Conversation, epsilon: Double? = nil) -> StartScript {
    let draft = conversation.draft
    let places = [
      ("--table", source.table), ("--query", source.query), ("--driver", source.driver),
      ("--time-limit", source.timeLimit.map(String.init)),
    ]
    return StartScript(
      table: file, source: places.flatMap { option, value in value.map { [option, $0] } ?? [] },
      ledger: ledger.ledger.map { ["--ledger", $0] } ?? [], epsilon: epsilon ?? draft.epsilon,
      folder: draft.folder, signer: draft.schema.provenance.review?.by ?? "",
      day: conversation.subject.day)
  }
}
