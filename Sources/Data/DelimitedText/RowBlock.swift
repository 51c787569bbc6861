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
