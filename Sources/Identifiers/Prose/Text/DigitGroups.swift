/// Numbers that stand together, such as `(212) 555-0147` and `4111 1111 1111 1111`.
struct DigitGroups {
  /// Indices of the tokens.
  let tokens: Range<Int>
  /// The lengths of the groups, in digits.
  let lengths: [Int]
  /// All digits, as ASCII.
  let digits: [UInt8]
  /// Bytes of the whole, without a plus sign or a parenthesis before it.
  let range: Range<Int>
  /// Whether every gap is one space.
  let isSpaced: Bool
  let hasPlus: Bool

  private static let longest = 24

  /// The numbers from a token on, divided by one space, hyphen, dot, or parenthesis and space; at most eight.
  init(in text: ScannedText, from index: Int) {
    var last = index
    var lengths = [text.tokens[index].count]
    var spaces = 0
    while last + 1 < text.tokens.count, text.tokens[last + 1].kind == .number, lengths.count < 8,
      lengths.reduce(0, +) < Self.longest, Self.joins(text, after: last)
    {
      if text.isGap(after: last, " ") { spaces += 1 }
      last += 1
      lengths.append(text.tokens[last].count)
    }
    tokens = index..<(last + 1)
    self.lengths = lengths
    digits = (index...last).flatMap { text.bytes[text.tokens[$0].range] }
    range = text.tokens[index].start..<text.tokens[last].end
    isSpaced = spaces == lengths.count - 1 && spaces > 0
    let start = text.tokens[index].start
    hasPlus = text.byte(start - 1) == UInt8(ascii: "+") || text.byte(start - 2) == UInt8(ascii: "+") && text.byte(start - 1) == 40
  }

  private static func joins(_ text: ScannedText, after index: Int) -> Bool {
    let gap = text.gap(after: index)
    guard gap.count <= 3 else { return false }
    let bytes = gap.map { text.bytes[$0] }
    if bytes.count == 1 { return " -.)".utf8.contains(bytes[0]) }
    return [") ", " (", ")-", " - ", ") -", "-("].contains { Array($0.utf8) == bytes }
  }
}
