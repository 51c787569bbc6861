import ArgumentParser
import Demonstrations
import Examples
import Foundation
import Releases

/// The `understudy audit rare-people` command.
struct AuditRarePeopleCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rare-people",
    abstract:
      "Plants rare people in invented tables, and shows what networks trained with and without privacy betray of them.",
    discussion: """
      No data of yours is read. Tables of an invented clinic are made, each with \
      people who are alone in their occupation. Stand-ins are made of them with and \
      without a guarantee, and the same attacks are aimed at the rare people, at \
      ordinary ones, and at strangers who are in no table. docs/why-privacy.md \
      explains the figures. It takes about seven minutes of processor time.

      The exit code is 3 where no attack shows a leak without privacy, where any \
      does with privacy, or where the intervals of the two meet.

      The folder gets every table and stand-in, figures.md, why-privacy.svg and \
      report.json.

      Example:
        understudy audit rare-people -o rare-people
      """)

  @Option(name: .shortAndLong, help: ArgumentHelp("The folder to be made.", valueName: "folder"))
  var output: String

  @Option(help: ArgumentHelp("Ordinary people of each table.", valueName: "number"))
  var people = RarePeopleSettings().ordinary

  @Option(help: ArgumentHelp("Rare people of each table.", valueName: "number"))
  var rare = RarePeopleSettings().rare

  @Option(
    help: ArgumentHelp(
      "Visits, which are rows, of each rare person; ordinary ones have one to three.",
      valueName: "number"))
  var visits = RarePeopleSettings().visits

  @Option(help: ArgumentHelp("Tables, each with other people.", valueName: "number"))
  var tables = RarePeopleSettings().tables

  @Option(
    name: .customLong("without-privacy"),
    help: ArgumentHelp(
      "Of how many tables a stand-in without privacy is made.", valueName: "number"))
  var tablesWithoutPrivacy = RarePeopleSettings().tablesWithoutPrivacy

  @Option(
    help: ArgumentHelp(
      "Steps of training without privacy. Default: those of synthesize.", valueName: "number"))
  var steps: Int?

  @Option(help: ArgumentHelp("Another seed invents other people.", valueName: "number"))
  var seed = RarePeopleSettings().seed

  @OptionGroup var speech: SpeechOptions

  func validate() throws {
    guard (100...1_000_000).contains(people) else {
      throw ValidationError("--people: must be from 100 to 1,000,000")
    }
    guard (10...ClinicExample.mostRare).contains(rare) else {
      throw ValidationError(
        "--rare: must be from 10 to \(ClinicExample.mostRare), since each has an occupation of their own"
      )
    }
    guard (1...1_000).contains(visits) else {
      throw ValidationError("--visits: must be from 1 to 1,000")
    }
    guard (1...1_000).contains(tables) else {
      throw ValidationError("--tables: must be from 1 to 1,000")
    }
    guard (1...tables).contains(tablesWithoutPrivacy) else {
      throw ValidationError("--without-privacy: must be from 1 to the number of tables, \(tables)")
    }
    if let steps, !(1...10_000_000).contains(steps) {
      throw ValidationError("--steps: must be from 1 to 10,000,000")
    }
  }

  func execute(_ console: Console) throws {
    let folder = InputFile.url(output)
    let made = try ReleaseFolder(at: folder, replaces: false)
    let report = try console.withProgress {
      try RarePeople(settings: settings, folder: made.draft).run(progress: $0)
    }
    let figures = LeakFigures(report)
    try made.write(Data(figures.markdown.utf8), as: "figures.md")
    try made.write(Data(figures.picture.utf8), as: "why-privacy.svg")
    try made.write(try Console.document(report), as: "report.json")
    try made.publish()
    if speech.json {
      try console.show(json: report)
    } else {
      console.show(LeakFigures(report).markdown)
    }
    guard report.holds else { throw AdverseVerdict() }
  }

  private var settings: RarePeopleSettings {
    var settings = RarePeopleSettings()
    (settings.ordinary, settings.rare, settings.tables, settings.tablesWithoutPrivacy) = (
      people, rare, tables, tablesWithoutPrivacy
    )
    (settings.visits, settings.steps, settings.seed) = (visits, steps, seed)
    return settings
  }
}
