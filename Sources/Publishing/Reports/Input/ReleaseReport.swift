import Manifests
import Policies
import Quality
import Tables

/// The content of `report.html`. It travels with the release: only facts that are public or were
/// paid for may be put here.
package struct ReleaseReport: Codable, Sendable, Equatable {
  /// The table's name.
  package var title: String
  /// For instance `understudy 0.1.0`.
  package var software: String
  /// The day of the release, as it is shown: `2026-11-23`.
  package var date: String
  package var guarantee: ReportGuarantee
  package var rows: Int
  /// The hazards that the officer accepts with this release, most serious first.
  package var hazards: [ReportHazard]
  /// The use of the budget, in the order of spending.
  package var budget: [BudgetShare]
  package var events: [BudgetEvent]
  package var columns: [ColumnTreatment]
  /// The picture that the synthetic table itself gives.
  package var distributions: [ColumnDistribution]
  package var associations: AssociationMatrix?
  package var cliques: [SelectedClique]
  package var expectedError: ExpectedError?
  /// For what it is good, by the expected error; nil in older reports.
  package var fitness: Fitness?
  /// The facts that the owner declared as public; nil in older reports.
  package var declared: [DeclaredFacts]?
  /// The error of a measured count, as a standard deviation in rows.
  package var sigma: Double?
  /// The attacks on the release, and the policy under which it was published. None of it came from
  /// the rows.
  package var trial: Manifest.Trial?
  package var gate: GateRecord?
  /// The person who answers for the schema; nil if nobody signed.
  package var review: SchemaReview?
  /// The earlier cost of learning the schema's facts; nil if none was learned this way.
  package var learning: LearningCost?
  /// The attempts, with earlier ones that were not published.
  package var attempts: Manifest.Attempts?
  package var evidence: [EvidenceLine]
  /// A command that draws more rows, and one that checks the release.
  package var sampleCommand: String?
  package var verifyCommand: String?
  /// Other files of the release, and the purpose of each.
  package var files: [ReleaseFile]

  package init(
    title: String, software: String, date: String, guarantee: ReportGuarantee, rows: Int,
    hazards: [ReportHazard] = [],
    budget: [BudgetShare] = [], events: [BudgetEvent] = [], columns: [ColumnTreatment] = [],
    distributions: [ColumnDistribution] = [],
    associations: AssociationMatrix? = nil, cliques: [SelectedClique] = [],
    expectedError: ExpectedError? = nil,
    sigma: Double? = nil, trial: Manifest.Trial? = nil, gate: GateRecord? = nil,
    review: SchemaReview? = nil,
    learning: LearningCost? = nil, attempts: Manifest.Attempts? = nil,
    evidence: [EvidenceLine] = [],
    sampleCommand: String? = nil, verifyCommand: String? = nil, files: [ReleaseFile] = [],
    fitness: Fitness? = nil, declared: [DeclaredFacts]? = nil
  ) {
    self.title = title
    self.software = software
    self.date = date
    self.guarantee = guarantee
    self.rows = rows
    self.hazards = hazards
    self.budget = budget
    self.events = events
    self.columns = columns
    self.distributions = distributions
    self.associations = associations
    self.cliques = cliques
    self.expectedError = expectedError
    self.fitness = fitness
    self.declared = declared
    self.sigma = sigma
    self.trial = trial
    self.gate = gate
    self.review = review
    self.learning = learning
    self.attempts = attempts
    self.evidence = evidence
    self.sampleCommand = sampleCommand
    self.verifyCommand = verifyCommand
    self.files = files
  }
}
