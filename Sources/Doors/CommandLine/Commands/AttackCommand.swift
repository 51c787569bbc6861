import ArgumentParser
import Attacks
import Foundation
import Policies
import Releases
import TableSources
import Tables
import Understudy

/// The `understudy attack` command.
struct AttackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attack",
    abstract:
      "Attacks a synthetic table, a model, a map or trips, and says what an adversary would learn.",
    discussion: """
      Without the name of a command it attacks a table: `understudy attack` is `understudy attack release`.

      Examples:
        understudy attack --original patients.csv --synthetic release/synthetic.csv \\
          --control set-aside.csv
        understudy attack model model --original patients.csv --control set-aside.csv
        understudy attack places map --original town.csv --schema town.schema.yaml
      """,
    subcommands: [
      AttackReleaseCommand.self, AttackModelCommand.self, AttackPlacesCommand.self,
    ],
    defaultSubcommand: AttackReleaseCommand.self)
}

/// The `understudy attack release` command, which `understudy attack` alone means too.
struct AttackReleaseCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release",
    abstract:
      "Attacks a synthetic table, made by any tool, and says what an adversary would learn of the original's people.",
    discussion: """
      Tries copies, singling out, linking, inference of every column, and membership. The control is a table of people of the same \
      kind who were not in the original: set some aside before the release is made. Without it attacks cannot tell what the release \
      teaches about everyone from what it betrays of its people: figures are printed, and nothing is judged. The report is for the \
      owner of the data; it is not private.

      An attack is met where the upper end of its 95 % interval is at most the limit; not met where it is above and a leak is shown; \
      and says nothing where too few people were attacked or compared with. Ends with 0 where all are met, or nothing is judged, else \
      with 3.

      Example:
        understudy attack release --original patients.csv --synthetic release/synthetic.csv \\
          --control set-aside.csv

      A table of ratings, purchases or visits, a row for each, is attacked by who knows some of a person's rows, if --person and \
      --item name its columns:
        understudy attack release --original ratings.csv --synthetic pseudonyms.csv \\
          --person userId --item movieId --value rating --time timestamp

      Folders of linked tables are attacked by person, with all that belongs to one:
        understudy attack release hospital release --control others --schema hospital.schema.yaml
      """)

  @OptionGroup var tables: ComparedTables

  @Option(
    help: ArgumentHelp("People of the same kind who were not in the original.", valueName: "file"))
  var control: String?

  @Option(
    help: ArgumentHelp(
      "The schema of the original, which says what is an identifier or prose.", valueName: "file"))
  var schema: String?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("A column to leave out. Repeatable.", valueName: "column"))
  var ignore: [String] = []

  @Option(help: ArgumentHelp("Queries of each singling-out attack.", valueName: "number"))
  var queries = AttackOptions().queries

  @Option(
    name: .customLong("max-risk"),
    help: ArgumentHelp(
      "The highest risk that passes, at the upper end of the interval.", valueName: "number"))
  var maxRisk = AttackThresholds().highestRisk

  @Option(
    help: ArgumentHelp(
      "A policy whose lines on attacks must be met, instead of --max-risk: a preset or a file.",
      valueName: "policy"))
  var policy: String?

  @Option(
    help: ArgumentHelp(
      "Decides which queries and people are drawn; the same number gives the same report.",
      valueName: "number"))
  var seed: UInt64 = 1

  @OptionGroup var sparse: SparseOptions
  @OptionGroup var source: SourceOptions
  @OptionGroup var reading: ReadingOptions
  @OptionGroup var speech: SpeechOptions

  func validate() throws {
    guard (1...1_000_000).contains(queries) else {
      throw ValidationError("--queries: must be from 1 to 1,000,000")
    }
    guard maxRisk > 0, maxRisk < 1 else {
      throw ValidationError("--max-risk: must be above 0 and below 1; 0.09 is usual")
    }
  }

  func execute(_ console: Console) throws {
    let policy = try policy.map { try InputFile.policy($0).policy }
    if let policy, policy.attacks == nil {
      throw Failure(
        "The policy '\(policy.name)' asks for no attacks.",
        remedy: "Give one that does, or leave out --policy.")
    }
    var thresholds = policy?.attackThresholds ?? AttackThresholds()
    if policy == nil { thresholds.highestRisk = maxRisk }
    let report = try run(limit: thresholds.highestRisk, console)
    let document = AttackDocument(report, thresholds: thresholds, policy: policy)
    if speech.json {
      try console.show(json: document)
    } else {
      console.show(AttackPage.text(document, terminal: console.terminal))
    }
    guard document.hasPassed ?? true else { throw AdverseVerdict() }
  }

  private func run(limit: Double, _ console: Console) throws -> AttackReport {
    if InputFile.isFolderOfTables(tables.original) { return try attackFolder() }
    var attack = TableAttack(
      original: try InputFile.table(
        tables.original, schema: schema, of: tables.detailsOfOriginal(source)
      ).url,
      synthetic: try InputFile.table(tables.synthetic, of: tables.detailsOfSynthetic(source)).url)
    attack.control = try control.map { try InputFile.table($0).url }
    (attack.schema, attack.ignoring, attack.reading) = (
      try schema.map(InputFile.schema), ignore, try reading.readOptions()
    )
    (attack.options.queries, attack.options.seed, attack.options.limit) = (queries, seed, limit)
    (attack.layout, attack.linkage) = (sparse.layout, sparse.options(seed: seed))
    return try console.withInterruption { check in
      try attack.run { progress in
        try check()
        if progress.fraction < 1 {
          console.note("\(progress.step): \(Numbers.percent(progress.fraction)) done")
        }
      }
    }
  }

  private func attackFolder() throws -> AttackReport {
    guard let schema else {
      throw Failure(
        "--schema: linked tables are attacked under the schema that says how they are linked.",
        remedy: "Write one with `understudy inspect FOLDER`, and name it.")
    }
    guard sparse.layout == nil, ignore.isEmpty else {
      throw Failure(
        "--ignore, --person: these are for single tables.", remedy: "Leave them out for folders.")
    }
    var attack = FolderAttack(
      original: InputFile.url(tables.original), synthetic: InputFile.url(tables.synthetic),
      control: control.map(InputFile.url), schema: try InputFile.linkedSchema(schema))
    attack.seed = seed
    return try attack.run()
  }
}
