import Foundation
import Tables

/// The cells of a delimited file as written, row by row, to rewrite some and keep the rest.
///
/// Memory is one block of rows, whatever the size of the file.
package final class CellReader {
  /// The header line's cells, or empty texts if there is none.
  package let headers: [String]
  /// The column names: distinct, never empty.
  package let names: [String]
  package let delimiter: UInt8
  /// The sign before the decimals of numbers.
  package let decimalMark: DecimalMark
  package let hasHeader: Bool
  /// Lines before the names or the first row that belong to no row: titles, comments, `sep=;`.
  package let linesAbove: [[UInt8]]
  /// The number of rows, estimated from the file's size and its first rows.
  package let expectedRows: Int
  private let rows: RowStream

  /// - Throws: ``TableError`` if the file is not a table.
  package init(_ url: URL, options: ReadOptions = ReadOptions()) throws(TableError) {
    let sample = try FileSample(url)
    let layout = try FileLayout(sample, options: options)
    headers = layout.headers
    names = layout.names
    delimiter = layout.delimiter
    decimalMark = layout.decimalMark
    hasHeader = layout.hasHeader
    expectedRows = layout.expectedRows
    linesAbove = sample.lines(limit: layout.skippedLines)
    rows = try RowStream(url, layout: layout, mostRows: options.mostRows)
  }

  /// Passes each row to `body` with its number, from 1.
  /// - Throws: ``TableError`` for a row that does not fit, and any error from `body`.
  package func forEachRow(_ body: (_ number: Int, _ cells: Row) throws -> Void) throws {
    while let block = try rows.next() {
      for row in 0..<block.rowCount {
        try body(block.firstRow + row + 1, Row(block: block, row: row))
      }
    }
  }

  /// The cells of one row; valid until the next row.
  package struct Row {
    fileprivate let block: RowBlock
    fileprivate let row: Int

    package var count: Int { block.columnCount }

    /// The bytes of a cell, unquoted.
    package subscript(column: Int) -> UnsafeRawBufferPointer {
      UnsafeRawBufferPointer(block.bytes(block.span(row: row, column: column)))
    }

    package func isQuoted(_ column: Int) -> Bool { block.span(row: row, column: column).isQuoted }
  }
}
