import Words

/// The shape of a person's name, and whether the lists contain it.
package enum NameShape {
  /// Whether a text is one to four words, each a capital followed by letters. Apostrophes, dashes,
  /// a point and trailing digits are allowed.
  package static func matches(_ text: String) -> Bool {
    let words = words(text)
    return (1...5).contains(words.count) && words.allSatisfy(isNameWord)
      && words.contains { $0.count >= 2 }
  }

  /// Whether a word is a frequent name and not a common word.
  static func isKnown(_ text: String) -> Bool {
    words(text).contains { isName(flags($0), [.frequentGiven, .frequentSurname]) }
  }

  static func isKnownGivenName(_ text: String) -> Bool {
    words(text).contains { isName(flags($0), .frequentGiven) }
  }

  static func isKnownFamilyName(_ text: String) -> Bool {
    words(text).contains { isName(flags($0), .frequentSurname) }
  }

  private static func isName(_ flags: WordFlags, _ wanted: WordFlags) -> Bool {
    !flags.isDisjoint(with: wanted) && (!flags.contains(.common) || flags.contains(.nameFirst))
      && !flags.contains(.neverName)
  }

  private static func flags(_ word: Substring) -> WordFlags {
    WordTable.shared[WordHash.of(word.utf8.filter { $0 >= 0x80 || $0 >= 65 })]
  }

  private static func words(_ text: String) -> [Substring] { text.split { $0 == " " || $0 == "," } }

  private static let particles: Set<Substring> = [
    "de", "da", "von", "van", "der", "den", "del", "la", "le", "di", "zu", "bin", "al", "dos", "y",
  ]

  private static func isNameWord(_ word: Substring) -> Bool {
    if particles.contains(word) { return true }
    guard let first = word.first,
      first.isUppercase || first.isLetter && first.lowercased() == first.uppercased()
    else { return false }
    let letters = word.prefix { $0.isLetter || "'’.-".contains($0) }
    return letters.filter(\.isLetter).count * 2 >= word.count
      && word[letters.endIndex...].allSatisfy(\.isNumber)
  }
}

extension WordTable {
  /// Whether the whole text is a city or state.
  package func isPlace(_ text: String) -> Bool {
    let hashes = text.split { !$0.isLetter }.map { WordHash.of($0.utf8) }
    guard let first = hashes.first, hashes.count <= 4 else { return false }
    let places: WordFlags = [.city, .state]
    if hashes.count == 1 { return !self[first].isDisjoint(with: places) }
    let whole = hashes.dropFirst().reduce(first, WordHash.joined)
    return !self[whole].isDisjoint(with: places)
  }
}
