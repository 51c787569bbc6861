/// A text whose wrapped lines are joined again, with the place of each byte in the original.
///
/// Letters and e-mails break their lines at some width, within names, dates and addresses too:
/// `Dr. Karin`, and `Schäuble` in the next line. In lists and forms, the end of a line is the end
/// of a name, so that such a text is searched both ways.
///
/// A break counts as one of wrapping if the next word would not have fit into the longest line of
/// its paragraph, and if nothing shows that the next line begins something new: a label, a bullet,
/// or columns.
struct JoinedLines {
  let bytes: [UInt8]
  /// The place of each byte in the original.
  private let places: [Int]

  /// The widths at which texts are wrapped, in bytes.
  private static let widths = 24...240
  /// The longest label in front of a line, in bytes.
  private static let longestLabel = 32

  /// Returns nil if no line was wrapped, as in most texts. `O(length)`.
  init?(_ text: UnsafeRawBufferPointer) {
    let breaks = Self.breaks(in: text)
    guard !breaks.isEmpty else { return nil }
    var (bytes, places) = ([UInt8](), [Int]())
    bytes.reserveCapacity(text.count)
    places.reserveCapacity(text.count)
    var start = 0
    for gap in breaks + [text.count..<text.count] {
      bytes += text[start..<gap.lowerBound]
      places += start..<gap.lowerBound
      if !gap.isEmpty {
        bytes.append(UInt8(ascii: " "))
        places.append(gap.lowerBound)
      }
      start = gap.upperBound
    }
    (self.bytes, self.places) = (bytes, places)
  }

  /// Returns the bytes of the original that a stretch of the joined text stands for.
  func original(_ range: Range<Int>) -> Range<Int> {
    guard let last = range.last else {
      let place = range.lowerBound < places.count ? places[range.lowerBound] : places.count
      return place..<place
    }
    return places[range.lowerBound]..<(places[last] + 1)
  }

  /// Returns the gaps between wrapped lines: the end of a line and the blanks around it.
  private static func breaks(in text: UnsafeRawBufferPointer) -> [Range<Int>] {
    var breaks: [Range<Int>] = []
    var paragraph: [Range<Int>] = []
    var start = 0
    while start < text.count {
      let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
      let line = trimmed(start..<end, of: text)
      if line.isEmpty {
        breaks += wrapped(paragraph, of: text)
        paragraph = []
      } else {
        paragraph.append(line)
      }
      start = end + 1
    }
    return breaks + wrapped(paragraph, of: text)
  }

  /// Returns the gaps between those lines of a paragraph that were wrapped.
  private static func wrapped(_ lines: [Range<Int>], of text: UnsafeRawBufferPointer)
    -> [Range<Int>]
  {
    guard lines.count > 1, let width = lines.map(\.count).max(), widths.contains(width) else {
      return []
    }
    return zip(lines, lines.dropFirst()).compactMap { line, next in
      let word = next.first { isBlank(text[$0]) } ?? next.upperBound
      guard line.count + 1 + (word - next.lowerBound) > width, !beginsAnew(next, of: text),
        text[line.upperBound - 1] != UInt8(ascii: ":"), !hasColumns(line, of: text),
        !hasColumns(next, of: text)
      else { return nil }
      return line.upperBound..<next.lowerBound
    }
  }

  /// Whether a line begins with a label such as `Seen by:`, a bullet or a number in a list.
  private static func beginsAnew(_ line: Range<Int>, of text: UnsafeRawBufferPointer) -> Bool {
    if "-*+>#|".utf8.contains(text[line.lowerBound]) { return true }
    let start = line.prefix(longestLabel)
    let digits = start.prefix { (48...57).contains(text[$0]) }
    if !digits.isEmpty, digits.count < 3, let behind = line.dropFirst(digits.count).first,
      ".)".utf8.contains(text[behind]), behind + 1 < line.upperBound, isBlank(text[behind + 1])
    {
      return true
    }
    guard let colon = start.first(where: { ":=".utf8.contains(text[$0]) }) else { return false }
    return (line.lowerBound..<colon).allSatisfy {
      !(48...57).contains(text[$0]) && !",;.!?".utf8.contains(text[$0])
    } && (colon + 1 == line.upperBound || isBlank(text[colon + 1]))
  }

  /// Whether tabs, bars or wide gaps divide a line.
  private static func hasColumns(_ line: Range<Int>, of text: UnsafeRawBufferPointer) -> Bool {
    var blanks = 0
    for place in line {
      if text[place] == 9 || text[place] == UInt8(ascii: "|") { return true }
      blanks = text[place] == 32 ? blanks + 1 : 0
      if blanks > 2 { return true }
    }
    return false
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 13 }

  private static func trimmed(_ range: Range<Int>, of text: UnsafeRawBufferPointer) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, isBlank(text[start]) { start += 1 }
    while end > start, isBlank(text[end - 1]) { end -= 1 }
    return start..<end
  }
}
