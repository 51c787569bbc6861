import ArgumentParser
import Understudy

/// The `understudy budget show` command.
struct BudgetShowCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Shows what was granted, what is used and what is left.",
    discussion: """
      Examples:
        understudy budget show
        understudy budget show patients.csv
        understudy budget show --explain
      """)

  @Argument(help: ArgumentHelp("A table, to show its budget only.", valueName: "file"))
  var file: String?

  @Option(
    help: ArgumentHelp(
      "The schema that its releases use, where it says which cells are missing.", valueName: "file")
  )
  var schema: String?

  @Flag(help: "Say why what is left is more than what was granted minus what was used.")
  var explain = false

  @OptionGroup var source: SourceOptions
  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var speech: SpeechOptions

  func execute(_ console: Console) throws {
    let report = try BudgetBook.reading(ledger.url(), file: file, schema: schema, source: source)
    speech.json
      ? try console.show(json: report)
      : console.show(BudgetPage.accounts(report, explains: explain, terminal: console.terminal))
  }
}
