import CountedTables
import DelimitedText
import Foundation
import Mechanisms
import Tables

/// A table of people. It cannot be copied, and no code outside this module can read a row of it:
/// the ``Curator`` consumes it.
package struct SensitiveTable: ~Copyable {
  /// Internal on purpose: this is the wall.
  let table: Table
  /// The rows, if they stay in their database; ``table`` then has none.
  let counted: (any CountedRows)?
  /// The format of the file.
  package let format: TableFormat
  /// The reader's decisions, such as the order of day and month. They name columns, never values.
  package let notes: [ReadNote]
  /// How often cells depart from the schema, by column, for the owner.
  package let departures: [String: ColumnDeparture]

  /// Reads a delimited file.
  /// - Parameters:
  ///   - schema: says how to read every cell by itself. If nil, it is inferred from the rows, as
  ///     far as `options` leave it open.
  ///   - columns: the columns the file may have beside the schema.
  /// - Throws: ``TableError``, naming file, row and column, never a value;
  ///   ``MechanismError/tooManyRows(maximum:)``.
  package static func read(
    _ url: URL, schema: Schema? = nil, columns: SchemaColumns = .allAndNoOthers,
    options: ReadOptions = ReadOptions()
  ) throws -> SensitiveTable {
    let read =
      if let schema { try TableReader.read(url, under: schema, columns: columns) } else {
        try TableReader.read(url, options: options)
      }
    try checkCounts(rows: read.table.rowCount)
    return SensitiveTable(read)
  }

  /// The largest number of rows: counts are kept in 32 bits.
  package static let mostRows = Int(Int32.max)

  package static func checkCounts(rows: Int) throws {
    guard rows <= mostRows else { throw MechanismError.tooManyRows(maximum: mostRows) }
  }

  package init(_ read: ReadTable) {
    table = read.table
    counted = nil
    format = read.format
    notes = read.notes
    departures = read.departures
  }

  /// Wraps a table that a program made itself.
  package init(table: Table, format: TableFormat = TableFormat()) {
    self.table = table
    counted = nil
    self.format = format
    notes = []
    departures = [:]
  }

  /// Wraps rows that stay in their database. They can be asked about by a curator and seen by
  /// nobody; each row is a unit.
  /// - Throws: ``MechanismError/tooManyRows(maximum:)``.
  package init(counted rows: any CountedRows, format: TableFormat) throws {
    try Self.checkCounts(rows: rows.rowCount)
    table = Table(columns: [])
    counted = rows
    self.format = format
    notes = []
    departures = [:]
  }

  /// Whether the table has no row.
  package var isEmpty: Bool { (counted?.rowCount ?? table.rowCount) == 0 }

  /// Returns the rows, only for uses that stay with their owner. A test lists every use of this
  /// door.
  package borrowing func openForOwner(reason: OwnerReason) -> OwnerTable { OwnerTable(table) }
}

/// The owner's reason to look at rows.
package enum OwnerReason: String, Sendable {
  /// To write or check a schema.
  case inspection
  /// To recognise a dataset by its keyed fingerprint.
  case fingerprint
  /// To compare a release with its original, outside the guarantee.
  case ownerReport
  /// To attack a release before it is published, and to hold people out for comparison.
  case attacks
  /// To train a generator without any guarantee, at the owner's request. Its output is not a
  /// release.
  case trainingWithoutPrivacy
  /// To judge the contents of a table's columns before identifiers are found or removed for its
  /// owner.
  case redaction
}

extension SensitiveTable {
  /// Reads every cell as written, as a category. No column is judged by its rows, and nothing is
  /// missing except, in the person column, people whom the `unit` cannot name.
  ///
  /// `format` must say how the file is written: the names of columns come from its first line,
  /// which reveals nobody.
  /// - Returns: the table, and a schema of it without a single fact from the rows.
  /// - Throws: ``TableError`` if the file is not a table or the person column is not there.
  package static func readCells(_ url: URL, format: TableFormat, unit: PrivacyUnit) throws
    -> CellTable
  {
    var options = ReadOptions(delimiter: format.delimiter, hasHeader: format.hasHeader)
    // If it were detected, it would depend on rows.
    options.skippedLines = format.skippedLines
    let header = try CellReader(url, options: options)
    let columns = zip(header.names, header.headers).map { name, header in
      ColumnSchema(
        name: name, type: .category, header: format.hasHeader && header != name ? header : nil)
    }
    var schema = Schema(name: "table", format: format, unit: unit, columns: columns)
    // No cell is missing while it is read: which words stand for that is a question to be paid for.
    schema.format.missingTokens = []
    let read = try TableReader.read(url, under: schema)
    try checkCounts(rows: read.table.rowCount)
    schema.format = format
    var table = read.table
    if case .person(let name, _) = unit {
      table = Table(columns: table.columns.map { $0.name == name ? $0.withoutNobody(format) : $0 })
    }
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
      codes: codes.map { $0 == Cells.missingCode || isNobody[Int($0)] ? Cells.missingCode : $0 },
      dictionary: dictionary)
    return replacing(cells: cells)
  }
}
