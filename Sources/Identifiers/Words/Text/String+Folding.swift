import Foundation

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
