import DelimitedText
import Foundation
import Tables

/// A table as text, to be altered as owners alter their files, written, and read again.
struct TextTable {
  var names: [String]
  /// By column. Empty if a cell is missing.
  var columns: [[String]]
  var delimiter: Character = ","

  var rowCount: Int { columns.first?.count ?? 0 }

  init(names: [String], columns: [[String]]) {
    self.names = names
    self.columns = columns
  }

  /// Reads every cell as written, whatever it is.
  init(reading url: URL) throws {
    let found = try TableReader.read(url)
    let told = found.table.columns.map {
      ColumnSchema(name: $0.name, type: .category, isNullable: true, header: $0.header)
    }
    let table = try TableReader.read(
      url, under: Schema(name: "told", format: found.format, columns: told)
    ).table
    names = table.columns.map(\.name)
    columns = table.columns.map { column in
      guard case .labels(let codes, let dictionary) = column.cells else {
        preconditionFailure("told to be labels")
      }
      let labels = dictionary.labels
      return codes.map { $0 == Cells.missingCode ? "" : labels[Int($0)] }
    }
  }

  /// Written, and read as the program reads a file without a schema.
  func read(in folder: TemporaryFolder) throws -> Tables.Table {
    let file = folder.file("\(UUID().uuidString).csv")
    defer { try? FileManager.default.removeItem(at: file) }
    var text = names.map(quoted).joined(separator: String(delimiter)) + "\n"
    for row in 0..<rowCount {
      text += columns.map { quoted($0[row]) }.joined(separator: String(delimiter)) + "\n"
    }
    try Data(text.utf8).write(to: file)
    return try TableReader.read(file).table
  }

  private func quoted(_ cell: String) -> String {
    guard cell.contains(where: { $0 == delimiter || $0 == "\"" || $0.isNewline }) else {
      return cell
    }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }

  func picking(_ rows: [Int]) -> TextTable {
    var table = self
    table.columns = columns.map { column in rows.map { column[$0] } }
    return table
  }

  /// Numeric columns with more than eight different values, the most varied first.
  var numberColumns: [Int] {
    let found = columns.indices.filter { index in
      let cells = columns[index].filter { !$0.isEmpty }
      return !cells.isEmpty && Set(cells.prefix(5000)).count > 8
        && cells.allSatisfy { Double($0) != nil && $0.first != "+" }
    }
    return mostVaried(found)
  }

  /// The most varied of the given columns first.
  func mostVaried(_ found: [Int]) -> [Int] {
    let counts = Dictionary(uniqueKeysWithValues: found.map { ($0, Set(columns[$0]).count) })
    return found.sorted { (counts[$1] ?? 0, $0) < (counts[$0] ?? 0, $1) }
  }

  /// Columns of dates, written as 2026-01-31, perhaps followed by a time.
  var dateColumns: [Int] {
    columns.indices.filter { index in
      let cells = columns[index].filter { !$0.isEmpty }.prefix(200)
      return !cells.isEmpty
        && cells.allSatisfy { $0.wholeMatch(of: /\d{4}-\d\d-\d\d([ T].*)?/) != nil }
    }
  }

  mutating func change(_ column: Int, _ change: (String) -> String) {
    columns[column] = columns[column].map { $0.isEmpty ? $0 : change($0) }
  }
}
