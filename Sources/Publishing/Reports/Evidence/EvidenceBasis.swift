import Attacks
import Basics
import Manifests
import Policies
import Tables

/// The facts behind the lines of the evidence table.
package struct EvidenceBasis {
  let guarantee: ReportGuarantee
  let hazards: [Hazard]
  let columns: [ColumnTreatment]
  /// Questions put to the rows.
  let questions: Int
  let trial: Manifest.Trial?
  let gate: GateRecord?
  let review: SchemaReview?
  let learning: LearningCost?
  /// The measurements on the rows; nil in anything that travels.
  var figures: Figures?

  package struct Figures {
    let attacks: AttackReport?
    let limits: AttackThresholds
    let verdict: GateVerdict?

    package init(attacks: AttackReport?, limits: AttackThresholds, verdict: GateVerdict?) {
      (self.attacks, self.limits, self.verdict) = (attacks, limits, verdict)
    }
  }

  package init(_ manifest: Manifest, figures: Figures? = nil) {
    guarantee = ReportGuarantee(manifest)
    hazards = manifest.hazards
    columns = manifest.columns
    questions = manifest.events.count
    trial = manifest.trial
    gate = manifest.gate
    review = manifest.schema.reviewed
    learning = manifest.schema.learned
    self.figures = figures
  }

  var epsilon: String { "ε = \(NumberText.parameter(guarantee.epsilon))" }
  var oddsFactor: String { NumberText.factor(guarantee.oddsFactor) }
}
