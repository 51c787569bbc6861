import DelimitedText
import Foundation
import Tables

extension SensitiveTable {
  /// Reads every cell as written, as a category. No column is judged by its rows, and nothing is
  /// missing except, in the person column, people whom the `unit` cannot name.
  ///
  /// `format` must say how the file is written: the names of columns come from its first line,
  /// which reveals nobody.
  /// - Returns: the table, and a schema of it without a single fact from the rows.
  /// - Throws: ``TableError`` if the file is not a table or the person column is not there.
  package static func readCells(_ url: URL, format: TableFormat, unit: PrivacyUnit) throws -> CellTable {
    var options = ReadOptions(delimiter: format.delimiter, hasHeader: format.hasHeader)
    // If it were detected, it would depend on rows.
    options.skippedLines = format.skippedLines
    let header = try CellReader(url, options: options)
    let columns = zip(header.names, header.headers).map { name, header in
      ColumnSchema(name: name, type: .category, header: format.hasHeader && header != name ? header : nil)
    }
    var schema = Schema(name: "table", format: format, unit: unit, columns: columns)
    // No cell is missing while it is read: which words stand for that is a question to be paid for.
    schema.format.missingTokens = []
    let read = try TableReader.read(url, under: schema)
    try checkCounts(rows: read.table.rowCount)
    schema.format = format
    var table = read.table
    if case .person(let name, _) = unit { table = Table(columns: table.columns.map { $0.name == name ? $0.withoutNobody(format) : $0 }) }
    return CellTable(table: SensitiveTable(table: table, format: format), schema: schema)
  }
}

/// A table of cells as written, and its public schema.
package struct CellTable: ~Copyable {
  package let table: SensitiveTable
  package let schema: Schema

  /// Hands over the table, once.
  package consuming func consumeTable() -> SensitiveTable { table }
}

extension Column {
  /// Returns the column with the words for "missing" as missing cells.
  fileprivate func withoutNobody(_ format: TableFormat) -> Column {
    guard case .labels(let codes, let dictionary) = cells else { return self }
    let sorter = CellSorter(missingTokens: format.missingTokens)
    let isNobody = (0..<dictionary.count).map { dictionary.withUTF8($0) { sorter.isMissing($0) } }
    let cells = Cells.labels(
      codes: codes.map { $0 == Cells.missingCode || isNobody[Int($0)] ? Cells.missingCode : $0 }, dictionary: dictionary)
    return replacing(cells: cells)
  }
}
