@inlinable
package func isBlank(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
}

/// Returns the cell without blanks at its ends.
@inlinable
package func trimmed(_ cell: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
  var start = 0
  var end = cell.count
  while start < end && isBlank(cell[start]) { start += 1 }
  while end > start && isBlank(cell[end - 1]) { end -= 1 }
  return UnsafeBufferPointer(rebasing: cell[start..<end])
}
