import Foundation

/// The first block of a file, split by one delimiter or another to find out how it is laid out.
struct FileSample {
  /// Without a byte order mark, ending in a line feed.
  let bytes: [UInt8]
  let isWholeFile: Bool
  let storedSize: Int
  let isCompressed: Bool
  let file: String

  init(_ url: URL) throws(TableError) {
    let source = try ByteSource(url)
    var buffer = [UInt8](repeating: 0, count: RowStream.blockSize)
    let count = try FileSample.fill(&buffer, from: source)
    let problem = FileSample.encodingProblem(buffer[..<count], isCompressed: source.isCompressed)
    if let problem { throw TableError(file: source.file, problem: problem) }
    isWholeFile = count < buffer.count
    let start = buffer.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
    var bytes = Array(buffer[start..<max(count, start)])
    if let last = bytes.last, last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
    guard bytes.contains(where: { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }) else {
      throw TableError(file: source.file, problem: .emptyFile)
    }
    let returns = bytes.count { $0 == UInt8(ascii: "\r") }
    if isWholeFile || returns > 100, returns > 0, bytes.firstIndex(of: UInt8(ascii: "\n")) == bytes.count - 1,
      bytes.dropLast(2).contains(UInt8(ascii: "\r")), !bytes.contains(UInt8(ascii: "\""))
    {
      throw TableError(file: source.file, problem: .carriageReturnsOnly)
    }
    self.bytes = bytes
    storedSize = source.storedSize
    isCompressed = source.isCompressed
    file = source.file
  }

  private static func fill(_ buffer: inout [UInt8], from source: ByteSource) throws(TableError) -> Int {
    let scratch = UnsafeMutablePointer<UInt8>.allocate(capacity: buffer.count)
    defer { scratch.deallocate() }
    let count = try source.read(into: scratch, count: buffer.count)
    for at in 0..<count { buffer[at] = scratch[at] }
    return count
  }

  private static func encodingProblem(_ bytes: ArraySlice<UInt8>, isCompressed: Bool) -> TableError.Problem? {
    if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) { return .utf16 }
    if bytes.starts(with: [0x1f, 0x8b]) && !isCompressed { return .gzipWithoutSuffix }
    return nil
  }

  /// Cells of complete rows: each text, and whether it was quoted.
  struct Cell {
    let bytes: [UInt8]
    let isQuoted: Bool
  }

  /// The rows of the sample, at most `limit`; a row that the sample cuts off is left out unless it is the only one.
  func rows(delimiter: UInt8, limit: Int) -> [[Cell]] {
    let index = FieldIndex(capacity: bytes.count + 2)
    let padded = bytes + [UInt8](repeating: UInt8(ascii: "x"), count: Tokenizer.padding)
    return padded.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return [] }
      _ = Tokenizer(delimiter: delimiter).run(base, count: bytes.count, into: index)
      var rows: [[Cell]] = []
      var previous = 0
      let complete = isWholeFile || index.rowEnds.count < 2 ? index.rowEnds.count : index.rowEnds.count - 1
      for end in index.rowEnds.prefix(min(limit, complete)) {
        rows.append((previous..<end).map { FileSample.cell(index.spans[$0], base) })
        previous = end
      }
      return rows
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
