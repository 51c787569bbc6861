/// Positions in a text, in Unicode scalars and in bytes of UTF-8.
package struct ScalarOffsets {
  private let starts: [Int]

  /// `O(length)`.
  package init(_ text: UnsafeRawBufferPointer) {
    starts = text.indices.filter { text[$0] & 0xc0 != 0x80 } + [text.count]
  }

  /// The number of scalars.
  package var count: Int { starts.count - 1 }

  /// Returns the byte offset of a scalar, or the end of the text for the scalar past the last.
  package func byte(of scalar: Int) -> Int { starts[scalar] }

  /// Returns the number of scalars that begin in a range of bytes.
  package static func count(in text: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int {
    var count = 0
    for place in range where text[place] & 0xc0 != 0x80 { count += 1 }
    return count
  }
}
