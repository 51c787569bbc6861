import ArgumentParser
import Basics
import EncryptedScoring
import Foundation

/// The `understudy encrypt` command.
struct EncryptCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "encrypt",
    abstract: "Encrypts records for scoring by somebody who must not see them.",
    discussion: """
      The request goes to the owner of the model. The key stays: it is made for this request, and `decrypt` destroys it.

      Example:
        understudy encrypt patients.csv --card card.json -o request.us \\
          --key once.key
      """)

  @Argument(help: ArgumentHelp("The table with the records; .gz too.", valueName: "file"))
  var file: String

  @Option(
    help: ArgumentHelp(
      "The public half of the scorecard, from the model's owner.", valueName: "card.json"))
  var card: String

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Where the request goes.", valueName: "request.us"))
  var output: String

  @Option(
    help: ArgumentHelp("A new file for the key, readable by you alone.", valueName: "once.key"))
  var key: String

  @Flag(help: "Replace a request that is there already. A key is never replaced.")
  var force = false

  @OptionGroup var speech: SpeechOptions

  func execute(_ console: Console) throws {
    let (target, keyFile) = (InputFile.url(output), InputFile.url(key))
    var rule = OutputRule()
    rule.protect(InputFile.url(file), as: "the table that is read")
    rule.protect(InputFile.url(card), as: "the card that is read")
    try rule.file(target, replaces: force)
    guard FileIdentity(keyFile).kind == nil else { throw ScoringFault.keyNotWritten(file: key) }
    try rule.file(keyFile, replaces: false)
    let publicCard = try CardFile.publicCard(card)
    try console.withInterruption { check in
      let request = try ScoreRequest(
        table: InputFile.readable(file), card: publicCard, check: check)
      let notice = ScoringNotice(
        request: request, file: output, key: key, bytes: try request.byteCount())
      console.note(notice.text)
      let misfits = try request.write(to: target, key: keyFile, check: check)
      for (column, count) in zip(publicCard.columns, misfits) where count > 0 {
        console.note(
          "\(NumberText.plural(count, "cell", "cells")) of '\(column.name)' fitted no entry of the card, and "
            + "\(count == 1 ? "counts" : "count") as \(Self.fallback(column)).")
      }
      try console.finish(notice, records: request.header.records, beside: target)
    }
  }

  private static func fallback(_ column: ColumnLayout) -> String {
    if column.hasOtherwise { return "its `otherwise`" }
    if case .number = column.shape { return "its minimum" }
    return "no points"
  }
}
