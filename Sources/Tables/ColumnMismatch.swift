/// How one column of a file differs from what its schema says.
public struct ColumnMismatch: Sendable, Equatable {
  /// The column's name.
  public let column: String
  /// The first data row, from 1, that does not fit; nil where the column itself is not in the file.
  public let firstRow: Int?
  /// How many cells do not fit; 0 where the column itself is not in the file.
  public let cellCount: Int
  /// What the schema allows, in words.
  public let allowed: String
  /// The file's column that may be meant, where the column is not in the file.
  public let nearest: String?

  package init(column: String, firstRow: Int?, cellCount: Int, allowed: String, nearest: String? = nil) {
    self.column = column
    self.firstRow = firstRow
    self.cellCount = cellCount
    self.allowed = allowed
    self.nearest = nearest
  }
}

extension TableError {
  static func describe(_ mismatches: [ColumnMismatch]) -> String {
    let lines = mismatches.map { mismatch in
      guard let firstRow = mismatch.firstRow else {
        return "  column '\(mismatch.column)' is not in the file" + (mismatch.nearest.map { "; did you mean '\($0)'?" } ?? "")
      }
      let cells = mismatch.cellCount == 1 ? "1 cell is" : "\(mismatch.cellCount) cells are"
      return "  column '\(mismatch.column)': \(cells) not \(mismatch.allowed), first in row \(firstRow)"
    }
    return "the table does not fit its schema. Correct the schema or the cells:\n" + lines.joined(separator: "\n")
  }
}

extension ColumnType {
  /// What a cell of this type may be, in words for a person.
  package var allowedInWords: String {
    switch self {
    case .integer: "a whole number"
    case .decimal(let digits): "a number with at most \(digits) \(digits == 1 ? "digit" : "digits") behind the point"
    case .boolean(let labels): "'\(labels.whenFalse)' or '\(labels.whenTrue)'"
    case .date(let format): "a date written \(format.pattern)"
    case .timestamp(let format): "a time written \(format.pattern)"
    case .category, .identifier, .text: "text"
    }
  }
}
