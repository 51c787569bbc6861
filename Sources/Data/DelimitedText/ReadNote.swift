/// A choice made while reading that the owner of the table may want to overrule.
package enum ReadNote: Sendable, Equatable, CustomStringConvertible {
  /// No cell decides between day first and month first.
  case ambiguousDayAndMonth(column: String, readAs: String, because: String)
  /// Cells that are not of the column's type count as missing.
  case oddCells(column: String, count: Int, firstRow: Int, type: String)
  /// Words among a column's values are values of their own.
  case codeWords(column: String, count: Int)
  /// Years of two digits were given a century.
  case twoDigitYears(column: String)
  /// Times with changing offsets from UTC are written as UTC.
  case offsetsBecomeUTC(column: String)
  /// Some cells had more digits than can be kept exactly.
  case roundedDecimals(column: String, fractionDigits: Int)
  /// All cells look like numbers with a decimal comma.
  case decimalCommas(column: String)
  /// Numbers were read with a decimal comma.
  case decimalCommaRead
  /// Empty lines were skipped.
  case blankLines(count: Int)
  /// The first line was taken for data, so columns are named by their position.
  case noHeader
  /// Columns, counted from 1, with an empty name in the header.
  case unnamedColumns(positions: [Int])
  /// Columns, counted from 1, whose name occurs twice in the header.
  case repeatedNames(positions: [Int])
  /// The first line names the separator of cells, and was skipped.
  case separatorLine
  /// Lines that begin with # or // were skipped.
  case commentLines(count: Int)
  /// Lines before the names, such as a title, were skipped.
  case titleLines(count: Int)
  /// The first line may hold names or the first row; it was taken for names.
  case headerInDoubt
  /// The second line holds words above numbers, such as units.
  case secondLineIsWords
  /// A line below the first, counted among the rows, holds the names again.
  case namesAgain(row: Int)
  /// The last row looks like a total.
  case totalRow
  /// Only one column was found, though a character occurs equally often in every line.
  case oneColumn(character: Character)

  /// Whether the choice is in doubt, so that the owner must say how the file begins or ends before
  /// a release rests on it.
  package var isDoubt: Bool {
    switch self {
    case .titleLines, .headerInDoubt, .secondLineIsWords, .namesAgain, .totalRow, .oneColumn: true
    default: false
    }
  }

  package var description: String {
    switch self {
    case .ambiguousDayAndMonth(let column, let pattern, let reason):
      "column '\(column)': day and month cannot be told apart; read as \(pattern) because \(reason)."
    case .oddCells(let column, let count, let row, let type):
      "column '\(column)': \(count) \(count == 1 ? "cell" : "cells") cannot be read as \(type), the first in row \(row), and "
        + "\(count == 1 ? "counts" : "count") as missing. A word that means something can be listed as `codes` of the column in the schema."
    case .codeWords(let column, let count):
      "column '\(column)': \(count == 1 ? "1 word stands" : "\(count) words stand") among the values and "
        + (count == 1 ? "is kept as a value of its own" : "are kept as values of their own")
        + "; see `codes` in the schema. A word that means missing belongs to `format: {missing: [...]}`."
    case .twoDigitYears(let column):
      "column '\(column)': years of two digits are read as 1969 to 2068. If that is wrong, write the years with four digits."
    case .offsetsBecomeUTC(let column):
      "column '\(column)': times with different offsets are kept as instants, and a release writes them in UTC."
    case .roundedDecimals(let column, let digits):
      "column '\(column)': some numbers have more digits than can be kept; rounded to \(digits) behind the point."
    case .decimalCommas(let column):
      "column '\(column)': numbers with a decimal comma are read as text. If the comma stands before decimals, say "
        + "`format: {decimal: comma}` in the schema, or --decimal comma."
    case .decimalCommaRead:
      "numbers are written with a decimal comma, as in 1,5, and were read so. If the comma means something else, say "
        + "`format: {decimal: point}` in the schema."
    case .blankLines(let count): "\(count) blank \(count == 1 ? "line was" : "lines were") skipped."
    case .noHeader: "the first line looks like data, so the columns are named by their position."
    case .unnamedColumns(let positions):
      "\(positions.count == 1 ? "column" : "columns") \(positions.map(String.init).joined(separator: ", ")) "
        + "\(positions.count == 1 ? "has" : "have") no name in the header."
    case .repeatedNames(let positions):
      "\(positions.count == 1 ? "column" : "columns") \(positions.map(String.init).joined(separator: ", ")) "
        + "\(positions.count == 1 ? "has" : "have") a name that stands in the header already, and "
        + "\(positions.count == 1 ? "is" : "are") told apart by a number."
    case .separatorLine: "the first line, `sep=`, says what separates the cells, and is no row."
    case .commentLines(let count):
      "\(count == 1 ? "the first line is a comment" : "the first \(count) lines are comments") (# or //), and "
        + "\(count == 1 ? "was" : "were") skipped."
    case .titleLines(let count):
      "the first \(count == 1 ? "line looks" : "\(count) lines look") like a title above the header, and "
        + "\(count == 1 ? "was" : "were") skipped. If so, say `format: {header: yes, skip: \(count)}` in the schema, else `skip: 0`."
    case .headerInDoubt:
      "the first line may hold names or the first row, since some of its cells look like those below; it was taken for names. Say "
        + "`format: {header: yes}` or `format: {header: no}` in the schema."
    case .secondLineIsWords:
      "line 2 holds words where all lines below have numbers: units, or names again. It counts as a row; take it out of the file."
    case .namesAgain(let row):
      "row \(row) holds the names of the columns again, as in files that were joined. It counts as a row, and there may be more: "
        + "take them out of the file."
    case .totalRow:
      "the last row looks like a total. It counts as a row, and its sums as values; take it out of the file."
    case .oneColumn(let character):
      "only one column was found, but each line has as many \"\(character == "\u{1}" ? "\\u0001" : String(character))\": if that separates "
        + "the cells, say so with --delimiter."
    }
  }
}
