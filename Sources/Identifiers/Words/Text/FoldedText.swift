import Foundation

/// The text that the detectors read, with the position of each of its bytes in the original.
///
/// Characters that look alike or are invisible are unified. Dashes, spaces, apostrophes and
/// quotation marks of all kinds become those of ASCII. Full-width and mathematical letters,
/// ligatures and Roman numerals become plain letters, and digits of all scripts become ASCII
/// digits. Marks above and below letters go with their letter; soft hyphens and zero-width
/// characters are left out. This is NFKC for the characters that identifiers contain, except that
/// letters of Latin-1 and Latin Extended-A stay because the lists know them.
package struct FoldedText {
  package let bytes: [UInt8]
  private let pieces: [Piece]

  /// A stretch of the folded text and the matching stretch of the original.
  private struct Piece {
    package var folded: Int
    var original: Int
    var originalEnd: Int
    /// Whether the bytes of both stretches are the same.
    var isVerbatim: Bool
  }

  /// Returns nil if there is nothing to fold, as in most texts and all of ASCII. `O(length)`.
  package init?(_ text: UnsafeRawBufferPointer) {
    guard let first = Self.firstFolded(in: text) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var pieces: [Piece] = []
    // The text before the first folded character may end with the letter that a mark belongs to.
    var place = Self.letterStart(before: first, in: text)
    if place > 0 {
      bytes += text[..<place]
      pieces.append(Piece(folded: 0, original: 0, originalEnd: place, isVerbatim: true))
    }
    while place < text.count {
      let scalar = UTF8Scalar(text, at: place)
      let end = place + scalar.length
      switch scalar.folding {
      case .same:
        if pieces.last?.isVerbatim == true, pieces[pieces.count - 1].originalEnd == place {
          pieces[pieces.count - 1].originalEnd = end
        } else {
          pieces.append(
            Piece(folded: bytes.count, original: place, originalEnd: end, isVerbatim: true))
        }
        bytes += text[place..<end]
      case .gone: break
      case .mark: Self.attach(until: end, to: &pieces, bytes: bytes)
      case .text(let replacement):
        pieces.append(
          Piece(folded: bytes.count, original: place, originalEnd: end, isVerbatim: false))
        replacement.append(to: &bytes)
      }
      place = end
    }
    self.bytes = bytes
    self.pieces = pieces
  }

  /// Returns the stretch of the original for a stretch of the folded text, including characters
  /// left out inside it.
  package func original(_ range: Range<Int>) -> Range<Int> {
    guard !range.isEmpty, let first = piece(at: range.lowerBound),
      let last = piece(at: range.upperBound - 1)
    else { return range }
    let start = first.isVerbatim ? first.original + range.lowerBound - first.folded : first.original
    let end = last.isVerbatim ? last.original + range.upperBound - last.folded : last.originalEnd
    return start..<end
  }

  private func piece(at place: Int) -> Piece? {
    var (low, high) = (0, pieces.count)
    while low < high {
      let middle = (low + high) / 2
      if pieces[middle].folded <= place { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? pieces[low - 1] : nil
  }

  /// Extends the last letter to the end of a mark.
  private static func attach(until end: Int, to pieces: inout [Piece], bytes: [UInt8]) {
    guard let last = pieces.last else { return }
    if !last.isVerbatim {
      pieces[pieces.count - 1].originalEnd = end
      return
    }
    var start = bytes.count - 1
    while start > last.folded, bytes[start] & 0xc0 == 0x80 { start -= 1 }
    let original = last.original + start - last.folded
    let letter = Piece(folded: start, original: original, originalEnd: end, isVerbatim: false)
    if start == last.folded {
      pieces[pieces.count - 1] = letter
    } else {
      pieces[pieces.count - 1].originalEnd = original
      pieces.append(letter)
    }
  }

  /// Returns the first byte of a character to fold, or nil if there is none. Skips eight ASCII
  /// bytes at a time.
  private static func firstFolded(in text: UnsafeRawBufferPointer) -> Int? {
    var place = 0
    while place < text.count {
      if text.areEightASCII(at: place) {
        place += 8
        continue
      }
      let byte = text[place]
      // Letters of Latin-1 and Latin Extended-A are the most common and stay.
      if byte < 0x80 || (0xc3...0xc5).contains(byte) {
        place += byte < 0x80 ? 1 : 2
        continue
      }
      let scalar = UTF8Scalar(text, at: place)
      if case .same = scalar.folding { place += scalar.length } else { return place }
    }
    return nil
  }

  private static func letterStart(before place: Int, in text: UnsafeRawBufferPointer) -> Int {
    var start = max(0, place - 1)
    while start > 0, text[start] & 0xc0 == 0x80 { start -= 1 }
    return start
  }
}

/// A Unicode scalar of a UTF-8 text and its length in bytes. An invalid byte counts alone.
struct UTF8Scalar {
  package let value: UInt32
  package let length: Int

  init(_ text: UnsafeRawBufferPointer, at place: Int) {
    let lead = text[place]
    let length =
      lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0
    guard length > 0, place + length <= text.count else {
      (value, self.length) = (0xfffd, 1)
      return
    }
    var value = UInt32(length == 1 ? lead : lead & (0x7f >> UInt8(length)))
    for next in text[place..<(place + length)].dropFirst() {
      guard next & 0xc0 == 0x80 else {
        (self.value, self.length) = (0xfffd, 1)
        return
      }
      value = value << 6 | UInt32(next & 0x3f)
    }
    (self.value, self.length) = (value, length)
  }

  fileprivate var folding: ScalarFolding { value < 0x80 ? .same : ScalarFolding(value) }
}

extension UnsafeRawBufferPointer {
  /// Whether the eight bytes from `place` on exist and are all ASCII, so that a text can be skipped
  /// eight bytes at a time.
  @inline(__always)
  func areEightASCII(at place: Int) -> Bool {
    place + 8 <= count
      && loadUnaligned(fromByteOffset: place, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
  }
}

extension String {
  /// The text with accents removed from Latin letters: `Müller` becomes `Muller`, `ß` becomes `ss`.
  package var withoutAccents: String {
    if utf8.allSatisfy({ $0 < 0x80 }) { return self }
    return replacingOccurrences(of: "ß", with: "ss").replacingOccurrences(of: "ø", with: "o")
      .folding(options: .diacriticInsensitive, locale: nil)
  }

  /// The text in lower case and without accents.
  package var folded: String { withoutAccents.lowercased() }
}

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
