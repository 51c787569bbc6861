import Accounting
import ArgumentParser
import Foundation
import TableSources
import Understudy

/// The `understudy budget grant` command.
struct BudgetGrantCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grant",
    abstract: "Adds to what releases of a dataset or a population may spend in total.",
    discussion: """
      Grants before the first release are one budget. A later one, which may follow from what was seen, adds what it allows by itself, \
      which goes less far: decide beforehand where you can. A grant cannot be taken back. A table that resembles a known one is stopped \
      (exit code 5) until you say whether the same people are in both. Beyond epsilon 20 or delta 0.001 in total hardly anything is \
      promised: --accept accepts that.

      Examples:
        understudy budget grant patients.csv --epsilon 3 --delta 1e-6
        understudy budget grant --people ward-7 --epsilon 3 --delta 1e-6
      """)

  @Argument(help: ArgumentHelp("The table. May be left out with --people.", valueName: "file"))
  var file: String?

  @Option(help: ArgumentHelp("The epsilon to add.", valueName: "number"))
  var epsilon: Double

  @Option(help: ArgumentHelp("The delta to add.", valueName: "number"))
  var delta = Checked.usualDelta

  @Option(
    help: ArgumentHelp(
      "The schema that its releases use: which cells are missing, and whose people they are.",
      valueName: "file"))
  var schema: String?

  @Option(
    name: .customLong("people"),
    help: ArgumentHelp(
      "The population to grant to, as schemas name it with `people:`. A new name makes one.",
      valueName: "name"))
  var population: String?

  @OptionGroup var source: SourceOptions
  @OptionGroup var people: PeopleOptions
  @Flag(
    help:
      "Grant it although hardly anything is promised: needed beyond epsilon 20 or delta 0.001 in total."
  )
  var accept = false

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var speech: SpeechOptions

  func validate() throws {
    try Checked.epsilon(epsilon)
    try Checked.delta(delta)
    guard file == nil else { return }
    if population == nil {
      throw ValidationError("Missing expected argument '<file>', or --people <name>")
    }
    if schema != nil || !people.isEmpty {
      throw ValidationError(
        "--schema, --same-people-as, --other-people: speak of a table. Name its file")
    }
  }

  func execute(_ console: Console) throws {
    let book = try BudgetBook(at: ledger.url())
    var grant = BudgetGrant(epsilon: try Epsilon(epsilon), delta: try Delta(delta))
    (grant.isAccepted, grant.acceptance) = (accept, "say --accept")
    guard let file else {
      guard let population else { return }
      return try show(try book.grant(grant, toPeople: population, note: console.note), console)
    }
    let dataset = try book.dataset(named: file, schema: schema, source: source)
    if let population, let declared = dataset.population, declared != population {
      throw Failure(
        "--people says \(population), the schema says `people: \(declared)`.",
        remedy: "Say the same in both, or leave one out.")
    }
    let claim = people.claim(population: population ?? dataset.population)
    try show(try book.grant(grant, to: dataset, claim: claim, note: console.note), console)
  }

  private func show(_ granted: GrantedBudget, _ console: Console) throws {
    for message in granted.messages { console.note(message) }
    if speech.json {
      try console.show(json: granted.report)
    } else if !speech.quiet {
      console.show(
        "Granted epsilon \(Numbers.short(epsilon)) and delta \(Numbers.short(delta)) to \(granted.name)."
      )
      console.show(BudgetPage.accounts(granted.report, terminal: console.terminal))
    }
  }
}
