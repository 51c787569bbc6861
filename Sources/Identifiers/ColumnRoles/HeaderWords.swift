import Words

/// Splits a header into words.
package enum HeaderWords {
  /// Returns the words of a header in lower case. `PharmGKB Subject ID`, `movieId` and
  /// `patient_nbr` are split at capitals and separators.
  package static func split(_ header: String) -> [String] {
    var words: [String] = []
    var word = ""
    var previous: Character = " "
    let close = {
      if !word.isEmpty { words.append(word.folded) }
      word = ""
    }
    for character in header {
      if !character.isLetter && !character.isNumber {
        close()
      } else {
        if character.isUppercase, previous.isLowercase || previous.isNumber { close() }
        word += character.lowercased()
      }
      previous = character
    }
    close()
    return joiningMail(words)
  }

  /// Joins the first two words of `e mail` and `e mail adresse` into one.
  private static func joiningMail(_ words: [String]) -> [String] {
    guard
      let place = words.indices.dropLast().first(where: {
        words[$0] == "e" && words[$0 + 1] == "mail"
      })
    else { return words }
    return Array(words[..<place]) + ["email"] + words[(place + 2)...]
  }

  private static let smallWords: Set<String> = [
    "of", "the", "de", "du", "des", "d", "la", "le", "les", "l", "del", "della", "dell", "di",
    "der", "des", "von", "el", "los", "las", "y",
    "et", "e", "und", "and",
  ]

  /// Removes articles and similar words, unless there are no others.
  static func withoutSmallWords(_ words: [String]) -> [String] {
    let rest = words.filter { !smallWords.contains($0) }
    return rest.isEmpty ? words : rest
  }

  /// The only short words that count as parts of a compound.
  private static let shortParts: Set<String> = [
    "id", "nr", "nbr", "num", "key", "cd", "icu", "lab", "bmi", "no", "dob", "pat", "sex",
  ]
  /// Words that are also the endings of many unrelated words.
  private static let neverLast: Set<String> = [
    "age", "race", "rate", "sex", "state", "date of", "ion", "lab", "art", "no",
  ]
  private static let glue = ["", "n", "s", "en", "es", "er", "e"]

  /// Splits a compound into the fewest known words: `patientennummer` into `patient` and `nummer`.
  /// Returns nil if it does not consist of known words.
  package static func parts(of word: String, isKnown: (String) -> Bool) -> [String]? {
    let letters = Array(word)
    guard letters.count >= 6, letters.count <= 40 else { return nil }
    var best: [[String]?] = Array(repeating: nil, count: letters.count + 1)
    best[0] = []
    for end in 1...letters.count {
      for start in 0..<end {
        guard let before = best[start],
          before.count < (best[end]?.count ?? .max) - 1 || best[end] == nil
        else { continue }
        for glue in glue where glue.count < end - start && (glue.isEmpty || end < letters.count) {
          let piece = String(letters[start..<(end - glue.count)])
          guard String(letters[(end - glue.count)..<end]) == glue,
            piece.count >= 4 || shortParts.contains(piece), isKnown(piece)
          else {
            continue
          }
          if end == letters.count, neverLast.contains(piece) { continue }
          best[end] = before + [piece]
          break
        }
      }
    }
    guard let parts = best[letters.count], parts.count >= 2,
      parts.contains(where: { $0.count >= 4 })
    else { return nil }
    return parts
  }
}
