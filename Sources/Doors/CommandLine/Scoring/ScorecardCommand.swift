import ArgumentParser
import EncryptedScoring
import Foundation

/// The `understudy scorecard` command.
struct ScorecardCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scorecard",
    abstract: "Makes the public half of a scorecard, for those who ask for encrypted scores.",
    discussion: """
      If the model may leave its owner, none of this is needed: hand over the scorecard, and score with `predict` where the records are. \
      Encrypted scoring is for models that may not leave, and records that may not either.

      Example:
        understudy scorecard dose.json -o card.json
      """)

  @Argument(
    help: ArgumentHelp(
      "The scorecard: columns, bins, categories and points, as JSON.", valueName: "scorecard"))
  var scorecard: String

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Where its public half goes.", valueName: "card.json"))
  var output: String

  @Flag(help: "Replace a file that is there already.")
  var force = false

  @OptionGroup var speech: SpeechOptions

  func execute(_ console: Console) throws {
    let target = InputFile.url(output)
    try OutputFile.check(
      [target], replaces: force, reading: [(scorecard, "the scorecard that is read")])
    let card = try PublicCard(CardFile.scorecard(scorecard))
    let json = try card.json()
    let notice = ScoringNotice(card: card, file: output, bytes: json.count)
    console.note(notice.text)
    try OutputFile.make(target) { try json.write(to: $0) }
    try console.finish(notice, records: nil, beside: target)
  }
}
