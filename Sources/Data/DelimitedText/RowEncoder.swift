import Tables

/// Writes the cells of rows as text.
struct RowEncoder {
  private let columns: [Column]
  private let delimiter: UInt8
  private let missingTokens: MissingTokens
  private let headers: [String]
  private let decimalMark: UInt8

  private struct Column {
    let type: ColumnType
    let missing: [UInt8]
    let minimumFractionDigits: Int
    let pattern: TimePattern?
  }

  init(_ shapes: [ColumnShape], format: TableFormat) {
    delimiter = format.delimiter
    missingTokens = MissingTokens(format.missingTokens)
    decimalMark = format.decimalMark.byte
    headers = shapes.map(\.header)
    let soleToken = shapes.count == 1 ? format.missingTokens.first { !$0.isEmpty } : nil
    columns = shapes.map { shape in
      let token = shape.missingToken.isEmpty && shapes.count == 1 ? soleToken ?? "\"\"" : shape.missingToken
      return Column(
        type: shape.type, missing: Array(token.utf8), minimumFractionDigits: shape.minimumFractionDigits,
        pattern: TimePattern(shape.type))
    }
  }

  func writeHeader(to output: inout ByteBuffer) {
    for (position, header) in headers.enumerated() {
      if position > 0 { output.append(delimiter) }
      let bytes = Array(header.utf8)
      // An empty line would not be a header.
      append(bytes, quoted: needsQuotes(bytes) || (headers.count == 1 && bytes.isEmpty), to: &output)
    }
    output.append(UInt8(ascii: "\n"))
  }

  /// Encodes a table, which must have the columns that the encoder was made for.
  func encode(_ table: Table) -> [any EncodedColumn] {
    precondition(table.columns.count == columns.count, "the table has other columns than the file")
    return zip(table.columns, columns).map { column, shape in
      precondition(column.type == shape.type, "column '\(column.name)' has another type than in the file")
      switch (column.cells, shape.type) {
      case (.ticks(let ticks), .decimal(let digits)):
        let (fewest, mark) = (min(shape.minimumFractionDigits, digits), decimalMark)
        // Between commas, a number with a comma is quoted.
        let quote: [UInt8] = mark == delimiter ? [UInt8(ascii: "\"")] : []
        return EncodedTicks(ticks, missing: shape.missing) { tick, output in
          output.append(quote)
          output.append(decimal: tick, fractionDigits: digits, minimumFractionDigits: fewest, mark: mark)
          output.append(quote)
        }
      case (.ticks(let ticks), .boolean(let labels)):
        return EncodedLabels(
          ticks.map { $0 == Cells.missingTick ? Cells.missingCode : $0 == 0 ? 0 : 1 }, missing: shape.missing,
          LabelDictionary(utf8: [label(labels.whenFalse), label(labels.whenTrue)]))
      case (.ticks(let ticks), _):
        if let pattern = shape.pattern {
          return EncodedTicks(ticks, missing: shape.missing) { pattern.write($0, to: &$1) }
        }
        return EncodedIntegers(ticks, missing: shape.missing)
      case (.labels(let codes, let dictionary), _):
        return EncodedLabels(
          codes, missing: shape.missing, LabelDictionary(utf8: (0..<dictionary.count).lazy.map { label(dictionary[$0]) }))
      }
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

  private func needsQuotes(_ bytes: [UInt8]) -> Bool {
    bytes.contains { byte in
      byte == delimiter || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
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
