/// Numbers written as one, such as `(212) 555-0147` and `4111 1111 1111 1111`.
package struct DigitGroups {
  /// The indices of the tokens.
  package let tokens: Range<Int>
  /// The byte range of the whole, without a leading plus sign or parenthesis.
  package let range: Range<Int>
  /// The number of digits.
  package let count: Int
  /// The lengths of up to eight groups, one byte each, the first in the lowest byte.
  private let packedLengths: UInt64

  private static let longest = 24

  /// Collects up to eight numbers from a token on, separated by one space, hyphen or dot, or by a
  /// parenthesis and a space. Returns nil if letters or more digits are joined to the first number
  /// from the left.
  init?(in text: ScannedText, from index: Int) {
    guard !Self.isInsideCode(index, in: text) else { return nil }
    var last = index
    var count = text.tokens[index].count
    var packed = UInt64(min(count, 255))
    while last + 1 < text.tokens.count, text.tokens[last + 1].kind == .number, last - index < 7,
      count < Self.longest,
      Self.joins(text, after: last)
    {
      last += 1
      count += text.tokens[last].count
      packed |= UInt64(min(text.tokens[last].count, 255)) << UInt64(8 * (last - index))
    }
    tokens = index..<(last + 1)
    range = text.tokens[index].start..<text.tokens[last].end
    self.count = count
    packedLengths = packed
  }

  package var lengths: [Int] {
    (0..<tokens.count).map { Int(packedLengths >> UInt64(8 * $0) & 255) }
  }

  /// Whether the groups have exactly these lengths.
  package func isGrouped(_ lengths: Int...) -> Bool {
    guard lengths.count == tokens.count else { return false }
    return lengths.indices.allSatisfy { Int(packedLengths >> UInt64(8 * $0) & 255) == lengths[$0] }
  }

  /// Returns all digits as ASCII.
  package func digits(in text: ScannedText) -> [UInt8] {
    tokens.flatMap { text.bytes[text.tokens[$0].range] }
  }

  /// Whether a plus sign precedes the number, possibly with a parenthesis in between.
  package func hasPlus(in text: ScannedText) -> Bool {
    let plus = UInt8(ascii: "+")
    return text.byte(range.lowerBound - 1) == plus
      || text.byte(range.lowerBound - 2) == plus && text.byte(range.lowerBound - 1) == 40
  }

  /// Whether the number continues after the groups or is a percentage.
  package func goesOn(in text: ScannedText) -> Bool {
    let after = text.byte(range.upperBound)
    return after == UInt8(ascii: "%")
      || "-/.".utf8.contains(after) && (48...57).contains(text.byte(range.upperBound + 1))
  }

  private static func isInsideCode(_ index: Int, in text: ScannedText) -> Bool {
    guard index > 0, text.tokens[index - 1].end == text.tokens[index].start - 1 else {
      return false
    }
    let sign = text.bytes[text.tokens[index].start - 1]
    return "-._/".utf8.contains(sign)
      && (text.tokens[index - 1].hasDigit
        || sign == UInt8(ascii: "-") && text.tokens[index - 1].shape == .upper)
  }

  private static func joins(_ text: ScannedText, after index: Int) -> Bool {
    let gap = text.gap(after: index)
    switch gap.count {
    case 1: return " -.)(".utf8.contains(text.bytes[gap.lowerBound])
    case 2:
      return text.isGap(after: index, ") ") || text.isGap(after: index, " (")
        || text.isGap(after: index, ")-")
        || text.isGap(after: index, "-(")
    case 3: return text.isGap(after: index, " - ") || text.isGap(after: index, ") -")
    default: return false
    }
  }
}
