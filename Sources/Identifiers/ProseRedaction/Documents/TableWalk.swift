import DelimitedText
import Words

/// Walks through a delimited table row by row; each row is a document. The treatment of a cell
/// depends on its column and, in prose, on the values of the row's identifier columns. Column names
/// are searched as prose. Lines above them are searched if nothing is written, and left out
/// otherwise.
package struct TableWalk {
  /// The kind of cells in a column.
  package enum ColumnUse: Equatable, Sendable {
    /// Prose to search.
    case prose
    /// One identifier per cell.
    case identifier(IdentifierType)
    /// Left unchanged.
    case plain
  }

  private let scanner: ProseScanner
  private let uses: [ColumnUse]
  private let personColumn: Int?
  private let names: [String]?

  /// - Parameters:
  ///   - uses: one for each column of the table.
  ///   - names: the visitor's names for the columns; nil for their names in the table.
  package init(scanner: ProseScanner, uses: [ColumnUse], personColumn: Int?, names: [String]? = nil)
  {
    self.scanner = scanner
    self.names = names
    self.uses = uses
    self.personColumn = personColumn
  }

  /// - Parameters:
  ///   - progress: called with the number of every 256th row. An error that it throws ends the
  ///     walk.
  ///   - write: receives the lines of the table as rewritten by the visitor; nil if nothing is
  ///     written.
  package func run(
    _ table: CellReader, visitor: inout some ProseVisitor,
    progress: (Int) throws -> Void = { _ in },
    write: ((UnsafeRawBufferPointer) throws -> Void)?
  ) throws {
    precondition(uses.count == table.names.count, "one use for each column")
    var output: [UInt8] = []
    if write == nil { try searchLinesAbove(table, visitor: &visitor) }
    if table.hasHeader {
      for (column, header) in try searched(table.headers, visitor: &visitor).enumerated() {
        append(header, isQuoted: false, column: column, delimiter: table.delimiter, to: &output)
      }
      output.append(10)
      if let write { try output.withUnsafeBytes(write) }
    }
    let isWritten = write != nil
    let names = names ?? table.names
    let hasProse = uses.contains(.prose)
    try table.forEachRow { number, cells in
      if number % 256 == 1 { try progress(number) }
      output.removeAll(keepingCapacity: true)
      let id = Array("\(number)".utf8)
      try visitor.begin(DocumentName(id: id, person: personColumn.map { Array(cells[$0]) } ?? id))
      let row = hasProse ? try ownValues(of: cells) : nil
      for column in 0..<cells.count {
        let changed = try visit(
          cells[column], column: column, name: names[column], row: row, visitor: &visitor)
        guard isWritten else { continue }
        if let changed {
          append(
            changed, isQuoted: cells.isQuoted(column), column: column, delimiter: table.delimiter,
            to: &output)
        } else {
          append(
            cells[column], isQuoted: cells.isQuoted(column), column: column,
            delimiter: table.delimiter, to: &output)
        }
      }
      try visitor.end()
      output.append(10)
      if let write { try output.withUnsafeBytes(write) }
    }
  }

  /// Returns the column names as the visitor leaves them. The visitor sees them only if something
  /// is found: they are not a row.
  private func searched(_ headers: [String], visitor: inout some ProseVisitor) throws -> [[UInt8]] {
    var written = headers.map { Array($0.utf8) }
    let findings = try written.map { try $0.withUnsafeBytes { try scanner.findings(in: $0) } }
    guard findings.contains(where: { !$0.isEmpty }) else { return written }
    let id = Array("\"header\"".utf8)
    try visitor.begin(DocumentName(id: id, person: id, part: .header))
    for (column, found) in findings.enumerated() where !found.isEmpty {
      let changed = try written[column].withUnsafeBytes {
        try visitor.visit($0, findings: found, field: "header of column \(column + 1)")
      }
      if let changed { written[column] = changed }
    }
    try visitor.end()
    return written
  }

  private func searchLinesAbove(_ table: CellReader, visitor: inout some ProseVisitor) throws {
    let id = Array("\"above the header\"".utf8)
    for (place, line) in table.linesAbove.enumerated() {
      try line.withUnsafeBytes { line in
        let found = try scanner.findings(in: line)
        guard !found.isEmpty else { return }
        try visitor.begin(DocumentName(id: id, person: id, part: .linesAbove))
        _ = try visitor.visit(line, findings: found, field: "line \(place + 1)")
        try visitor.end()
      }
    }
  }

  private func visit(
    _ cell: UnsafeRawBufferPointer, column: Int, name: String, row: RowValues?,
    visitor: inout some ProseVisitor
  ) throws -> [UInt8]? {
    guard !cell.isEmpty else { return nil }
    switch uses[column] {
    case .plain: return nil
    case .prose:
      return try visitor.visit(
        cell, findings: try scanner.findings(in: cell, row: row), field: name)
    case .identifier(let type):
      guard let range = try identifier(in: cell, type) else { return nil }
      let span = ProseSpan(
        range: range, type: type, confidence: 1, reason: "its column holds identifiers")
      return try visitor.visit(cell, findings: ProseFindings(spans: [span]), field: name)
    }
  }

  /// Returns the values of a row's identifier columns and person column.
  private func ownValues(of cells: CellReader.Row) throws -> RowValues {
    var values = RowValues()
    for column in 0..<cells.count where !cells[column].isEmpty {
      let cell = cells[column]
      if case .identifier(let type) = uses[column] {
        // A year alone is not an identifier, and the detectors know the other ways to write a date.
        guard let range = try identifier(in: cell, type), type != .date || range.count > 4 else {
          continue
        }
        values.add(UnsafeRawBufferPointer(rebasing: cell[range]), type: type)
      } else if column == personColumn {
        values.add(cell, type: .other)
      }
    }
    return values
  }

  /// Returns the bytes of a cell that form the identifier; nil if the cell is not an identifier.
  private func identifier(in cell: UnsafeRawBufferPointer, _ type: IdentifierType) throws -> Range<
    Int
  >? {
    switch type {
    case .age:
      // Ages up to 89 are not identifiers.
      let digits = cell.prefix { (48...57).contains($0) }
      let age = digits.prefix(4).reduce(0) { $0 * 10 + Int($1 - 48) }
      return !digits.isEmpty && age < 90 ? nil : 0..<cell.count
    case .date:
      // The time of day after a date stays.
      let date = try scanner.spans(in: cell).first { $0.type == .date }
      return date?.range ?? 0..<cell.count
    default: return 0..<cell.count
    }
  }

  /// Appends a cell, quoted if it was quoted before or must be.
  private func append(
    _ cell: some Collection<UInt8>, isQuoted: Bool, column: Int, delimiter: UInt8,
    to output: inout [UInt8]
  ) {
    if column > 0 { output.append(delimiter) }
    let quote = UInt8(ascii: "\"")
    let mustQuote =
      isQuoted || uses.count == 1 && cell.isEmpty
      || cell.contains { $0 == delimiter || $0 == quote || $0 == 10 || $0 == 13 }
    guard mustQuote else { return output.append(contentsOf: cell) }
    output.append(quote)
    for byte in cell {
      if byte == quote { output.append(quote) }
      output.append(byte)
    }
    output.append(quote)
  }
}
