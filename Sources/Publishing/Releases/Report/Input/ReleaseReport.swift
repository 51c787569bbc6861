import Quality
import Tables

/// Everything that `report.html` says. It travels with the release: only what is public, or was paid for, may be put here.
package struct ReleaseReport: Codable, Sendable, Equatable {
  /// What the table is called.
  package var title: String
  /// For instance `understudy 0.1.0`.
  package var software: String
  /// The day of the release, as it is to be read: `2026-11-23`.
  package var date: String
  package var guarantee: ReportGuarantee
  package var rows: Int
  /// What the officer accepts by accepting this release, most serious first.
  package var hazards: [ReportHazard]
  /// What the budget went to, in the order of spending.
  package var budget: [BudgetShare]
  package var events: [BudgetEvent]
  package var columns: [ColumnTreatment]
  /// What the synthetic table itself shows.
  package var distributions: [ColumnDistribution]
  package var associations: AssociationMatrix?
  package var cliques: [SelectedClique]
  package var expectedError: ExpectedError?
  /// What a count that was measured is off by, as a standard deviation in rows.
  package var sigma: Double?
  /// How it was attacked, and under which policy it was published: nothing that came from the rows.
  package var trial: Manifest.Trial?
  package var gate: GateRecord?
  /// Who answers for what the schema says; nil where nobody signed.
  package var review: SchemaReview?
  /// What the schema's facts cost beforehand; nil where none was learned so.
  package var learning: LearningCost?
  /// With earlier attempts that were not published.
  package var attempts: Manifest.Attempts?
  package var evidence: [EvidenceLine]
  /// A command that draws more rows, and one that checks the release.
  package var sampleCommand: String?
  package var verifyCommand: String?
  /// Other files of the release and what each is for.
  package var files: [ReleaseFile]

  package init(
    title: String, software: String, date: String, guarantee: ReportGuarantee, rows: Int, hazards: [ReportHazard] = [],
    budget: [BudgetShare] = [], events: [BudgetEvent] = [], columns: [ColumnTreatment] = [], distributions: [ColumnDistribution] = [],
    associations: AssociationMatrix? = nil, cliques: [SelectedClique] = [], expectedError: ExpectedError? = nil,
    sigma: Double? = nil, trial: Manifest.Trial? = nil, gate: GateRecord? = nil, review: SchemaReview? = nil,
    learning: LearningCost? = nil, attempts: Manifest.Attempts? = nil, evidence: [EvidenceLine] = [],
    sampleCommand: String? = nil, verifyCommand: String? = nil, files: [ReleaseFile] = []
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
