import Foundation

extension String {
  /// With letters of the Latin alphabet only as far as accents go: `Müller` becomes `Muller`, `ß` becomes `ss`.
  package var withoutAccents: String {
    if utf8.allSatisfy({ $0 < 0x80 }) { return self }
    return replacingOccurrences(of: "ß", with: "ss").replacingOccurrences(of: "ø", with: "o")
      .folding(options: .diacriticInsensitive, locale: nil)
  }

  /// In lower case and without accents.
  package var folded: String { withoutAccents.lowercased() }
}
