import ArgumentParser
import Foundation
import Privacy
import Releases

/// `understudy budget grant`.
struct BudgetGrantCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grant",
    abstract: "Adds to what releases of a dataset may spend in total.",
    discussion: """
      Several grants add up. A grant cannot be taken back. Beyond epsilon 20 or
      delta 0.001 in total hardly anything is promised: --accept accepts that.

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

  @Flag(help: "Grant it although hardly anything is promised: needed beyond epsilon 20 or delta 0.001 in total.")
  var accept = false

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var speech: SpeechOptions

  func validate() throws {
    try Checked.epsilon(epsilon)
    try Checked.delta(delta)
  }

  /// Grants add up, so that many small ones are held against the same limit.
  private func checkSize(on granted: (epsilon: Double, delta: Double)) throws {
    let (epsilon, delta) = (granted.epsilon + epsilon, granted.delta + delta)
    guard PromiseLimits.needAcceptance(epsilon: epsilon, delta: delta), !accept else { return }
    throw Failure(
      "With this grant the dataset would have epsilon \(Numbers.short(epsilon)) and delta \(Numbers.short(delta)): beyond epsilon "
        + "\(Numbers.short(PromiseLimits.acceptedEpsilon)) or delta \(Numbers.short(PromiseLimits.acceptedDelta)) hardly anything is "
        + "promised. Nothing was granted.",
      remedy: "Grant less, or say --accept if you accept that. A grant cannot be taken back.")
  }

  func execute(_ console: Console) throws {
    let book = try BudgetBook(at: ledger.url())
    let dataset = try book.dataset(of: InputFile.url(file), schema: schema)
    if let note = dataset.resemblance { console.note(note) }
    try checkSize(on: book.granted(dataset.recognition))
    let identity = try book.ledger.register(dataset.fingerprint, name: InputFile.url(file).lastPathComponent)
    try book.ledger.grant(identity, epsilon: try Epsilon(epsilon), delta: try Delta(delta), isAccepted: accept)
    let report = try book.report(only: identity)
    if speech.json {
      try console.show(json: report)
    } else if !speech.quiet {
      console.show("Granted epsilon \(Numbers.short(epsilon)) and delta \(Numbers.short(delta)) to \(identity.name).")
      console.show(BudgetPage.accounts(report, terminal: console.terminal))
    }
  }
}
