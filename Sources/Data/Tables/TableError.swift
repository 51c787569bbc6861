/// A fault of an input or output file that its owner can mend: what, where, what is allowed and how to mend it.
///
/// It never holds a cell's value. Column names come from the header line.
public struct TableError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file as the caller named it.
  public let file: String
  /// Where in the file; nil where the whole file is meant.
  public let place: Place?
  /// What is wrong, what is allowed and how to mend it.
  public let problem: Problem

  package init(file: String, place: Place? = nil, problem: Problem) {
    self.file = file
    self.place = place
    self.problem = problem
  }

  /// A place in a file. Data rows count from 1 after the header; lines count from 1 with it.
  public struct Place: Sendable, Equatable {
    /// Nil in the header line.
    public let row: Int?
    /// Counts from 1, the header line included.
    public let line: Int
    /// The column's name, or `column 3` where it has none.
    public let column: String?

    package init(row: Int?, line: Int, column: String? = nil) {
      self.row = row
      self.line = line
      self.column = column
    }
  }

  public var description: String {
    var text = file
    if let place {
      text += place.row.map { ", row \($0) (line \(place.line))" } ?? ", header (line \(place.line))"
      if let column = place.column { text += ", column '\(column)'" }
    }
    return text + ": " + problem.description
  }
}
