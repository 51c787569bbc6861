import Quality
import Tables

/// All attacks that finished tables allow, and their results.
///
/// The same tables, options and seed give the same report on any number of cores. The report is for
/// the owner of the data: it is measured on the original and is not private.
package struct AttackSuite {
  /// Every attack, in the order in which they are made. A new one is added here and nowhere else.
  package static let attacks: [any Attack] = [
    CopyAttack(),
    SinglingOutAttack(),
    LinkabilityAttack(),
    InferenceAttack(),
    MembershipAttack(),
  ]

  package let options: AttackOptions
  private let attacks: [any Attack]

  package init(options: AttackOptions = AttackOptions(), attacks: [any Attack] = Self.attacks) {
    (self.options, self.attacks) = (options, attacks)
  }

  /// Attacks `synthetic`.
  ///
  /// - Parameters:
  ///   - original: the table from which the release was made.
  ///   - control: people of the same population who are not in the original. Without them, most
  ///     attacks cannot tell knowledge about everyone from leaks about the release's own people;
  ///     the report says so.
  ///   - progress: called at each step; an error that it throws ends the work.
  /// - Throws: ``AttackError`` if a table has no rows, or if fewer than half of the original's
  ///   columns are in all tables.
  package func run(
    original: OwnerTable, synthetic: Table, control: OwnerTable? = nil,
    progress: (AttackProgress) throws -> Void = { _ in }
  ) throws -> AttackReport {
    try progress(AttackProgress(step: "Aligning the tables", fraction: 0))
    let tables = try AttackTables(
      original: original.ownersRows, synthetic: synthetic, control: control?.ownersRows,
      ignoring: options.ignoring)
    var run = AttackRun(tables: tables, options: options)
    let steps = AttackRun.steps(attacks)
    for (place, step) in steps.enumerated() {
      try progress(
        AttackProgress(step: step.title, fraction: Double(place + 1) / Double(steps.count + 1)))
      step.work(&run)
    }
    try progress(AttackProgress(step: "Done", fraction: 1))
    return run.report
  }
}

/// Options for what to try, and how often.
package struct AttackOptions: Sendable {
  /// Queries of each singling-out attack, and columns in each multivariate query.
  package var queries = 10_000
  package var columnsPerQuery = 4
  /// The largest number of targets, from the original and from the control, for attacks by nearest
  /// neighbours. Copies are always looked for in the whole tables.
  package var targets = 10_000
  /// Synthetic rows that each half of a person is linked to.
  package var neighbours = 10
  /// The highest risk allowed. The worst is looked for among the inferences that the people at hand
  /// suffice to judge by it.
  package var limit = AttackThresholds().highestRisk
  /// Columns that no attack uses: identifiers and prose, which a release fills with fakes.
  package var ignoring: Set<String> = []
  /// The seed of the draws of queries and targets, and of nothing else.
  package var seed: UInt64 = 1

  package init() {}
}

/// The progress of the attacks.
package struct AttackProgress: Sendable, Equatable {
  /// The current step, in words.
  package let step: String
  /// The share of the attacks done, 0 to 1.
  package let fraction: Double
}
