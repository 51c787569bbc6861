/// Walks through a text of any length in windows, so that memory does not grow with the text.
///
/// A window ends between lines, or else between words, at a point that cuts no finding. Some text
/// before each window is scanned again, so that a label at the end of the previous window still
/// counts.
package struct TextWalk {
  static let windowBytes = 1 << 18
  /// Nothing this close to the end of a window is decided, unless the text ends there.
  private static let marginBytes = 1 << 13
  private static let contextBytes = 1 << 10

  private let scanner: ProseScanner

  package init(scanner: ProseScanner) { self.scanner = scanner }

  /// - Parameters:
  ///   - read: fills the buffer as far as the text goes; returns how far.
  ///   - body: receives the pieces of the text in order, with the findings in each.
  package func run(
    read: (UnsafeMutableRawBufferPointer) throws -> Int,
    body: (UnsafeRawBufferPointer, ProseFindings) throws -> Void
  ) throws {
    var buffer = [UInt8](repeating: 0, count: Self.windowBytes)
    var (filled, context) = (0, 0)
    var atEnd = false
    while !atEnd {
      let got = try buffer.withUnsafeMutableBytes {
        try read(UnsafeMutableRawBufferPointer(rebasing: $0[filled...]))
      }
      atEnd = got < buffer.count - filled
      filled += got
      let (from, isLast, end) = (context, atEnd, filled)
      let cut = try buffer.withUnsafeBytes { bytes in
        let window = UnsafeRawBufferPointer(rebasing: bytes[..<end])
        let findings = try scanner.findings(in: window)
        let cut = isLast ? end : Self.cut(window, after: from, spans: findings.spans)
        try body(
          UnsafeRawBufferPointer(rebasing: window[from..<cut]), findings.clipped(to: from..<cut))
        return cut
      }
      let keep = Self.contextStart(buffer, before: cut)
      buffer.withUnsafeMutableBytes {
        $0.baseAddress?.copyMemory(from: $0.baseAddress! + keep, byteCount: filled - keep)
      }
      filled -= keep
      context = cut - keep
    }
  }

  /// Returns the last good place to end a window: after a line, else after a space, else anywhere
  /// that cuts neither a finding nor a character.
  private static func cut(_ window: UnsafeRawBufferPointer, after start: Int, spans: [ProseSpan])
    -> Int
  {
    let latest = window.count - marginBytes
    let earliest = max(start + 1, latest / 2)
    for separator in [UInt8(ascii: "\n"), UInt8(ascii: " ")] {
      var place = latest
      var span = spans.count - 1
      while place > earliest {
        while span >= 0, spans[span].range.lowerBound >= place { span -= 1 }
        if span >= 0, spans[span].range.upperBound > place {
          place = spans[span].range.lowerBound
          continue
        }
        if window[place - 1] == separator { return place }
        place -= 1
      }
    }
    var place = latest
    if let span = spans.first(where: { $0.range.contains(place) }) {
      place = span.range.lowerBound > start ? span.range.lowerBound : span.range.upperBound
    }
    while place < window.count, window[place] & 0xc0 == 0x80 { place += 1 }
    return place
  }

  private static func contextStart(_ buffer: [UInt8], before cut: Int) -> Int {
    var start = max(0, cut - contextBytes)
    while start < cut, start > 0, buffer[start] != UInt8(ascii: "\n"),
      buffer[start] != UInt8(ascii: " ")
    { start += 1 }
    return start
  }
}
