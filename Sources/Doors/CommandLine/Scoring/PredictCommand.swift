import ArgumentParser
import Basics
import EncryptedScoring
import Foundation

/// The `understudy predict` command.
struct PredictCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Scores records in plain, where scorecard and records are in one place.",
    discussion: """
      The scores are those that `decrypt` gives for the same records, digit for digit.

      Examples:
        understudy predict dose.json patients.csv -o scores.csv
        understudy predict model patients.csv -o scores.csv
      """)

  @Argument(help: ArgumentHelp("The scorecard, or the folder of a model.", valueName: "scorecard"))
  var scorecard: String

  @Argument(help: ArgumentHelp("The table with the records; .gz too.", valueName: "file"))
  var file: String

  @Option(name: .shortAndLong, help: ArgumentHelp("Where the scores go.", valueName: "scores.csv"))
  var output: String

  @Flag(help: "Replace a file that is there already.")
  var force = false

  @OptionGroup var speech: SpeechOptions

  func execute(_ console: Console) throws {
    let target = InputFile.url(output)
    try OutputFile.check(
      [target], replaces: force,
      reading: [(scorecard, "the scorecard that is read"), (file, "the table that is read")])
    let card = try CardFile.scorecard(scorecard)
    let publicCard = try PublicCard(card)
    let table = try InputFile.readable(file)
    let sums = try console.withInterruption { check in
      try PlainScores.sums(card, table: table, check: check)
    }
    try ScoreFile.write(sums.map(publicCard.score), to: target)
    try console.finish(
      ScoringNotice(
        file: output, holds: NumberText.plural(sums.count, "score", "scores") + " in plain text",
        tells: ""),
      records: sums.count, beside: target)
  }
}
