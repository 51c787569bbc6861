import ArgumentParser
import Foundation
import TableSources
import TrackAttacks
import Understudy

/// The `understudy attack tracks` command.
struct AttackTracksCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tracks",
    abstract: "Attacks a map or synthetic trips: does it lead to its people's homes and work?",
    discussion: """
      Homes are sought on the release in a neighbourhood that the attacker knows, and work by a known home; lone hot spots are \
      listed. How many people their own places single out, and what exact maps would betray by subtraction, is said of the original. \
      The control is tracks of people of the same kind who are not in the original: without it figures are printed, and nothing is \
      judged. The figures are for the owner of the data; they are not private.

      Ends with 3 if people of the original are found more often than strangers, by more than three standard errors, else with 0.

      Examples:
        understudy attack tracks map --original town.csv --schema town.schema.yaml \\
          --control others.csv
        understudy attack tracks trips --original town.csv --schema town.schema.yaml
      """)

  @Argument(
    help: ArgumentHelp("The folder of a map or of trips, or a file of it.", valueName: "release"))
  var release: String

  @Option(help: ArgumentHelp("The tracks that the release was made from.", valueName: "file"))
  var original: String

  @Option(help: ArgumentHelp("The schema of the tracks, with `place`.", valueName: "file"))
  var schema: String

  @Option(
    help: ArgumentHelp(
      "Tracks of people of the same kind who were not in the original.", valueName: "file"))
  var control: String?

  @Option(
    help: ArgumentHelp(
      "A second release, to be subtracted from the first. Needs --control.", valueName: "release"))
  var second: String?

  @Option(help: ArgumentHelp("The width of the cells that are compared.", valueName: "metres"))
  var cell = 200.0

  @Option(help: ArgumentHelp("Decides which people are attacked.", valueName: "number"))
  var seed: UInt64 = 1

  @OptionGroup var source: SourceOptions
  @OptionGroup var speech: SpeechOptions

  func validate() throws {
    if second != nil, control == nil {
      throw ValidationError("--second: two releases are judged by strangers. Give --control too")
    }
  }

  func execute(_ console: Console) throws {
    var attack = TrackAttack(
      original: try InputFile.table(original, schema: schema, of: source).url,
      schema: try InputFile.schema(schema), release: InputFile.url(release))
    attack.control = try control.map { try InputFile.table($0, schema: schema).url }
    attack.second = second.map(InputFile.url)
    (attack.cellMetres, attack.seed) = (cell, seed)
    let report = try console.withInterruption { check in try attack.run(check: check) }
    if speech.json {
      try console.show(json: report)
    } else {
      console.show(TrackAttackPage.text(report, terminal: console.terminal))
    }
    if report.isLeaky == true { throw AdverseVerdict() }
  }
}

/// The result of attacks on places.
enum TrackAttackPage {
  static func text(_ report: TrackAttackReport, terminal: Terminal) -> String {
    var page = Section(terminal: terminal)
    page.heading("Attacks on places. NOT PRIVATE: for the owner of the data only.")
    page.pairs([
      ("People", Numbers.count(report.people)),
      ("Strangers", report.strangers.map(Numbers.count) ?? "none: nothing is judged"),
      ("Cells of", "\(Numbers.short(report.cellMetres)) m"),
    ])
    page.heading("What the release leads to")
    var table = TextTable([
      ("Attack", .left), ("Found", .right), ("Of strangers", .right), ("Blind guess", .right),
      ("Verdict", .left),
    ])
    for guess in report.guesses {
      table.add(
        guess.name, Numbers.percent(guess.members.value),
        guess.strangers.map { Numbers.percent($0.value) } ?? "",
        guess.blind.map(Numbers.percent) ?? "", verdict(guess.isShown, guess.strangers != nil))
    }
    page.table(table)
    page.list(report.guesses.map { "\($0.name): the attacker \($0.method)." })
    if let difference = report.difference {
      page.line(
        "Two releases subtracted tell people from strangers with an area under the curve of \(Numbers.fixed(difference.area, 3)) "
          + "(0.500 is a coin, standard error \(Numbers.fixed(difference.error, 3))): \(verdict(difference.isShown, true))."
      )
    }
    let spots = report.hotSpots
    page.line(
      "Lone hot spots: \(spots.shown) on the release, \(spots.ofFew) of them where fewer than \(TrackAttack.few) people were; "
        + "\(spots.onExactMap) on the exact map.")
    page.heading("What the tracks themselves would betray")
    page.pairs(
      report.uniqueness.map {
        (
          "Singled out by \($0.cells) of their cells",
          "\(Numbers.percent($0.people.value)) of \(Numbers.count($0.people.attempts)) people"
        )
      } + [
        (
          "Shown by subtracting two exact maps",
          "\(Numbers.percent(report.tracedOnExactMaps.value)) of \(Numbers.count(report.tracedOnExactMaps.attempts)) people, "
            + "cells of fewer than 3 blanked"
        )
      ])
    return page.text
  }

  private static func verdict(_ isShown: Bool, _ isJudged: Bool) -> String {
    guard isJudged else { return "not judged" }
    return isShown ? "a leak is shown" : "no leak is shown"
  }
}
