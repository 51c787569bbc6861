/// The languages whose words are known.
package enum Language: Int, CaseIterable, Sendable {
  case english, spanish, german, french, italian, dutch, portuguese

  /// The bit of the language in a dictionary.
  package var bit: UInt8 { 1 << UInt8(rawValue) }

  /// The flag of a word of the language.
  var flag: WordFlags { WordFlags(rawValue: UInt64(bit) << WordFlags.firstLanguageBit) }

  /// The flag of a word that is very frequent in texts of the language.
  var functionFlag: WordFlags { WordFlags(rawValue: UInt64(bit) << WordFlags.firstFunctionBit) }

  /// Endings that form words from listed ones, with the ending of the listed word.
  ///
  /// The lists hold only words that cannot be formed this way (docs/decisions/0005-identifiers.md).
  package var endings: [(ending: String, base: String)] {
    switch self {
    case .english: []
    case .german:
      Self.pairs(
        "en e n s er es em ern in innen ens st t te:en est ung:en ungen:en ende:en enden:en end:en")
    case .dutch:
      Self.pairs("en e n s t er te ten de den je jes tje tjes se ing:en ingen:en end:en ende:en")
    case .french:
      Self.pairs(
        "s e es x ment ment:e r nt ent:er ons:er ez:er ais:er ait:er aient:er ant:er a:er e:er es:er ee:er ees:er era:er erai:er erait:er "
          + "eront:er ions:er iez:er erent:er")
    case .italian:
      Self.pairs(
        "i:o e:a a:o i:e he:a hi:o o:are i:are a:are ato:are ata:are ati:are ate:are ando:are ano:are iamo:are ava:are avano:are avo:are "
          + "avi:are ero:are era:are erai:are eranno:are erebbe:are ai:are arono:are mi:re ti:re si:re lo:re la:re li:re le:re ci:re vi:re "
          + "ne:re gli:re")
    case .spanish:
      Self.pairs(
        "s es a:o as:o os:o mente:a o:ar a:ar as:ar an:ar ado:ar ada:ar ados:ar adas:ar ando:ar aba:ar aban:ar e:ar en:ar aron:ar se:r "
          + "lo:r "
          + "la:r me:r te:r le:r")
    case .portuguese:
      Self.pairs(
        "s es a:o as:o os:o mente:a o:ar a:ar as:ar am:ar ado:ar ada:ar ados:ar adas:ar ando:ar ava:ar avam:ar avas:ar e:ar em:ar es:ar "
          + "ei:ar ou:ar aram:ar ara:ar aras:ar ares:ar armos:ar arem:ar aria:ar ariam:ar asse:ar assem:ar asses:ar aste:ar amos:ar "
          + "emos:ar "
          + "arei:ar arao:ar aremos:ar ariamos:ar avamos:ar assemos:ar aramos:ar adores ador")
    }
  }

  private static func pairs(_ text: String) -> [(ending: String, base: String)] {
    text.split(separator: " ").map { pair in
      let parts = pair.split(separator: ":")
      return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
    }
  }
}

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
          var bits =
            UInt8(truncatingIfNeeded: tokens[end].flags.rawValue >> WordFlags.firstFunctionBit)
            & all
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

  private static func isStretchEnd(_ gap: Range<Int>, count: Int, in text: UnsafeRawBufferPointer)
    -> Bool
  {
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
