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
  ///   - scanner: finds names in the cells.
  /// - Throws: ``ProseError`` if the cells cannot be scanned.
  package init(_ table: OwnerTable, findsSets: Bool, scanner: ProseScanner) throws {
    let table = table.ownersRows
    let advice = RoleAdvisor.advise(table: table)
    rowsLookedAt = table.rowCount
    quasiIdentifierSets =
      findsSets ? TableScan(table: table, advice: advice).quasiIdentifierSets : []
    columns = try zip(table.columns, advice).map { column, advice in
      let use = Self.use(of: column, advice: advice)
      if use == .prose, advice.role != .prose, try Self.holdsNames(column, scanner) {
        return Column(
          name: column.name, role: .identifier(.personName), use: .identifier(.person),
          confidence: 0.8, reason: "many of its cells are the name of a person and nothing else")
      }
      return Column(
        name: column.name, role: advice.role, use: use, confidence: advice.confidence,
        reason: advice.reason)
    }
  }

  /// Whether a column holds a name in each cell, although few people recur in many rows, such as
  /// physicians: a name is then known by its company, also if no list has it.
  private static func holdsNames(_ column: Tables.Column, _ scanner: ProseScanner) throws -> Bool {
    guard case .labels = column.cells else { return false }
    let texts = KeyTally(column.cells).keys.prefix(mostTexts).map { column.text(ofKey: $0) }
    let shaped = texts.count { NameShape.matches($0) && $0.contains(" ") }
    guard !texts.isEmpty, Double(shaped) >= leastShaped * Double(texts.count) else { return false }
    let names = try texts.count { text in
      let spans = try scanner.spans(in: Array(text.utf8))
      return spans.count == 1 && spans[0].type == .person
        && spans[0].range == 0..<text.utf8.count
    }
    return Double(names) >= leastNames * Double(texts.count)
  }

  private static let mostTexts = 500
  /// The share of texts that must have the shape of a given name and a surname, and of those that
  /// the detectors must know to be one.
  private static let (leastShaped, leastNames) = (0.8, 0.3)

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
