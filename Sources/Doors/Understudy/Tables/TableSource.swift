import Foundation
import Tables

/// The source of a table.
public enum TableSource: Sendable, Codable {
  /// A delimited text file; one whose name ends in `.gz` is decompressed on the way.
  case file(URL)
  /// Rows that the program holds, under a name by which the ledger will list the table.
  ///
  /// They are read like a file of the same cells. For the time of the work they lie in a file that
  /// only this user can open. Encoding the source encodes the rows.
  case rows(name: String, columns: [TableColumn])
}

/// The facts about a table that its owner states. A request without a schema has them inferred from
/// the rows, which every release names as a hazard.
public enum TableSchema: Sendable, Codable {
  /// A schema file, such as ``Inspection/schema`` written to disk, read and corrected.
  case file(URL)
  /// The text of such a file.
  case text(String)
}

/// A column of a table in memory. Its description names it and never shows a cell.
public struct TableColumn: Sendable, Codable, CustomStringConvertible {
  /// The name, different from those of the other columns.
  public let name: String
  /// The cells as a file would have them; nil for a missing one.
  package let cells: [String?]

  /// Creates a column of texts, numbers or truth values; nil is a missing cell, and so is a number
  /// that is not finite.
  public init<Value: LosslessStringConvertible & Sendable>(_ name: String, _ values: [Value?]) {
    self.name = name
    cells = values.map { value in
      guard let number = value as? Double else { return value.map { $0.description } }
      return number.isFinite ? number.cellText : nil
    }
  }

  /// The name and the number of cells.
  public var description: String { "column '\(name)' of \(Numbers.count(cells.count, "cell"))" }
}
