import Quality
import Tables

/// All attacks that finished tables allow, and their results.
///
/// The same tables, options and seed give the same report on any number of cores. The report is for
/// the owner of the data: it is measured on the original and is not private.
package struct AttackSuite {
  package let options: AttackOptions

  package init(options: AttackOptions = AttackOptions()) { self.options = options }

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
    original: OwnerTable, synthetic: Table, control: OwnerTable? = nil, progress: (AttackProgress) throws -> Void = { _ in }
  ) throws -> AttackReport {
    try progress(AttackProgress(step: "Aligning the tables", fraction: 0))
    let tables = try AttackTables(
      original: original.ownersRows, synthetic: synthetic, control: control?.ownersRows, ignoring: options.ignoring)
    var run = AttackRun(tables: tables, options: options)
    for (place, step) in AttackRun.steps.enumerated() {
      try progress(AttackProgress(step: step.title, fraction: Double(place + 1) / Double(AttackRun.steps.count + 1)))
      step.work(&run)
    }
    try progress(AttackProgress(step: "Done", fraction: 1))
    return run.report
  }
}
