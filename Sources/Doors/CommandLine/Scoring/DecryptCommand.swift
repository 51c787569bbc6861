import ArgumentParser
import Basics
import EncryptedScoring
import Foundation

/// The `understudy decrypt` command.
struct DecryptCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decrypt",
    abstract: "Reads the scores of an answer, and destroys the key.",
    discussion: """
      Tell the maker of the answer nothing about it, not even whether it could be read.

      Example:
        understudy decrypt answer.us --card card.json --key once.key \\
          -o scores.csv
      """)

  @Argument(help: ArgumentHelp("The answer.", valueName: "answer.us"))
  var answer: String

  @Option(help: ArgumentHelp("The public half of the scorecard.", valueName: "card.json"))
  var card: String

  @Option(
    help: ArgumentHelp(
      "The key that was made with the request. It is destroyed.", valueName: "once.key"))
  var key: String

  @Option(name: .shortAndLong, help: ArgumentHelp("Where the scores go.", valueName: "scores.csv"))
  var output: String

  @Flag(help: "Replace a file that is there already.")
  var force = false

  @OptionGroup var speech: SpeechOptions

  func execute(_ console: Console) throws {
    let target = InputFile.url(output)
    try OutputFile.check(
      [target], replaces: force,
      reading: [
        (answer, "the answer that is read"), (card, "the card that is read"),
        (key, "the key that is read"),
      ])
    let opened = try OpenedScores(
      answer: InputFile.readable(answer), key: InputFile.url(key), card: CardFile.publicCard(card))
    let notice = ScoringNotice(scores: opened, file: output)
    console.note(notice.text)
    try opened.write(to: target)
    try console.finish(notice, records: opened.header.records, beside: target)
  }
}
