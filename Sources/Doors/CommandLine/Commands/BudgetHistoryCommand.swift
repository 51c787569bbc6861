import ArgumentParser
import Understudy

/// The `understudy budget history` command.
struct BudgetHistoryCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Lists every grant and every release, with what each cost.",
    discussion: """
      With --json, every single charge and its event are listed too.

      Example:
        understudy budget history patients.csv
      """)

  @Argument(help: ArgumentHelp("A table, to list its history only.", valueName: "file"))
  var file: String?

  @Option(
    help: ArgumentHelp(
      "The schema that its releases use, where it says which cells are missing.", valueName: "file")
  )
  var schema: String?

  @OptionGroup var source: SourceOptions
  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var speech: SpeechOptions

  func execute(_ console: Console) throws {
    let report = try BudgetBook.reading(ledger.url(), file: file, schema: schema, source: source)
    speech.json
      ? try console.show(json: report)
      : console.show(BudgetPage.history(report, terminal: console.terminal))
  }
}
