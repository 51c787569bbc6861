import Analyses
import ArgumentParser
import Foundation
import Releases
import Understudy

/// The `understudy estimate` command.
struct EstimateCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "estimate",
    abstract:
      "Draws conclusions from a release alone, with intervals that are right, at no privacy cost.",
    discussion: """
      An analysis is a YAML or JSON file:
        kind: proportion
        outcome: readmitted_30d
        by: sex

      Intervals include the sampling error, the noise of the release and its bins. \
      If the release never measured the columns together, the answer is "not known"; \
      `understudy ask --plan` predicts the price of asking the real table.

      Kinds:
      \(AnalysisOption.kinds)

      Examples:
        understudy estimate release --analysis readmission.yaml
        understudy estimate release --analysis readmission.yaml --json
      """)

  @Argument(help: ArgumentHelp("A release folder, or its model.json.", valueName: "release"))
  var release: String

  @OptionGroup var analysis: AnalysisOption
  @OptionGroup var speech: SpeechOptions

  func execute(_ console: Console) throws {
    let estimation = try Estimation(analysis.read(), release: InputFile.url(release))
    if !estimation.isPrivate {
      console.warn(
        "this release is NOT PRIVATE, and neither is what follows from it. Do not share it.")
    }
    if speech.json {
      try console.show(json: estimation)
    } else {
      console.show(FindingsTable.text(estimation, terminal: console.terminal))
    }
  }
}

/// The file that states an analysis.
struct AnalysisOption: ParsableArguments {
  @Option(help: ArgumentHelp("The file that states the analysis.", valueName: "file"))
  var analysis: String

  func read() throws -> Analysis { try AnalysisFile.read(InputFile.readable(analysis)) }

  static var kinds: String {
    Wrapping.wrap(
      "  " + Analysis.Kind.allCases.map(\.rawValue).joined(separator: ", "), width: 76,
      indentation: 2)
  }
}
