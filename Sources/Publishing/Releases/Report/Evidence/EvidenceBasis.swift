import Attacks
import Basics
import Tables

/// What the lines of the evidence table rest on.
struct EvidenceBasis {
  let guarantee: ReportGuarantee
  let hazards: [Hazard]
  let columns: [ColumnTreatment]
  /// How many questions were put to the rows.
  let questions: Int
  let trial: Manifest.Trial?
  let gate: GateRecord?
  let review: SchemaReview?
  let learning: LearningCost?
  /// What was measured on the rows: nil in what travels.
  var figures: Figures?

  struct Figures {
    let attacks: AttackReport?
    let limits: AttackThresholds
    let verdict: GateVerdict?
  }

  init(_ manifest: Manifest, figures: Figures? = nil) {
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
