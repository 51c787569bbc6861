import ArgumentParser
import EncryptedScoring
import Foundation

/// The `understudy answer` command.
struct AnswerCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "answer",
    abstract: "Scores encrypted records without seeing them.",
    discussion: """
      It needs no key, and learns nothing about a record. Its asker learns one exact score a record, and may work the model out from \
      enough of them: limit how many you answer.

      Example:
        understudy answer dose.json request.us -o answer.us
      """)

  @Argument(
    help: ArgumentHelp("The scorecard that the card was made from.", valueName: "scorecard"))
  var scorecard: String

  @Argument(help: ArgumentHelp("The request.", valueName: "request.us"))
  var request: String

  @Option(name: .shortAndLong, help: ArgumentHelp("Where the answer goes.", valueName: "answer.us"))
  var output: String

  @Flag(help: "Replace an answer that is there already.")
  var force = false

  @OptionGroup var speech: SpeechOptions

  func execute(_ console: Console) throws {
    let target = InputFile.url(output)
    try OutputFile.check(
      [target], replaces: force,
      reading: [(scorecard, "the scorecard that is read"), (request, "the request that is read")])
    let card = try CardFile.scorecard(scorecard)
    let answer = try ScoreAnswer(card, request: InputFile.readable(request))
    let publicCard = try PublicCard(card)
    let notice = ScoringNotice(
      answer: answer, card: publicCard, file: output, bytes: try answer.byteCount())
    console.note(notice.text)
    try console.withInterruption { check in try answer.write(to: target, check: check) }
    if answer.header.records >= publicCard.recordsThatTellAll {
      console.warn(
        "these are enough scores to work out every point of the scorecard, if the records were chosen for it. Encryption cannot prevent "
          + "that; a limit on the records of each asker can.")
    }
    try console.finish(notice, records: answer.header.records, beside: target)
  }
}
