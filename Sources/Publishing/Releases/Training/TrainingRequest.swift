import Accounting
import Encoding
import Foundation
import Manifests
import Prediction
import Tables

/// A request for a private predictive model.
package struct TrainingRequest {
  /// The table, the budget and the place of the release, as for a table. Settings of engines, of
  /// attacks and of the owner's report have no meaning here.
  package var release: SynthesisRequest
  package var task: PredictionTask

  package init(_ release: SynthesisRequest, task: PredictionTask) {
    self.release = release
    self.release.comparesWithOriginal = false
    self.task = task
  }

  /// The share of delta that sums of gradients may leave out of their cost.
  static let trainingDelta = 0.1
}

/// The result of training.
package struct TrainingSummary: Sendable {
  /// The folder that may be shared.
  package let release: URL
  package let epsilon: Double
  package let delta: Double
  /// False if a seed or a probe made the run repeatable.
  package let isPrivate: Bool
  package let model: PredictiveModel
  /// The weaknesses of the guarantee, a sentence or two each.
  package let hazards: [String]
  /// The name of the policy that the release meets, if one was given.
  package let policy: String?
  /// Sentences for the owner, such as a first grant. They never travel.
  package let ownerMessages: [String]
}

/// The cost and the form of a model, before any budget is spent. It looks at no row if a schema
/// file is given.
package struct TrainingPlan: Sendable, Codable {
  package let target: String
  package let family: PredictionFamily
  package let form: PredictionTask.Form
  /// The columns that the model will look at.
  package let columns: [String]
  package let leftOut: [LeftOutColumn]
  package let epsilon: Double
  package let delta: Double
  package let rho: Double
  /// `row`, or the name of the person column.
  package let unit: String
  /// The way in which points will be found; nil if that depends on a count that is yet to be paid.
  package let method: PredictiveModel.Method?
  /// The weaknesses that the guarantee would have, a sentence or two each.
  package let hazards: [String]
}

extension TrainingRequest {
  /// Returns what a run would do. Spends nothing.
  /// - Throws: `PredictionFault`, ``ReleaseError``, `GateRefusal`, and the errors of schemas.
  package func plan() throws -> TrainingPlan {
    try release.check()
    let schema = try release.schemaForPlan()
    let view = try task.view(of: schema)
    _ = try promises(view)
    let rows = schema.publicRows
    return TrainingPlan(
      target: task.target, family: view.family, form: task.form,
      columns: view.features.map(\.name), leftOut: view.leftOut, epsilon: release.epsilon.value,
      delta: release.delta.value,
      rho: Account.budget(
        of: release, blueprint: try Blueprint(schema: view.schema), training: Self.trainingDelta
      ).rho.value,
      unit: schema.unit.name,
      method: rows.map {
        PredictionTraining.usesPairs(
          task.form, rows: Double($0), epsilon: release.epsilon.value) ? .pairs : .gradients
      },
      hazards: Hazard.of(release, schema: view.schema).map(\.explanation))
  }
}
