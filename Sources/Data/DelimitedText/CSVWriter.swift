import Foundation
import Tables

/// Writes tables to a delimited text file as rows come, in the format of the file they are modelled
/// on.
///
/// The file appears under its name only when ``finish()`` returns. Until then, and if the writer is
/// dropped, there is at most a temporary file, which is removed. A cell is quoted only if it must
/// be: if it holds the delimiter, a quote or a line end, or if a label reads as a missing token.
/// Lines end in LF.
///
/// In a table with one column, a missing cell is never an empty line, which is not a row. It is
/// written as the first non-empty token, or as `""` if there is none.
package final class CSVWriter {
  private static let flushSize = 1 << 18

  private let sink: ByteSink
  private let encoder: RowEncoder
  private var buffer = ByteBuffer()

  /// Starts the file and writes its header line.
  package init(to url: URL, like columns: [ColumnShape], format: TableFormat) throws(TableError) {
    sink = try ByteSink(url)
    encoder = RowEncoder(columns, format: format)
    buffer.reserveCapacity(CSVWriter.flushSize * 2)
    if format.hasHeader { encoder.writeHeader(to: &buffer) }
  }

  /// Writes rows. The table has the columns given at the start, in the same order and of the same
  /// types.
  package func append(_ table: Table) throws(TableError) {
    let encoded = encoder.encode(table)
    var buffer = ByteBuffer()
    swap(&buffer, &self.buffer)
    defer { swap(&buffer, &self.buffer) }
    for row in 0..<table.rowCount {
      encoder.write(encoded, row: row, to: &buffer)
      if buffer.count >= CSVWriter.flushSize { try flush(&buffer) }
    }
  }

  /// Returns the lines that ``append(_:)`` would write for the rows. Any thread can make them;
  /// ``append(lines:)`` writes them in order.
  package func lines(of table: Table) -> [UInt8] {
    let encoded = encoder.encode(table)
    var lines = ByteBuffer()
    lines.reserveCapacity(table.rowCount * table.columns.count * 6)
    for row in 0..<table.rowCount { encoder.write(encoded, row: row, to: &lines) }
    return lines.bytes
  }

  /// Writes lines made by ``lines(of:)``.
  package func append(lines: [UInt8]) throws(TableError) {
    var buffer = ByteBuffer()
    swap(&buffer, &self.buffer)
    defer { swap(&buffer, &self.buffer) }
    try flush(&buffer)
    let sink = sink
    try lines.withUnsafeBufferPointer { lines throws(TableError) in try sink.write(lines) }
  }

  /// Writes the remaining bytes and gives the file its name.
  package func finish() throws(TableError) {
    try flush(&buffer)
    try sink.finish()
  }

  /// Gives up and leaves no file behind.
  package func cancel() { sink.cancel() }

  /// Writes a whole table.
  package static func write(_ table: Table, to url: URL, format: TableFormat) throws(TableError) {
    let writer = try CSVWriter(to: url, like: table.columns.map(\.shape), format: format)
    try writer.append(table)
    try writer.finish()
  }

  private func flush(_ buffer: inout ByteBuffer) throws(TableError) {
    let sink = sink
    try buffer.bytes.withUnsafeBufferPointer { bytes throws(TableError) in try sink.write(bytes) }
    buffer.removeAll()
  }
}
