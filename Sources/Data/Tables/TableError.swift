/// A fault of an input or output file that its owner can mend: the problem, its place, the allowed
/// values and the remedy.
///
/// It never holds a cell's value. Column names come from the header line.
package struct TableError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file as the caller named it.
  package let file: String
  /// The place in the file; nil if the whole file is meant.
  package let place: Place?
  /// The problem, the allowed values and the remedy.
  package let problem: Problem

  package init(file: String, place: Place? = nil, problem: Problem) {
    self.file = file
    self.place = place
    self.problem = problem
  }

  /// A place in a file. Data rows count from 1 after the header; lines count from 1 including it.
  package struct Place: Sendable, Equatable {
    /// The data row; nil in the header line.
    package let row: Int?
    /// The line, counted from 1 including the header line.
    package let line: Int
    /// The column's name, or `column 3` if it has none.
    package let column: String?

    package init(row: Int?, line: Int, column: String? = nil) {
      self.row = row
      self.line = line
      self.column = column
    }
  }

  package var description: String {
    var text = file
    if let place {
      text +=
        place.row.map { ", row \($0) (line \(place.line))" } ?? ", header (line \(place.line))"
      if let column = place.column { text += ", column '\(column)'" }
    }
    return text + ": " + problem.description
  }
}
