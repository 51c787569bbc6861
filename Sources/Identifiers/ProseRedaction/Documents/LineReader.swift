/// Reads a file one line at a time. Memory use grows with the longest line.
struct LineReader {
  private let read: (UnsafeMutableRawBufferPointer) throws -> Int
  private var buffer = [UInt8](repeating: 0, count: 1 << 18)
  private var (start, filled) = (0, 0)
  private var atEnd = false

  init(read: @escaping (UnsafeMutableRawBufferPointer) throws -> Int) { self.read = read }

  /// Passes on the next line, with its line end if it has one. Returns false after the last line.
  mutating func next(_ body: (UnsafeRawBufferPointer) throws -> Void) throws -> Bool {
    var searched = start
    while true {
      if let end = buffer[searched..<filled].firstIndex(of: UInt8(ascii: "\n")) {
        try hand(over: start..<(end + 1), to: body)
        return true
      }
      searched = filled
      if atEnd {
        guard filled > start else { return false }
        try hand(over: start..<filled, to: body)
        return true
      }
      try fill(&searched)
    }
  }

  private mutating func hand(over range: Range<Int>, to body: (UnsafeRawBufferPointer) throws -> Void) throws {
    start = range.upperBound
    try buffer.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[range])) }
  }

  private mutating func fill(_ searched: inout Int) throws {
    if start > 0 {
      buffer.withUnsafeMutableBytes { bytes in
        bytes.baseAddress?.copyMemory(from: bytes.baseAddress! + start, byteCount: filled - start)
      }
      searched -= start
      filled -= start
      start = 0
    }
    if filled == buffer.count { buffer += [UInt8](repeating: 0, count: buffer.count) }
    let from = filled
    let got = try buffer.withUnsafeMutableBytes { try read(UnsafeMutableRawBufferPointer(rebasing: $0[from...])) }
    atEnd = got < buffer.count - from
    filled += got
  }
}
