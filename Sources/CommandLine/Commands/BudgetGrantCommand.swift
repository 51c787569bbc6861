import ArgumentParser
import Foundation
import Privacy

/// `understudy budget grant`.
struct BudgetGrantCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grant",
    abstract: "Adds to what releases of a dataset may spend in total.",
    discussion: """
      Grants before the first release are one budget. A later one, which may follow
      from what was seen, adds what it allows by itself, which goes less far: decide
      beforehand where you can. A grant cannot be taken back.

      Example:
        understudy budget grant patients.csv --epsilon 3 --delta 1e-6
      """)

  @Argument(help: ArgumentHelp("The table.", valueName: "file"))
  var file: String

  @Option(help: ArgumentHelp("The epsilon to add.", valueName: "number"))
  var epsilon: Double

  @Option(help: ArgumentHelp("The delta to add.", valueName: "number"))
  var delta = Checked.usualDelta

  @Option(help: ArgumentHelp("The schema that its releases use, where it says which cells are missing.", valueName: "file"))
  var schema: String?

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var speech: SpeechOptions

  func validate() throws {
    try Checked.epsilon(epsilon)
    try Checked.delta(delta)
  }

  func execute(_ console: Console) throws {
    let book = try BudgetBook(at: ledger.url())
    let dataset = try book.dataset(of: InputFile.url(file), schema: schema)
    if let note = dataset.resemblance { console.note(note) }
    let identity = try book.ledger.register(dataset.fingerprint, name: InputFile.url(file).lastPathComponent)
    let isLater = try book.report(only: identity).datasets.contains(where: \.isAnswered)
    if isLater {
      console.note(
        "Answers were given since the last grant: this one adds what it allows by itself. What is granted together goes further.")
    }
    try book.ledger.grant(identity, epsilon: try Epsilon(epsilon), delta: try Delta(delta))
    let report = try book.report(only: identity)
    if speech.json {
      try console.show(json: report)
    } else if !speech.quiet {
      console.show("Granted epsilon \(Numbers.short(epsilon)) and delta \(Numbers.short(delta)) to \(identity.name).")
      console.show(BudgetPage.accounts(report, terminal: console.terminal))
    }
  }
}
