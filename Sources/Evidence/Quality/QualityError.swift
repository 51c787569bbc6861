/// A reason why two tables cannot be compared. Names columns and tables, never a value.
package enum QualityError: Error, Equatable, CustomStringConvertible {
  case missingColumns([String], table: String)
  case emptyTable(String)
  case unknownTarget(String)
  case nothingToCompare

  package var description: String {
    switch self {
    case .missingColumns(let names, let table):
      let list = names.map { "'\($0)'" }.joined(separator: ", ")
      return "The \(table) table lacks \(names.count == 1 ? "the column" : "the columns") \(list) of the original. "
        + "Compare tables with the same columns, or name those to leave out with --ignore."
    case .emptyTable(let table): return "The \(table) table has no rows, so there is nothing to compare."
    case .unknownTarget(let name):
      return "The target column '\(name)' is not among the compared columns. Check its spelling, and that it is not left out."
    case .nothingToCompare:
      return "No column is left to compare: all are identifiers or prose, or are left out."
    }
  }
}

extension QualityError {
  /// A stable name for programs that read errors.
  package var id: String {
    switch self {
    case .missingColumns: "quality.missing-columns"
    case .emptyTable: "quality.empty-table"
    case .unknownTarget: "quality.unknown-target"
    case .nothingToCompare: "quality.nothing-to-compare"
    }
  }
}
