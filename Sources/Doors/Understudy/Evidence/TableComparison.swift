import ColumnRoles
import Curation
import DelimitedText
import Foundation
import Quality
import Tables

/// Compares a synthetic table, made by any tool, with its original, for the owner of the data.
package struct TableComparison {
  package var original: URL
  package var synthetic: URL
  /// Rows of the original that the synthetic table was not made from.
  package var holdout: URL?
  /// The schema of the original; nil to judge columns by their appearance.
  package var schema: Schema?
  /// A column to predict.
  package var target: String?
  /// Columns within whose values the target is judged; at most three.
  package var groupColumns: [String] = []
  /// Columns to leave out, beside identifiers and prose.
  package var ignoring: [String] = []
  /// The original's name, as its owner knows it.
  package var originalName: String
  /// The remedy if a column of ``ignoring`` does not exist, in the words of the door.
  package var remedyOfUnknownColumn = "Name a column of the original."

  package init(original: URL, synthetic: URL) {
    (self.original, self.synthetic) = (original, synthetic)
    originalName = original.lastPathComponent
  }

  /// Reads the tables and compares them. The figures are measured on the original and are not
  /// private.
  /// - Parameter check: Called between the steps; an error that it throws ends the work.
  /// - Throws: the errors of tables; ``QualityError``; ``UnderstudyError`` for an unknown column.
  package func run(check: () throws -> Void = {}) throws -> QualityReport {
    let table = try read(original)
    for name in ignoring where table.ownersRows.column(named: name) == nil {
      throw UnderstudyError(
        "\(originalName): there is no column '\(name)'.", remedy: remedyOfUnknownColumn)
    }
    try check()
    let (release, others) = (
      try read(synthetic, columns: .anyDescribed).ownersRows, try holdout.map { try read($0) }
    )
    try check()
    return try QualityReport.measure(
      original: table, synthetic: release, holdout: others,
      options: QualityOptions(
        target: target, groupColumns: groupColumns,
        ignoring: notModelled(in: table).union(ignoring),
        cutsDatesAsNumbers: true))
  }

  /// - Parameter columns: a release lacks the columns that were dropped.
  private func read(_ file: URL, columns: SchemaColumns = .allAndNoOthers) throws -> OwnerTable {
    try SensitiveTable.read(file, schema: schema, columns: columns).openForOwner(
      reason: .ownerReport)
  }

  /// Returns identifiers and prose, which a release fills with fakes: by the schema, or else by
  /// their appearance.
  private func notModelled(in table: OwnerTable) -> Set<String> {
    let roles =
      schema?.columns.map { ($0.name, $0.role) }
      ?? RoleAdvisor.advise(table: table.ownersRows).map { ($0.column, $0.role) }
    return Set(roles.filter { !$0.1.isModelled && $0.0 != target }.map(\.0))
  }
}
