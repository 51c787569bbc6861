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
    case .dutch: Self.pairs("en e n s t er te ten de den je jes tje tjes se ing:en ingen:en end:en ende:en")
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
