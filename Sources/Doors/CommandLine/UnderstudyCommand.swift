import ArgumentParser
import Manifests
import Understudy

/// The `understudy` root command.
struct UnderstudyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "understudy",
    abstract:
      "Makes a private stand-in for a table of people, with the evidence that it can be shared.",
    discussion: """
      A first run, on an example:
        understudy example hospital --rows 20000 -o patients.csv
        understudy inspect patients.csv
        understudy synthesize patients.csv --epsilon 1 -o release

      Exit codes:
      \(exitCodes)
      """,
    version: SoftwareVersion.current,
    subcommands: [
      StartCommand.self, InspectCommand.self, CheckCommand.self, SynthesizeCommand.self,
      TrainCommand.self,
      EvaluateCommand.self,
      AttackCommand.self, SampleCommand.self, PublishCommand.self,
      VerifyCommand.self, TemplatesCommand.self, CodebookCommand.self, EstimateCommand.self,
      AskCommand.self, HeatmapCommand.self,
      TripsCommand.self,
      PolicyCommand.self,
      BudgetCommand.self, AuditCommand.self,
      ScanCommand.self, RedactCommand.self, ScorecardCommand.self, EncryptCommand.self,
      AnswerCommand.self, DecryptCommand.self,
      PredictCommand.self, ExampleCommand.self, HubCommand.self,
    ])

  private static var exitCodes: String {
    ExitStatus.allCases.map { status in
      let code = String(status.rawValue)
      return "  " + code + String(repeating: " ", count: 5 - code.count) + status.meaning
    }.joined(separator: "\n")
  }
}
