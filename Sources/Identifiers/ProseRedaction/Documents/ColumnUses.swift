import ColumnRoles
import Tables
import Words

/// The use of each column of a table, judged by some of its rows.
package struct ColumnUses: Sendable {
  package struct Column: Sendable {
    package let name: String
    package let role: ColumnRole
    package let use: TableWalk.ColumnUse
    package let confidence: Double
    /// The reason in words, without any cell's value.
    package let reason: String
  }

  package private(set) var columns: [Column]
  /// The sets of columns that single out most of the rows examined; empty if they were not
  /// requested.
  package let quasiIdentifierSets: [TableScan.SetFinding]
  /// The number of rows examined.
  package let rowsLookedAt: Int

  /// - Parameters:
  ///   - table: rows of the table, as typed columns.
  ///   - findsSets: whether to look for sets of columns that single people out.
  package init(_ table: OwnerTable, findsSets: Bool) {
    let table = table.ownersRows
    let advice = RoleAdvisor.advise(table: table)
    rowsLookedAt = table.rowCount
    quasiIdentifierSets =
      findsSets ? TableScan(table: table, advice: advice).quasiIdentifierSets : []
    columns = zip(table.columns, advice).map { column, advice in
      let use = Self.use(of: column, advice: advice)
      return Column(
        name: column.name, role: advice.role, use: use, confidence: advice.confidence,
        reason: advice.reason)
    }
  }

  /// Sets the use of a column as its owner states it.
  /// - Returns: whether the column exists.
  package mutating func set(_ name: String, to use: TableWalk.ColumnUse) -> Bool {
    guard let index = columns.firstIndex(where: { $0.name == name }) else { return false }
    let role: ColumnRole =
      switch use {
      case .prose: .prose
      case .plain: .ordinary
      case .identifier: .identifier(.other)
      }
    columns[index] = Column(name: name, role: role, use: use, confidence: 1, reason: "you said so")
    return true
  }

  private static func use(of column: Tables.Column, advice: ColumnAdvice) -> TableWalk.ColumnUse {
    if case .identifier = advice.role { return .identifier(advice.identifier ?? .other) }
    if advice.role == .prose { return .prose }
    switch column.type {
    case .date, .timestamp: return .identifier(.date)
    case .boolean, .decimal, .scientific: return .plain
    case .integer:
      // Only ages and postal codes; a number with another meaning is not an identifier.
      return advice.identifier == .age || advice.identifier == .postalCode
        ? .identifier(advice.identifier ?? .other) : .plain
    case .category, .identifier, .text:
      guard let type = advice.identifier, [.postalCode, .date, .age].contains(type) else {
        return .prose
      }
      return .identifier(type)
    }
  }
}
