import ArgumentParser
import Foundation
import PlaceAttacks
import TableSources
import Understudy

/// The `understudy attack places` command.
struct AttackPlacesCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "places",
    abstract: "Attacks a map or synthetic trips: does it lead to its people's homes and work?",
    discussion: """
      Homes and places of work that stand alone are sought in a neighbourhood that the attacker knows; lone hot spots are looked for; \
      homes are taken from the only synthetic person who was in one, two or four known places; and two releases are subtracted. Each \
      attack is also tried on an exact release of the same people: if it finds nobody there, it has no power here, and that is said. \
      The control is tracks of people of the same kind who are not in the original; without it homes, work and known places are not \
      judged. The figures are for the owner of the data; they are not private.

      Ends with 3 if people of the original are found more often than strangers, by more than three standard errors and two points, \
      else with 0.

      Examples:
        understudy attack places map --original town.csv --schema town.schema.yaml \\
          --control others.csv
        understudy attack places trips --original town.csv --schema town.schema.yaml \\
          --control others.csv --roads roads.geojson
      """)

  @Argument(
    help: ArgumentHelp(
      "The folder of a map or of trips, or a file of it, by any tool.", valueName: "release"))
  var release: String

  @Option(help: ArgumentHelp("The tracks that the release was made from.", valueName: "file"))
  var original: String

  @Option(
    help: ArgumentHelp("The schema of the tracks, with `place` and a person.", valueName: "file"))
  var schema: String

  @Option(
    help: ArgumentHelp(
      "Tracks of people of the same kind who were not in the original.", valueName: "file"))
  var control: String?

  @Option(
    help: ArgumentHelp(
      "Public roads in GeoJSON, which the attacker knows. Without them, cells that two other people pass take their place.",
      valueName: "file"))
  var roads: String?

  @Option(
    help: ArgumentHelp(
      "A second release, to be subtracted. Needs --second-original.", valueName: "release"))
  var second: String?

  @Option(
    name: .customLong("second-original"),
    help: ArgumentHelp(
      "The tracks that the second release was made from: those of the people who stayed.",
      valueName: "file"))
  var secondOriginal: String?

  @Option(help: ArgumentHelp("The width of the cells that are compared.", valueName: "metres"))
  var cell = 200.0

  @Option(
    help: ArgumentHelp("A longer pause between two points ends a trip.", valueName: "minutes"))
  var pause = 10.0

  @Option(help: ArgumentHelp("Decides which people are attacked.", valueName: "number"))
  var seed: UInt64 = 1

  @OptionGroup var source: SourceOptions
  @OptionGroup var speech: SpeechOptions

  func validate() throws {
    guard (second == nil) == (secondOriginal == nil) else {
      throw ValidationError(
        "--second: who left is known from --second-original. Give both or none")
    }
    guard pause.isFinite, (1...1_440).contains(pause) else {
      throw ValidationError(
        "--pause: must be from 1 to 1,440 minutes; 10 suits tracks of a receiver")
    }
  }

  func execute(_ console: Console) throws {
    var attack = TrackAttack(
      original: try InputFile.table(original, schema: schema, of: source).url,
      release: InputFile.url(release), schema: try InputFile.schema(schema))
    attack.control = try control.map { try InputFile.table($0, schema: schema).url }
    attack.roads = try roads.map { try InputFile.readable($0) }
    if let second, let secondOriginal {
      attack.second = (
        InputFile.url(second), try InputFile.table(secondOriginal, schema: schema).url
      )
    }
    (attack.cellMetres, attack.pauseMinutes, attack.seed) = (cell, pause, seed)
    let report = try console.withInterruption { check in try attack.run(check: check) }
    if speech.json {
      try console.show(json: report)
    } else {
      console.show(PlaceAttackPage.text(report, terminal: console.terminal))
    }
    if report.isLeaky == true { throw AdverseVerdict() }
  }
}

/// The result of attacks on places.
enum PlaceAttackPage {
  static func text(_ report: PlaceAttackReport, terminal: Terminal) -> String {
    var page = Section(terminal: terminal)
    page.heading("Attacks on places. NOT PRIVATE: for the owner of the data only.")
    page.pairs([
      ("People", Numbers.count(report.people)),
      ("Strangers", report.strangers.map(Numbers.count) ?? "none: homes and work are not judged"),
      ("Cells of", "\(Numbers.short(report.cellMetres)) m"),
    ])
    page.heading("What the release leads to")
    var table = TextTable([
      ("Attack", .left), ("People", .right), ("Found", .right), ("Strangers", .right),
      ("On exact", .right), ("Verdict", .left),
    ])
    for line in report.lines {
      table.add(
        line.name, Numbers.count(line.members.attempts), share(line.members),
        line.strangers.map(share) ?? "", share(line.exact), verdict(line.verdict))
    }
    page.table(table)
    page.list(report.lines.map { "\($0.name): the attacker \($0.method)." })
    page.heading("What the tracks themselves would betray")
    page.pairs(
      report.uniqueness.map {
        (
          "Singled out by \($0.cells == 1 ? "1 cell" : "\($0.cells) cells")",
          "\(Numbers.percent($0.people.value)) of \(Numbers.count($0.people.attempts)) people"
        )
      } + [
        (
          "Shown by subtraction",
          "\(Numbers.percent(report.tracedOnExactMaps.value)) of people, if exact maps with cells of fewer than 3 blanked were "
            + "published with and without them"
        )
      ])
    return page.text
  }

  private static func share(_ share: PlaceAttackReport.Share) -> String {
    share.attempts > 0 ? Numbers.percent(share.value) : "–"
  }

  private static func verdict(_ verdict: PlaceAttackReport.Verdict) -> String {
    switch verdict {
    case .leak: "a leak is shown"
    case .noLeak: "no leak is shown"
    case .noPower: "no power: says nothing"
    case .notJudged: "not judged"
    }
  }
}
