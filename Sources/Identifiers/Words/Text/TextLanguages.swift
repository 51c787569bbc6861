/// Detects the languages of the stretches of a text from their most common words, and marks the
/// words that are common in them.
///
/// "Klein" is a word in a German text and a name in an English one. If a stretch has too few
/// telling words, it takes the languages of the stretch before it. The first stretch takes all
/// languages, so a word of any language is common there.
enum TextLanguages {
  private static let longestStretch = 600
  /// The number of tokens after which a line break ends a stretch, and the smaller number for a
  /// blank line.
  private static let (longLine, shortLine) = (120, 12)
  private static let fewestWords = 3
  private static let all: UInt8 = 0x7f

  static func settle(_ tokens: inout [Token], of text: UnsafeRawBufferPointer) {
    var start = 0
    var languages = all
    while start < tokens.count {
      var counts: (Int, Int, Int, Int, Int, Int, Int) = (0, 0, 0, 0, 0, 0, 0)
      var end = start
      withUnsafeMutableBytes(of: &counts) { raw in
        let counts = raw.bindMemory(to: Int.self)
        while end < tokens.count, end - start < longestStretch {
          var bits = UInt8(truncatingIfNeeded: tokens[end].flags.rawValue >> WordFlags.firstFunctionBit) & all
          while bits != 0 {
            counts[bits.trailingZeroBitCount] += 1
            bits &= bits - 1
          }
          end += 1
          if end - start >= shortLine, end < tokens.count,
            isStretchEnd(tokens[end - 1].end..<tokens[end].start, count: end - start, in: text)
          {
            break
          }
        }
        languages = Self.languages(of: counts) ?? languages
      }
      for index in start..<end { mark(&tokens[index], languages) }
      start = end
    }
  }

  private static func isStretchEnd(_ gap: Range<Int>, count: Int, in text: UnsafeRawBufferPointer) -> Bool {
    var lines = 0
    for place in gap.prefix(64) where text[place] == UInt8(ascii: "\n") { lines += 1 }
    return lines > 1 || lines == 1 && count >= longLine
  }

  /// Returns nil if there are too few words to tell.
  private static func languages(of counts: UnsafeMutableBufferPointer<Int>) -> UInt8? {
    guard let most = counts.max(), most >= fewestWords else { return nil }
    return Language.allCases.reduce(0) { counts[$1.rawValue] * 2 >= most ? $0 | $1.bit : $0 }
  }

  private static func mark(_ token: inout Token, _ languages: UInt8) {
    token.languages = languages
    let words = WordFlags(rawValue: UInt64(languages) << WordFlags.firstLanguageBit)
    guard !token.flags.isDisjoint(with: words) else { return }
    let added: WordFlags = token.flags.contains(.neverNameThere) ? [.common, .neverName] : .common
    token.flags.formUnion(added)
    token.ends.formUnion(added)
  }
}
