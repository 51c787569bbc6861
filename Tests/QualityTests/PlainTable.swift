import Foundation
import Tables

/// A throwaway reader for tests: unquoted comma-separated cells; a column is an integer column if
/// every cell is an integer, otherwise decimals or labels.
struct PlainTable {
  static let missingTokens: Set<String> = ["?", "", "NA", "NaN", "nan", "None", "<NA>"]

  var names: [String]
  /// `[columns][rows]`.
  var cells: [[String]]

  var rowCount: Int { cells.first?.count ?? 0 }

  init(names: [String], cells: [[String]]) {
    self.names = names
    self.cells = cells
  }

  init(contentsOf url: URL) throws {
    let lines = try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline)
    names = lines[0].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    cells = Array(repeating: [], count: names.count)
    for line in lines.dropFirst() {
      for (column, cell) in line.split(separator: ",", omittingEmptySubsequences: false)
        .enumerated()
      {
        cells[column].append(cell.trimmingCharacters(in: .whitespaces))
      }
    }
  }

  func selecting(_ rows: [Int]) -> PlainTable {
    PlainTable(names: names, cells: cells.map { column in rows.map { column[$0] } })
  }

  var table: Table {
    Table(columns: zip(names, cells).map { PlainTable.column(name: $0, cells: $1) })
  }

  static func column(name: String, cells: [String]) -> Column {
    let present = cells.filter { !missingTokens.contains($0) }
    if !present.isEmpty, present.allSatisfy({ Int64($0) != nil }) {
      let ticks = cells.map {
        missingTokens.contains($0) ? Cells.missingTick : Int64($0) ?? Cells.missingTick
      }
      return Column(name: name, type: .integer, cells: .ticks(ticks))
    }
    var dictionary = LabelDictionary()
    var known: [String: Int32] = [:]
    let codes = cells.map { cell -> Int32 in
      if missingTokens.contains(cell) { return Cells.missingCode }
      if let code = known[cell] { return code }
      let code = dictionary.append(cell)
      known[cell] = code
      return code
    }
    return Column(name: name, type: .category, cells: .labels(codes: codes, dictionary: dictionary))
  }
}
