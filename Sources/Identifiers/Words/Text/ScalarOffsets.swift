/// Places in a text, counted in Unicode scalars and in bytes of UTF-8.
package struct ScalarOffsets {
  private let starts: [Int]

  /// `O(length)`.
  package init(_ text: UnsafeRawBufferPointer) {
    starts = text.indices.filter { text[$0] & 0xc0 != 0x80 } + [text.count]
  }

  /// The number of scalars.
  package var count: Int { starts.count - 1 }

  /// The byte at which a scalar begins; the text's end for the scalar past the last.
  package func byte(of scalar: Int) -> Int { starts[scalar] }

  /// The number of scalars that begin in a stretch of bytes.
  package static func count(in text: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int {
    var count = 0
    for place in range where text[place] & 0xc0 != 0x80 { count += 1 }
    return count
  }
}
