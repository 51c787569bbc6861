import Basics
import Quality
import Tables

/// The three tables of an attack, column by column, in common values.
package struct AttackTables: Sendable {
  /// The table that a row belongs to.
  package enum Side: CaseIterable, Sendable {
    case original
    case synthetic
    case control
  }

  package let columns: [AlignedColumn]
  package let originalRows: Int
  package let syntheticRows: Int
  /// Rows of the control; 0 if there is none.
  package let controlRows: Int
  /// Columns of the original that another table lacks.
  let lacking: [String]
  /// Columns left out as identifiers or prose.
  let ignored: [String]
  /// Columns that are numbers in the original and text in the release, or the reverse.
  let mistyped: [String]
  /// Columns whose numbers have other signs around their digits in the release.
  let otherwiseWritten: [String]

  package init(original: Table, synthetic: Table, control: Table?, ignoring: Set<String>)
    throws(AttackError)
  {
    for (name, table) in [("original", original), ("synthetic", synthetic)]
    where table.rowCount == 0 { throw .emptyTable(name) }
    // An empty control says nothing about anyone, so it counts as none.
    let control = control.flatMap { $0.rowCount > 0 ? $0 : nil }
    var used: [(Column, Column, Column?)] = []
    var lacking: [String] = []
    var ignored: [String] = []
    for column in original.columns {
      if ignoring.contains(column.name) || column.type == .identifier || column.type == .text {
        ignored.append(column.name)
        continue
      }
      guard let other = synthetic.column(named: column.name),
        control == nil || control?.column(named: column.name) != nil
      else {
        lacking.append(column.name)
        continue
      }
      used.append((column, other, control?.column(named: column.name)))
    }
    guard !used.isEmpty else { throw .nothingInCommon }
    guard used.count * 2 >= used.count + lacking.count else {
      throw .tooLittleInCommon(common: used.count, of: used.count + lacking.count, lacking: lacking)
    }
    let pairs = used
    columns = Concurrently.map(pairs.count) {
      AlignedColumn(original: pairs[$0].0, synthetic: pairs[$0].1, holdout: pairs[$0].2)
    }
    (originalRows, syntheticRows, controlRows) = (
      original.rowCount, synthetic.rowCount, control?.rowCount ?? 0
    )
    (self.lacking, self.ignored) = (lacking, ignored)
    mistyped = zip(used, columns).filter { $1.isMistyped(original: $0.0, synthetic: $0.1) }.map(
      \.1.name)
    otherwiseWritten = used.filter {
      $0.0.type.isOrdered && $0.1.type.isOrdered && $0.0.numberFormat != $0.1.numberFormat
    }.map(\.0.name)
  }

  package var hasControl: Bool { controlRows > 0 }

  package func rows(of side: Side) -> Int {
    switch side {
    case .original: originalRows
    case .synthetic: syntheticRows
    case .control: controlRows
    }
  }

  package func values(_ column: Int, of side: Side) -> ColumnValues {
    let column = columns[column]
    return switch side {
    case .original: column.original
    case .synthetic: column.synthetic
    case .control: column.holdout ?? (column.isNumeric ? .numbers([]) : .labels([]))
    }
  }
}
