import ArgumentParser
import Attacks
import Basics
import EncryptedScoring
import Foundation
import Manifests
import ModelAttacks
import Prediction
import Reports
import Understudy

/// The `understudy attack model` command.
struct AttackModelCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model",
    abstract: "Attacks a predictive model: does it tell of its members more than of strangers?",
    discussion: """
      Membership: is the model's error smaller for people it was trained on? Inversion: can a column of a person be guessed from the \
      outcome and all other columns better than for strangers? What the model tells of strangers as well is knowledge about people in \
      general; only the gap is a leak. The figures are for the owner of the data; they are not private.

      Ends with 3 if a leak is shown, that is by more than two standard errors, else with 0.

      Examples:
        understudy attack model model --original patients.csv --control others.csv --invert genotype
        understudy attack model dose.json --outcome dose --original patients.csv \\
          --control others.csv
      """)

  @Argument(
    help: ArgumentHelp("The folder of a model, or a scorecard.", valueName: "model"))
  var model: String

  @Option(help: ArgumentHelp("The people that the model was trained on.", valueName: "file"))
  var original: String

  @Option(
    help: ArgumentHelp("People of the same kind whom it was not trained on.", valueName: "file"))
  var control: String

  @Option(help: ArgumentHelp("A column with categories to guess.", valueName: "column"))
  var invert: String?

  @Option(
    help: ArgumentHelp(
      "The column that a scorecard predicts; a folder says it itself.", valueName: "column"))
  var outcome: String?

  @Option(
    help: ArgumentHelp("The text that counts as yes, if it is not a number.", valueName: "label"))
  var event: String?

  @Option(
    help: ArgumentHelp(
      "Scores of the original by any model, as `predict` writes them, instead of the model's own. Needs --control-predictions.",
      valueName: "scores.csv"))
  var predictions: String?

  @Option(
    name: .customLong("control-predictions"),
    help: ArgumentHelp("The same for the control.", valueName: "scores.csv"))
  var controlPredictions: String?

  @OptionGroup var speech: SpeechOptions

  func validate() throws {
    guard (predictions == nil) == (controlPredictions == nil) else {
      throw ValidationError(
        "--predictions: is compared with --control-predictions. Give both or none")
    }
    if predictions != nil, invert != nil {
      throw ValidationError(
        "--invert: needs the model itself, not only its scores. Leave out --predictions")
    }
  }

  func execute(_ console: Console) throws {
    let scorecard = try CardFile.scorecard(model)
    var attack = ModelAttack(
      scorecard, outcome: try knownOutcome(), original: try InputFile.readable(original),
      control: try InputFile.readable(control), inverting: invert)
    if let predictions, let controlPredictions {
      attack.scores = (
        try InputFile.readable(predictions), try InputFile.readable(controlPredictions)
      )
    }
    let report = try attack.run()
    if speech.json {
      try console.show(json: report)
    } else {
      console.show(ModelAttackPage.text(report, terminal: console.terminal))
    }
    if report.isLeaky { throw AdverseVerdict() }
  }

  /// Returns the predicted column: as named, or as the report of a folder says.
  private func knownOutcome() throws -> ModelOutcome {
    if let outcome { return ModelOutcome(column: outcome, event: event) }
    let file = InputFile.url(model).appendingPathComponent(ReleaseArtefact.reportData.name)
    guard let bytes = try? Data(contentsOf: file),
      let report = try? JSONDecoder().decode(ModelReport.self, from: bytes)
    else { throw ModelAttackFault.outcomeNeeded }
    return ModelOutcome(column: report.model.target, event: report.model.event)
  }
}

/// The result of attacks on a model.
enum ModelAttackPage {
  static func text(_ report: ModelAttackReport, terminal: Terminal) -> String {
    var page = Section(terminal: terminal)
    page.heading("Attacks on a model. NOT PRIVATE: for the owner of the data only.")
    page.pairs([
      ("Members", Numbers.count(report.members)), ("Strangers", Numbers.count(report.strangers)),
    ])
    let membership = report.membership
    page.heading("Membership")
    page.pairs([
      (
        "Area under the curve",
        "\(Numbers.fixed(membership.value, 3)) (0.500 is a coin, standard error \(Numbers.fixed(membership.error, 3)))"
      ),
      ("Verdict", verdict(membership.isShown, Numbers.fixed(membership.detectable, 3))),
    ])
    guard let inversion = report.inversion else { return page.text }
    page.heading("Inversion of \(inversion.column)")
    page.pairs([
      ("Members guessed", Numbers.percent(inversion.members.value)),
      ("Strangers guessed", Numbers.percent(inversion.strangers.value)),
      ("Most frequent entry", Numbers.percent(inversion.mostFrequent)),
      (
        "Gap",
        "\(Numbers.fixed(inversion.gap, 3)) (standard error \(Numbers.fixed(inversion.error, 3)))"
      ),
      ("Verdict", verdict(inversion.isShown, Numbers.fixed(inversion.detectable, 3))),
    ])
    page.line(
      "What is guessed of strangers as well follows from knowledge about people in general. No privacy of a model changes that."
    )
    return page.text
  }

  private static func verdict(_ isShown: Bool, _ detectable: String) -> String {
    isShown
      ? "a leak is shown" : "no leak is shown; \(detectable) would have been found 4 times in 5"
  }
}
