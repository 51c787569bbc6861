import Foundation
import Manifests
import Prediction
import Releases
import Understudy

/// A trained model, or the plan of one, for the owner to read.
enum ModelSummaryPage {
  static func text(_ summary: TrainingSummary, terminal: Terminal) -> String {
    var page = Section(terminal: terminal)
    let ink = terminal.outputInk
    let model = summary.model
    page.heading(
      summary.isPrivate ? ink.green("Model made") : ink.red("Test output made: NOT PRIVATE"))
    page.pairs([
      ("Folder", InputFile.name(summary.release)),
      (
        "Predicts",
        model.event.map { "\(model.target) = \($0)" } ?? model.target
      ),
      ("Kind", "\(model.form.rawValue), by \(method(model.method))"),
      Section.guarantee(
        epsilon: summary.epsilon, delta: summary.delta, isPrivate: summary.isPrivate),
      (
        "Report",
        InputFile.name(summary.release.appendingPathComponent(ReleaseArtefact.report.name))
      ),
    ])
    page.line(quality(model.assessment))
    if !model.leftOut.isEmpty {
      page.heading("Columns that are not used")
      page.list(model.leftOut.map { "\($0.name): \($0.words)" })
    }
    if let policy = summary.policy { page.line("Meets the policy '\(policy)'.") }
    page.hazards(summary.hazards)
    page.ownerMessages(summary.ownerMessages)
    return page.text
  }

  static func text(_ plan: TrainingPlan, terminal: Terminal) -> String {
    var page = Section(terminal: terminal)
    page.heading("Plan of a model. Nothing was spent.")
    page.pairs([
      ("Predicts", "\(plan.target) (\(plan.family.rawValue))"),
      (
        "Kind",
        plan.form.rawValue
          + (plan.method.map { ", by \(method($0))" } ?? ", the way to it follows from a paid count")
      ),
      Section.guarantee(epsilon: plan.epsilon, delta: plan.delta, rho: plan.rho),
      ("Protects", plan.unit == "row" ? "one row" : "all rows of a person, told by '\(plan.unit)'"),
      ("Looks at", Numbers.count(plan.columns.count, "column")),
    ])
    page.list(plan.columns)
    if !plan.leftOut.isEmpty {
      page.heading("Columns that are not used")
      page.list(plan.leftOut.map { "\($0.name): \($0.words)" })
    }
    page.hazards(plan.hazards)
    return page.text
  }

  private static func method(_ method: PredictiveModel.Method) -> String {
    switch method {
    case .gradients: "noisy gradients"
    case .pairs: "noisy tables of each column with the target"
    }
  }

  private static func quality(_ assessment: ScoreAssessment) -> String {
    if let area = assessment.discrimination {
      return
        "Area under the curve: \(Numbers.fixed(area.value, 3)) ± \(Numbers.fixed(area.error, 3)), by noisy counts that were paid for."
    }
    if let error = assessment.meanError {
      return
        "Mean absolute error: \(Numbers.short(error.value)) ± \(Numbers.short(error.error)), by noisy counts that were paid for."
    }
    return "Noise hides how well it predicts: there are too few rows for this epsilon."
  }
}
