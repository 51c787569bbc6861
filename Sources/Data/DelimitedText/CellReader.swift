import Foundation
import Tables

/// The cells of a delimited file as they are written, row after row, for work that rewrites some and keeps the rest.
///
/// Memory is one block of rows, whatever the size of the file.
package final class CellReader {
  /// The header line's cells, or empty texts where there is none.
  package let headers: [String]
  /// Distinct, never empty.
  package let names: [String]
  package let delimiter: UInt8
  package let hasHeader: Bool
  /// Lines in front of the names, or of the first row, that belong to no row: titles, comments, `sep=;`.
  package let linesAbove: [[UInt8]]
  private let rows: RowStream

  /// - Throws: ``TableError`` where the file is no table.
  package init(_ url: URL, options: ReadOptions = ReadOptions()) throws(TableError) {
    let sample = try FileSample(url)
    let layout = try FileLayout(sample, options: options)
    headers = layout.headers
    names = layout.names
    delimiter = layout.delimiter
    hasHeader = layout.hasHeader
    linesAbove = sample.lines(limit: layout.skippedLines)
    rows = try RowStream(url, layout: layout, mostRows: options.mostRows)
  }

  /// Hands over each row with its number, from 1.
  /// - Throws: ``TableError`` for a row that does not fit, and whatever `body` throws.
  package func forEachRow(_ body: (_ number: Int, _ cells: Row) throws -> Void) throws {
    while let block = try rows.next() {
      for row in 0..<block.rowCount { try body(block.firstRow + row + 1, Row(block: block, row: row)) }
    }
  }

  /// The cells of one row; valid until the next.
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
