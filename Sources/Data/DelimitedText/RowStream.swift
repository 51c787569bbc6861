import Foundation
import Tables

/// Reads a file block by block and splits it into checked rows of equal length.
package final class RowStream {
  /// The size of the largest cell, in bytes.
  static let cellLimitMegabytes = 10
  static let cellLimit = cellLimitMegabytes * 1_000_000
  /// The most bytes that a cell of that size has before its end is found: two quotes, or a carriage
  /// return. Block boundaries therefore do not decide which cells are too large.
  static let openCellLimit = cellLimit + 2
  /// Bytes read at once: small enough that a block and its index stay in the second-level cache.
  package static let blockSize = 1 << 18

  private let source: ByteSource
  private let tokenizer: Tokenizer
  private let index: FieldIndex
  private var buffer: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  /// The number of bytes in the buffer, and of those that the last block used.
  private var filled = 0
  private var used = 0
  private var atEnd = false
  private var offset = 0
  private var line = 1
  private var row = 0
  private var headerPending: Bool
  /// Lines before the names that are still to be dropped.
  private var linesToSkip: Int
  private let columnCount: Int
  private let names: [String]
  private let mostRows: Int
  private(set) var blankLines = 0

  /// - Parameter mostRows: The number of rows after which no further block is read.
  init(_ url: URL, layout: FileLayout, mostRows: Int? = nil) throws(TableError) {
    source = try ByteSource(url)
    tokenizer = Tokenizer(delimiter: layout.delimiter)
    capacity = RowStream.blockSize
    buffer = .allocate(capacity: capacity + Tokenizer.padding + 1)
    index = FieldIndex(capacity: capacity + 2)
    headerPending = layout.hasHeader
    linesToSkip = layout.skippedLines
    columnCount = layout.names.count
    names = layout.names
    self.mostRows = mostRows ?? .max
  }

  deinit { buffer.deallocate() }

  /// Returns the next rows, or nil after the last.
  func next() throws(TableError) -> RowBlock? {
    while row < mostRows {
      try refill()
      if filled == 0 { return nil }
      if linesToSkip > 0 {
        skipLines()
        continue
      }
      let outcome = split()
      try check(outcome)
      used = index.consumed
      if index.consumed == 0 {
        if atEnd { return nil }
        grow()
        continue
      }
      try checkRows()
      try checkEncoding(of: index.consumed)
      unescape()
      blankLines += index.blankLines
      let skipped = headerPending && !index.rowEnds.isEmpty ? 1 : 0
      if skipped == 1 { headerPending = false }
      let block = RowBlock(
        base: UnsafePointer(buffer), spans: UnsafePointer(index.spans) + skipped * columnCount,
        columnCount: columnCount,
        rowCount: index.rowEnds.count - skipped, firstRow: row)
      row += block.rowCount
      line += index.lineCount
      offset += index.consumed
      if block.rowCount > 0 { return block }
    }
    return nil
  }

  /// Moves the rest of the last block to the front and reads on after it.
  private func refill() throws(TableError) {
    if used > 0 {
      filled -= used
      memmove(buffer, buffer + used, filled)
      used = 0
    }
    if atEnd { return }
    let wanted = capacity - filled
    let got = try source.read(into: buffer + filled, count: wanted)
    filled += got
    atEnd = got < wanted
    if offset == 0 { dropByteOrderMark() }
    if atEnd && filled > 0 && buffer[filled - 1] != UInt8(ascii: "\n") {
      buffer[filled] = UInt8(ascii: "\n")
      filled += 1
    }
  }

  /// Drops buffered lines that belong to no row. A longer line goes piece by piece.
  private func skipLines() {
    var end = 0
    while linesToSkip > 0, end < filled {
      if buffer[end] == UInt8(ascii: "\n") {
        linesToSkip -= 1
        line += 1
      }
      end += 1
    }
    used = end
    offset += end
    if end == filled && atEnd { linesToSkip = 0 }
  }

  private func dropByteOrderMark() {
    guard filled >= 3, buffer[0] == 0xef, buffer[1] == 0xbb, buffer[2] == 0xbf else { return }
    filled -= 3
    memmove(buffer, buffer + 3, filled)
    offset += 3
  }

  private func grow() {
    let larger = UnsafeMutablePointer<UInt8>.allocate(
      capacity: capacity * 2 + Tokenizer.padding + 1)
    larger.update(from: buffer, count: filled)
    buffer.deallocate()
    buffer = larger
    capacity *= 2
  }

  private func split() -> Tokenizer.Outcome {
    memset(buffer + filled, Int32(UInt8(ascii: "x")), Tokenizer.padding)
    index.reset(byteCount: filled)
    return tokenizer.run(UnsafePointer(buffer), count: filled, into: index)
  }

  /// Replaces doubled quotes with single ones, in place: a cell only gets shorter.
  private func unescape() {
    for position in index.escapedSpans where position < index.spanCount {
      let span = index.spans[position]
      var end = span.start
      var at = span.start
      while at < span.start + span.length {
        buffer[end] = buffer[at]
        at += buffer[at] == UInt8(ascii: "\"") ? 2 : 1
        end += 1
      }
      index.spans[position] = FieldSpan(start: span.start, end: end, isQuoted: true)
    }
  }
}

// MARK: Checks

extension RowStream {
  private func check(_ outcome: Tokenizer.Outcome) throws(TableError) {
    switch outcome {
    case .complete:
      guard filled - index.consumed > RowStream.openCellLimit else { return }
      let start = lastCellStart(from: index.consumed)
      if filled - start > RowStream.openCellLimit {
        throw failure(.cellTooLarge(limitMegabytes: RowStream.cellLimitMegabytes), at: start)
      }
    case .openQuote(let start):
      if filled - start > RowStream.openCellLimit {
        throw failure(.cellTooLarge(limitMegabytes: RowStream.cellLimitMegabytes), at: start)
      }
      if atEnd { throw failure(.unclosedQuote, at: start) }
    case .nulByte(let position): throw failure(.nulByte, at: position)
    case .textAfterQuote(let position): throw failure(.textAfterQuote, at: position)
    }
  }

  private func lastCellStart(from rowStart: Int) -> Int {
    var start = filled
    while start > rowStart && buffer[start - 1] != tokenizer.delimiter { start -= 1 }
    return start
  }

  private func checkRows() throws(TableError) {
    var previous = 0
    for (position, end) in index.rowEnds.enumerated() {
      if end - previous != columnCount {
        let start = index.spans[previous].start
        let place = TableError.Place(row: rowNumber(position), line: lineNumber(at: start))
        throw TableError(
          file: source.file, place: place,
          problem: .raggedRow(found: end - previous, expected: columnCount))
      }
      previous = end
    }
    guard filled > RowStream.cellLimit else { return }
    for position in 0..<index.spanCount where index.spans[position].length > RowStream.cellLimit {
      throw failure(
        .cellTooLarge(limitMegabytes: RowStream.cellLimitMegabytes), at: index.spans[position].start
      )
    }
  }

  private func checkEncoding(of count: Int) throws(TableError) {
    guard index.hasNonASCII else { return }
    let bytes = UnsafeBufferPointer(start: UnsafePointer(buffer), count: count)
    guard let position = UTF8Check.firstInvalidByte(in: bytes) else { return }
    let problem = TableError.Problem.invalidUTF8(
      byteOffset: offset + position, looksLikeLatin1: UTF8Check.looksLikeLatin1(bytes, at: position)
    )
    throw failure(problem, at: position)
  }

  /// Returns a fault at a byte of the block, with its row, line and column.
  private func failure(_ problem: TableError.Problem, at position: Int) -> TableError {
    let rowStart =
      index.rowEnds.last { end in end < index.spanCount && index.spans[end].start <= position } ?? 0
    let complete = position < index.consumed
    var row = complete ? index.rowEnds.firstIndex { $0 > rowStart } ?? 0 : index.rowEnds.count
    var column = 0
    if complete {
      column =
        (rowStart..<index.spanCount).last { index.spans[$0].start <= position }.map {
          $0 - rowStart
        } ?? 0
    } else {
      column = columnOfOpenRow(at: position)
      row = index.rowEnds.count
    }
    let name = column < names.count ? names[column] : "column \(column + 1)"
    let place = TableError.Place(row: rowNumber(row), line: lineNumber(at: position), column: name)
    return TableError(file: source.file, place: place, problem: problem)
  }

  /// Counts the delimiters outside quotes from the end of the complete rows to `position`.
  private func columnOfOpenRow(at position: Int) -> Int {
    var column = 0
    var isQuoted = false
    for at in index.consumed..<max(position, index.consumed) {
      if buffer[at] == UInt8(ascii: "\"") { isQuoted.toggle() }
      if buffer[at] == tokenizer.delimiter && !isQuoted { column += 1 }
    }
    return column
  }

  /// Returns the data row, from 1, of a row of the block; nil for the header.
  private func rowNumber(_ position: Int) -> Int? {
    let number = row + position + (headerPending ? 0 : 1)
    return number == 0 ? nil : number
  }

  private func lineNumber(at position: Int) -> Int {
    line + (0..<position).count { buffer[$0] == UInt8(ascii: "\n") }
  }
}
