import Attacks
import ColumnRoles
import Curation
import DelimitedText
import Foundation
import Tables

/// Attacks a synthetic table, made by any tool, for the owner of its original.
package struct TableAttack {
  package var original: URL
  package var synthetic: URL
  /// People of the same kind who were not in the original.
  package var control: URL?
  /// The schema of the original; nil to judge columns by their appearance.
  package var schema: Schema?
  /// Columns to leave out, beside identifiers and prose.
  package var ignoring: [String] = []
  package var options = AttackOptions()
  /// The columns of a sparse table, which is attacked by who knows some of a person's rows; nil for
  /// a table with a row for each person.
  package var layout: SparseTable.Layout?
  package var linkage = LinkageOptions()
  /// The form of the files, as far as it should not be detected.
  package var reading = ReadOptions()

  package init(original: URL, synthetic: URL) {
    (self.original, self.synthetic) = (original, synthetic)
  }

  /// Reads the tables and tries the attacks. The figures are measured on the original and are not
  /// private.
  /// - Parameter progress: An error that it throws ends the attacks.
  /// - Throws: the errors of tables; ``AttackError``.
  package func run(progress: (AttackProgress) throws -> Void = { _ in }) throws -> AttackReport {
    let table = try open(original, schema)
    let (release, others) = (
      try open(synthetic, nil).ownersRows, try control.map { try open($0, nil) }
    )
    if let layout {
      return try LinkageAttack(options: linkage).run(
        original: table, synthetic: release, control: others, layout: layout)
    }
    var options = options
    options.ignoring = try ignored(in: table)
    return try AttackSuite(options: options).run(
      original: table, synthetic: release, control: others, progress: progress)
  }

  private func open(_ file: URL, _ schema: Schema?) throws -> OwnerTable {
    try SensitiveTable.read(file, schema: schema, options: reading).openForOwner(
      reason: .ownerReport)
  }

  /// Returns identifiers and prose, which a release fills with fakes (by the schema, or else by
  /// their appearance), and the columns that the user names.
  private func ignored(in table: OwnerTable) throws -> Set<String> {
    let table = table.ownersRows
    let unknown = ignoring.filter { table.column(named: $0) == nil }
    guard unknown.isEmpty else { throw AttackError.missingColumns(unknown, table: "original") }
    let roles =
      schema?.columns.map { ($0.name, $0.role) }
      ?? RoleAdvisor.advise(table: table).map { ($0.column, $0.role) }
    return Set(roles.filter { !$0.1.isModelled }.map(\.0)).union(ignoring)
  }
}
