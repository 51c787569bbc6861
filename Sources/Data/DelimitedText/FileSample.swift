import Foundation
import Tables

/// The first block of a file, split by one delimiter or another to detect its layout.
struct FileSample {
  /// The bytes without a byte order mark, ending in a line feed.
  private(set) var bytes: [UInt8]
  let isWholeFile: Bool
  /// Whether a byte order mark was dropped.
  let hasMark: Bool
  let storedSize: Int
  let isCompressed: Bool
  package let file: String

  init(_ url: URL) throws(TableError) {
    let source = try ByteSource(url)
    var bytes: [UInt8] = []
    var atEnd = false
    // Read one block, or as many as needed to hold two lines.
    while !atEnd && bytes.count < 2 * RowStream.cellLimit
      && (bytes.isEmpty || bytes.count(where: { $0 == 10 }) < 2)
    {
      let block = try FileSample.block(of: source)
      atEnd = block.count < RowStream.blockSize
      bytes += block
    }
    let problem = FileSample.encodingProblem(bytes, isCompressed: source.isCompressed)
    if let problem { throw TableError(file: source.file, problem: problem) }
    isWholeFile = atEnd
    hasMark = bytes.starts(with: [0xef, 0xbb, 0xbf])
    if hasMark { bytes.removeFirst(3) }
    if let last = bytes.last, last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
    guard bytes.contains(where: { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }) else {
      throw TableError(file: source.file, problem: .emptyFile)
    }
    self.bytes = bytes
    storedSize = source.storedSize
    isCompressed = source.isCompressed
    file = source.file
  }

  /// Refuses a file of another format, such as a workbook, and a file whose lines end in carriage
  /// returns alone, which would read as one line. Not asked of a file that begins with a row
  /// according to its schema, because a row may look like anything.
  func checkBeginning() throws(TableError) {
    if let kind = FileKind(beginning: bytes), !hasMark || kind == .json {
      throw TableError(file: file, problem: .otherFormat(kind))
    }
    let returns = bytes.count { $0 == UInt8(ascii: "\r") }
    guard isWholeFile || returns > 100, returns > 0,
      bytes.firstIndex(of: UInt8(ascii: "\n")) == bytes.count - 1,
      bytes.dropLast(2).contains(UInt8(ascii: "\r")), !bytes.contains(UInt8(ascii: "\""))
    else { return }
    throw TableError(file: file, problem: .carriageReturnsOnly)
  }

  private static func block(of source: ByteSource) throws(TableError) -> [UInt8] {
    let scratch = UnsafeMutablePointer<UInt8>.allocate(capacity: RowStream.blockSize)
    defer { scratch.deallocate() }
    let count = try source.read(into: scratch, count: RowStream.blockSize)
    return Array(UnsafeBufferPointer(start: scratch, count: count))
  }

  private static func encodingProblem(_ bytes: [UInt8], isCompressed: Bool) -> TableError.Problem? {
    if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) { return .utf16 }
    if bytes.starts(with: [0x1f, 0x8b]) && !isCompressed { return .gzipWithoutSuffix }
    return nil
  }

  /// Returns the sample without its first lines.
  func dropping(lines count: Int) -> FileSample {
    var rest = self
    for _ in 0..<max(count, 0) {
      guard let end = rest.bytes.firstIndex(of: UInt8(ascii: "\n")), end < rest.bytes.count - 1
      else { break }
      rest.bytes.removeSubrange(...end)
    }
    return rest
  }

  /// Returns the first lines without their ends, keeping quotation marks.
  package func lines(limit: Int) -> [[UInt8]] {
    bytes.split(separator: UInt8(ascii: "\n"), maxSplits: limit, omittingEmptySubsequences: false)
      .prefix(limit)
      .map { line in Array(line.last == UInt8(ascii: "\r") ? line.dropLast() : line) }
  }

  /// Returns the cells of one line; nil if it does not end outside quotation marks.
  func cells(of line: [UInt8], delimiter: UInt8) -> [Cell]? {
    var single = self
    single.bytes = line + [UInt8(ascii: "\n")]
    let (rows, isClean) = single.split(delimiter: delimiter, limit: 2, isWhole: true)
    guard isClean, rows.count <= 1, line.count(where: { $0 == UInt8(ascii: "\"") }) % 2 == 0 else {
      return nil
    }
    return rows.first ?? []
  }

  /// A cell of a complete row: its text, and whether it was quoted.
  struct Cell {
    let bytes: [UInt8]
    package let isQuoted: Bool
  }

  /// Returns at most `limit` rows of the sample. A row that the sample cuts off is left out unless
  /// it is the only one.
  package func rows(delimiter: UInt8, limit: Int) -> [[Cell]] {
    split(delimiter: delimiter, limit: limit).rows
  }

  /// Returns the rows, and whether the sample could be split to its end, which a wrong delimiter
  /// behind a quote prevents.
  package func split(delimiter: UInt8, limit: Int, isWhole: Bool = false) -> (
    rows: [[Cell]], isClean: Bool
  ) {
    let index = FieldIndex(capacity: bytes.count + 2)
    let padded = bytes + [UInt8](repeating: UInt8(ascii: "x"), count: Tokenizer.padding)
    return padded.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return ([], false) }
      let outcome = Tokenizer(delimiter: delimiter).run(base, count: bytes.count, into: index)
      var rows: [[Cell]] = []
      var previous = 0
      let complete =
        isWhole || isWholeFile || index.rowEnds.count < 2
        ? index.rowEnds.count : index.rowEnds.count - 1
      for end in index.rowEnds.prefix(min(limit, complete)) {
        rows.append((previous..<end).map { FileSample.cell(index.spans[$0], base) })
        previous = end
      }
      if case .textAfterQuote = outcome { return (rows, false) }
      return (rows, true)
    }
  }

  private static func cell(_ span: FieldSpan, _ base: UnsafePointer<UInt8>) -> Cell {
    var bytes: [UInt8] = []
    var at = span.start
    while at < span.start + span.length {
      bytes.append(base[at])
      at += span.isQuoted && base[at] == UInt8(ascii: "\"") ? 2 : 1
    }
    return Cell(bytes: bytes, isQuoted: span.isQuoted)
  }
}
