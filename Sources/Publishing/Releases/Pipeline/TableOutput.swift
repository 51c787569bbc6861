import DelimitedText
import Foundation
import ParquetFiles
import Tables

/// The files that rows are written to as they are drawn: a delimited one, one of Parquet, or both.
struct TableOutput {
  private let delimited: CSVWriter?
  private let parquet: ParquetWriter?

  init(
    delimited: URL?, parquet: URL?, like shapes: [ColumnShape], format: TableFormat
  ) throws {
    self.delimited = try delimited.map { try CSVWriter(to: $0, like: shapes, format: format) }
    self.parquet = try parquet.map { try ParquetWriter(to: $0, like: shapes) }
  }

  /// Whether rows are needed beside their lines.
  var needsRows: Bool { parquet != nil }

  /// Returns the lines of rows, as far as they are needed.
  func lines(of table: Table) -> [UInt8] { delimited?.lines(of: table) ?? [] }

  /// Adds the lines of some tables, in order.
  func append(lines: [UInt8]) throws { try delimited?.append(lines: lines) }

  /// Adds the rows of some tables, in order.
  func append(rows tables: [Table]) throws {
    guard let parquet, !tables.isEmpty else { return }
    try parquet.append(Table(joining: tables))
  }

  func finish() throws {
    try delimited?.finish()
    try parquet?.finish()
  }
}
