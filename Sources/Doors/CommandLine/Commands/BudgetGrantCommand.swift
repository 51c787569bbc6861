import Accounting
import ArgumentParser
import Foundation
import Ledger
import Releases

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

  @Option(help: ArgumentHelp("The schema that its releases use: which cells are missing, and whose people they are.", valueName: "file"))
  var schema: String?

  @Option(
    name: .customLong("people"),
    help: ArgumentHelp("The population to grant to, as schemas name it with `people:`. A new name makes one.", valueName: "name"))
  var population: String?

  @OptionGroup var people: PeopleOptions
  @Flag(help: "Grant it although hardly anything is promised: needed beyond epsilon 20 or delta 0.001 in total.")
  var accept = false

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var speech: SpeechOptions

  func validate() throws {
    try Checked.epsilon(epsilon)
    try Checked.delta(delta)
    guard file == nil else { return }
    if population == nil { throw ValidationError("Missing expected argument '<file>', or --people <name>") }
    if schema != nil || !people.isEmpty {
      throw ValidationError("--schema, --same-people-as, --other-people: speak of a table. Name its file")
    }
  }

  /// Checks the total: grants add up, so many small ones are held to the same limit.
  private func checkSize(on standing: LedgerStanding) throws {
    let (epsilon, delta) = (standing.epsilon + epsilon, standing.delta + delta)
    guard PromiseLimits.needAcceptance(epsilon: epsilon, delta: delta), !accept else { return }
    let account = file == nil ? "the population" : "the dataset"
    throw Failure(
      "With this grant \(account) would have epsilon \(Numbers.short(epsilon)) and delta \(Numbers.short(delta)): beyond epsilon "
        + "\(Numbers.short(PromiseLimits.acceptedEpsilon)) or delta \(Numbers.short(PromiseLimits.acceptedDelta)) hardly anything is "
        + "promised. Nothing was granted.",
      remedy: "Grant less, or say --accept if you accept that. A grant cannot be taken back.")
  }

  func execute(_ console: Console) throws {
    let book = try BudgetBook(at: ledger.url())
    let (epsilon, delta) = (try Epsilon(epsilon), try Delta(delta))
    guard let file else {
      guard let population else { return }
      try checkSize(on: book.ledger.standing(claim: people.claim(population: population)))
      try noteAnswers(book, console) { $0.populations.contains(population) }
      try book.ledger.grant(toPeople: population, epsilon: epsilon, delta: delta, isAccepted: accept)
      return try show(book, granted: population, console) { $0.populations.contains(population) }
    }
    let dataset = try book.dataset(of: InputFile.readable(file), schema: schema)
    if let population, let declared = dataset.population, declared != population {
      throw Failure(
        "--people says \(population), the schema says `people: \(declared)`.", remedy: "Say the same in both, or leave one out.")
    }
    let claim = people.claim(population: population ?? dataset.population)
    try checkSize(on: book.ledger.standing(of: dataset.fingerprint, claim: claim))
    let admission = try book.ledger.admit(dataset.fingerprint, name: dataset.file, claim: claim)
    try noteAnswers(book, console) { account in account.datasets.contains { $0.dataset == admission.dataset } }
    try book.ledger.grant(admission.dataset, epsilon: epsilon, delta: delta, isAccepted: accept)
    for message in admission.messages { console.note(message) }
    try show(book, granted: admission.account, console) { $0.datasets.contains { $0.dataset == admission.dataset } }
  }

  /// Notes, before a grant is given, if it will be a part of its own.
  private func noteAnswers(_ book: BudgetBook, _ console: Console, where isWanted: (LedgerReport.Account) -> Bool) throws {
    guard try book.report(where: isWanted).accounts.contains(where: \.isAnswered) else { return }
    console.note(
      "Answers were given since the last grant: this one adds what it allows by itself. What is granted together goes further.")
  }

  private func show(
    _ book: BudgetBook, granted name: String, _ console: Console, where isWanted: (LedgerReport.Account) -> Bool
  ) throws {
    let report = try book.report(where: isWanted)
    if speech.json {
      try console.show(json: report)
    } else if !speech.quiet {
      console.show("Granted epsilon \(Numbers.short(epsilon)) and delta \(Numbers.short(delta)) to \(name).")
      console.show(BudgetPage.accounts(report, terminal: console.terminal))
    }
  }
}
