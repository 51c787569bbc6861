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

/// Writes the cells of rows as text.
private struct RowEncoder {
  private let columns: [Column]
  private let delimiter: UInt8
  private let missingTokens: MissingTokens
  private let headers: [String]
  private let decimalMark: DecimalMark

  private struct Column {
    let shape: ColumnShape
    let missing: [UInt8]
    let codes: [[UInt8]]
  }

  init(_ shapes: [ColumnShape], format: TableFormat) {
    delimiter = format.delimiter
    missingTokens = MissingTokens(format.missingTokens)
    decimalMark = format.decimalMark
    headers = shapes.map(\.header)
    let soleToken = shapes.count == 1 ? format.missingTokens.first { !$0.isEmpty } : nil
    columns = shapes.map { shape in
      let token =
        shape.missingToken.isEmpty && shapes.count == 1 ? soleToken ?? "\"\"" : shape.missingToken
      return Column(
        shape: shape, missing: Array(token.utf8), codes: shape.codes.map { Array($0.utf8) })
    }
  }

  func writeHeader(to output: inout ByteBuffer) {
    for (position, header) in headers.enumerated() {
      if position > 0 { output.append(delimiter) }
      let bytes = Array(header.utf8)
      // An empty line would not be a header.
      append(
        bytes, quoted: needsQuotes(bytes) || (headers.count == 1 && bytes.isEmpty), to: &output)
    }
    output.append(UInt8(ascii: "\n"))
  }

  /// Encodes a table, which must have the columns that the encoder was made for.
  func encode(_ table: Table) -> [any EncodedColumn] {
    precondition(table.columns.count == columns.count, "the table has other columns than the file")
    return zip(table.columns, columns).map { column, written in
      precondition(
        column.type == written.shape.type,
        "column '\(column.name)' has another type than in the file")
      switch (column.cells, column.type) {
      case (.ticks(let ticks), .boolean(let labels)):
        return EncodedLabels(
          ticks.map { $0 == Cells.missingTick ? Cells.missingCode : $0 == 0 ? 0 : 1 },
          missing: written.missing,
          LabelDictionary(utf8: [label(labels.whenFalse), label(labels.whenTrue)]))
      case (.ticks(let ticks), _):
        let words = TickWords(
          missing: written.missing, codes: written.codes.map { code in quoted(code) })
        if case .integer = column.type, written.shape.numberFormat.isPlain {
          return EncodedIntegers(ticks, words: words)
        }
        return EncodedTicks(ticks, words: words, format: writer(of: written.shape))
      case (.labels(let codes, let dictionary), _):
        return EncodedLabels(
          codes, missing: written.missing,
          LabelDictionary(utf8: (0..<dictionary.count).lazy.map { label(dictionary[$0]) }))
      }
    }
  }

  /// Writes ticks with the file's decimal mark, in quotes if they hold the delimiter.
  private func writer(of shape: ColumnShape) -> (Int64, inout ByteBuffer) -> Void {
    let write = shape.tickWriter(fileMark: decimalMark)
    let quote = UInt8(ascii: "\"")
    let delimiter = delimiter
    guard shape.mayHold(delimiter, fileMark: decimalMark) else { return write }
    return { tick, output in
      var text = ByteBuffer()
      write(tick, &text)
      let isQuoted = text.bytes.contains { $0 == delimiter || $0 == quote }
      if isQuoted { output.append(quote) }
      output.append(text.bytes)
      if isQuoted { output.append(quote) }
    }
  }

  package func write(_ columns: [any EncodedColumn], row: Int, to output: inout ByteBuffer) {
    for position in columns.indices {
      if position > 0 { output.append(delimiter) }
      columns[position].write(row: row, to: &output)
    }
    output.append(UInt8(ascii: "\n"))
  }

  /// Returns a label as it stands in the file.
  private func label(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    let isToken = bytes.isEmpty || bytes.withUnsafeBufferPointer { missingTokens.match($0) != nil }
    var output = ByteBuffer()
    append(bytes, quoted: isToken || needsQuotes(bytes), to: &output)
    return output.bytes
  }

  private func quoted(_ bytes: [UInt8]) -> [UInt8] {
    var output = ByteBuffer()
    append(bytes, quoted: needsQuotes(bytes), to: &output)
    return output.bytes
  }

  private func needsQuotes(_ bytes: [UInt8]) -> Bool {
    bytes.contains { byte in
      byte == delimiter || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
        || byte == UInt8(ascii: "\r")
    }
  }

  private func append(_ bytes: [UInt8], quoted: Bool, to output: inout ByteBuffer) {
    guard quoted else {
      output.append(bytes)
      return
    }
    output.append(UInt8(ascii: "\""))
    for byte in bytes {
      output.append(byte)
      if byte == UInt8(ascii: "\"") { output.append(byte) }
    }
    output.append(UInt8(ascii: "\""))
  }
}

extension LabelDictionary {
  /// Creates a dictionary from labels given as UTF-8, which need not be distinct here.
  init(utf8 labels: some Sequence<[UInt8]>) {
    self.init()
    for label in labels { append(utf8: label) }
  }
}

extension ColumnShape {
  /// Whether a value can be written with the delimiter in it.
  fileprivate func mayHold(_ delimiter: UInt8, fileMark: DecimalMark) -> Bool {
    switch type {
    case .integer: !numberFormat.isPlain
    case .decimal, .scientific: fileMark.byte == delimiter || !numberFormat.isPlain
    case .date, .timestamp: type.pattern.utf8.contains(delimiter)
    case .boolean, .category, .identifier, .text: false
    }
  }
}
