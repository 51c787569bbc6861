import Accounting
import Analyses
import ArgumentParser
import Foundation
import Releases
import Understudy

/// The `understudy ask` command.
struct AskCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ask",
    abstract:
      "Puts an analysis to the real table, under the same budget, or predicts what that would bring.",
    discussion: """
      The release serves as the pilot: its columns and bins, and where a regression \
      starts. With --plan nothing is read but the release, and nothing is charged: \
      shown are the result on the stand-in, the interval to expect at several prices, \
      and advice. Without it the ledger is charged, and a signed answer is written. \
      The same question at the same price is answered from a folder beside the \
      ledger, at no cost.

      Examples:
        understudy ask patients.csv --analysis readmission.yaml --release release --plan
        understudy ask patients.csv --analysis readmission.yaml --release release --epsilon 0.3 -o answer
      """)

  @Argument(
    help: ArgumentHelp("The table of people. It is not read with --plan.", valueName: "file"))
  var file: String

  @OptionGroup var analysis: AnalysisOption

  @Option(help: ArgumentHelp("A release of this table.", valueName: "release"))
  var release: String

  @Flag(
    help: "Predict the answer's interval from the release alone. Reads no row and costs nothing.")
  var plan = false

  @Option(help: "The price: 0.1 to 1 is enough for most questions.")
  var epsilon: Double?

  @Option(help: "The small chance left out of the promise.")
  var delta = Checked.usualDelta

  @Option(name: .shortAndLong, help: ArgumentHelp("The folder of the answer.", valueName: "folder"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Repeats the same noise. The answer is then NOT PRIVATE.", valueName: "number"))
  var seed: UInt64?

  @Option(
    help: ArgumentHelp(
      "The folder of the key that signs answers. Default: beside the ledger.", valueName: "folder"))
  var keys: String?

  @OptionGroup var people: PeopleOptions
  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var speech: SpeechOptions

  func validate() throws {
    if let epsilon { try Checked.epsilon(epsilon) }
    try Checked.delta(delta)
    if !plan, epsilon == nil {
      throw ValidationError(
        "--epsilon: say what the answer may cost, or --plan to see what it would bring")
    }
    if !plan, output == nil {
      throw ValidationError("-o: name the folder for the answer, such as -o answer")
    }
  }

  func execute(_ console: Console) throws {
    let analysis = try analysis.read()
    guard !plan, let epsilon, let output else { return try showPlan(analysis, console) }
    var request = AskRequest(
      input: try InputFile.readable(file), analysis: analysis, release: InputFile.url(release),
      output: InputFile.url(output),
      epsilon: Epsilon(checked: epsilon), ledger: try ledger.url())
    request.delta = Delta(checked: delta)
    request.samePeopleAs = people.samePeopleAs
    request.hasOtherPeople = people.hasOtherPeople
    request.keys = keys.map(InputFile.url)
    request.seed = seed
    if seed != nil { console.warn("--seed makes this answer NOT PRIVATE. Do not share it.") }
    let summary = try console.withInterruption { check in
      try Asking.run(request, check: check)
    }
    for message in summary.ownerMessages { console.note(message) }
    if speech.json {
      try console.show(json: summary.answer)
    } else if !speech.quiet {
      console.show(FindingsTable.text(summary, folder: output, terminal: console.terminal))
    }
  }

  private func showPlan(_ analysis: Analysis, _ console: Console) throws {
    let plan = try AskPlan(
      analysis, release: InputFile.url(release), epsilon: epsilon.map { Epsilon(checked: $0) },
      delta: Delta(checked: delta))
    if speech.json {
      try console.show(json: plan)
    } else {
      console.show(FindingsTable.text(plan, terminal: console.terminal))
    }
  }
}
