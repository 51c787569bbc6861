/// The position of one cell's bytes in a block of text.
struct FieldSpan {
  /// Start in the low 32 bits, then 31 bits of length, then whether the cell was quoted.
  let bits: UInt64

  @inline(__always)
  init(start: Int, end: Int, isQuoted: Bool) {
    bits =
      UInt64(truncatingIfNeeded: start) | UInt64(truncatingIfNeeded: end - start) << 32
      | (isQuoted ? 1 << 63 : 0)
  }

  @inline(__always) package var start: Int { Int(bits & 0xffff_ffff) }
  @inline(__always) var length: Int { Int((bits >> 32) & 0x7fff_ffff) }
  @inline(__always) package var isQuoted: Bool { bits >> 63 != 0 }
}

/// The cells and rows that ``Tokenizer`` found in one block of text.
final class FieldIndex {
  private(set) var spans: UnsafeMutablePointer<FieldSpan>
  private var capacity: Int
  var spanCount = 0
  /// For each complete row, the number of cells up to its end.
  var rowEnds: [Int] = []
  /// Cells with doubled quotes.
  var escapedSpans: [Int] = []
  var blankLines = 0
  /// Line ends in the complete rows.
  var lineCount = 0
  /// The number of bytes in the complete rows.
  var consumed = 0
  var hasNonASCII = false

  init(capacity: Int) {
    self.capacity = capacity
    spans = .allocate(capacity: capacity)
  }

  deinit { spans.deallocate() }

  /// Clears the last block and makes room for `byteCount` bytes, with at most one cell per byte.
  func reset(byteCount: Int) {
    if byteCount + 1 > capacity {
      spans.deallocate()
      capacity = byteCount + 1
      spans = .allocate(capacity: capacity)
    }
    spanCount = 0
    rowEnds.removeAll(keepingCapacity: true)
    escapedSpans.removeAll(keepingCapacity: true)
    blankLines = 0
    lineCount = 0
    consumed = 0
    hasNonASCII = false
  }
}

/// Some complete rows of a file: the bytes, and the positions of the cells in them. Valid until the
/// stream moves on.
struct RowBlock {
  package let base: UnsafePointer<UInt8>
  let spans: UnsafePointer<FieldSpan>
  let columnCount: Int
  let rowCount: Int
  /// The number of data rows before these.
  let firstRow: Int

  @inline(__always)
  func span(row: Int, column: Int) -> FieldSpan { spans[row &* columnCount &+ column] }

  /// Returns the bytes of a cell, without its quotes.
  @inline(__always)
  func bytes(_ span: FieldSpan) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: base + span.start, count: span.length)
  }
}
